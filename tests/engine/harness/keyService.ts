import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Where `secretsprovider` of the tests' stacks leads: a key of HashiCorp Vault's transit engine. */
export const secretsProvider = "hashivault://tests";

/**
 * Keeps the key of the tests' stacks as a key service does, in this process. A passphrase would be stretched at every start of
 * the CLI, which is a sixth of the work of a run.
 */
export async function startKeyService(): Promise<Readonly<Record<string, string>>> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { plaintext, ciphertext } = JSON.parse(Buffer.concat(parts).toString()) as {
        readonly plaintext?: string;
        readonly ciphertext?: string;
      };
      const data =
        ciphertext === undefined
          ? { ciphertext: `${wrapped}${plaintext ?? ""}` }
          : { plaintext: ciphertext.slice(wrapped.length) };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ data }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: "tests" };
}

const wrapped = "vault:v1:";

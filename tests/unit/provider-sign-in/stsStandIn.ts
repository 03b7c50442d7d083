import type { OutgoingHttpHeaders } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import * as tls from "node:tls";
import { generate } from "selfsigned";

/** One call that STS got, without its signature. */
export interface StsCall {
  readonly action: string;
  readonly accessKeyId: string | null;
  readonly securityToken: string | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A small STS over TLS: every role can be had, by anybody. */
export interface StsStandIn {
  readonly host: string;
  /** The certificate to trust, PEM. */
  readonly certificate: string;
  readonly calls: StsCall[];
  /** How long the sessions last that are given from now on. */
  lasts(seconds: number): void;
  /** Answers every call so, until it is called without arguments. */
  refuses(status?: number, body?: unknown, headers?: OutgoingHttpHeaders): void;
  close(): Promise<void>;
}

/**
 * The session's key id tells who asked for which role, and its number: `STS.builder.by.AK.1`. With `trust`,
 * this process believes its certificate until it is closed.
 */
export async function startSts({ trust = true, now = Date.now } = {}): Promise<StsStandIn> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    algorithm: "sha256",
    keyType: "ec",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const calls: StsCall[] = [];
  let seconds = 3600;
  let refusal:
    { readonly status: number; readonly body: unknown; readonly headers: OutgoingHttpHeaders } | undefined;
  const server = createServer({ key, cert }, (request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const sent = new URLSearchParams(`${request.url?.replace(/^.*\?/, "") ?? ""}&${body}`);
      const call: StsCall = {
        action: sent.get("Action") ?? "",
        accessKeyId: sent.get("AccessKeyId"),
        securityToken: sent.get("SecurityToken"),
        parameters: Object.fromEntries(sent),
      };
      calls.push(call);
      response.writeHead(refusal?.status ?? 200, { "content-type": "application/json", ...refusal?.headers });
      response.end(JSON.stringify(refusal?.body ?? session(call, calls.length)));
    });
  });
  const session = ({ accessKeyId, parameters }: StsCall, number: number) => {
    const role = parameters["RoleArn"]?.replace(/.*\//, "") ?? "";
    const by = accessKeyId ?? "oidc";
    return {
      RequestId: "4B7C3A5E-0000-0000-0000-000000000000",
      Credentials: {
        AccessKeyId: `STS.${role}.by.${by}.${number}`,
        AccessKeySecret: `secret-of-${role}-${number}`,
        SecurityToken: `token-of-${role}-${number}`,
        Expiration: new Date(now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z"),
      },
    };
  };
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const before = tls.getCACertificates("default");
  if (trust) tls.setDefaultCACertificates([...before, cert]);
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate: cert,
    calls,
    lasts: (duration) => (seconds = duration),
    refuses: (status, body, headers = {}) =>
      (refusal = status === undefined ? undefined : { status, body, headers }),
    close: async () => {
      if (trust) tls.setDefaultCACertificates(before);
      await closed(server);
    },
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

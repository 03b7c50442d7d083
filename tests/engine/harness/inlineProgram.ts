import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";

/** Commands of the CLI that run a program, or would start a language host to ask it. */
export const runsProgram = (command: string | undefined): boolean =>
  command === "up" || command === "preview" || command === "refresh" || command === "destroy";

/**
 * Runs a command with the program of this file inside this process, as the Automation API runs an inline program. The CLI, the
 * engine and the provider process are what they always are; what is saved is one start of Node and of the language host for
 * each run, half of its work. `act` gets the flags that tell the CLI.
 */
export async function withInlineProgram<Result>(
  main: string,
  act: (flags: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const server = new Server();
  server.addService(LanguageRuntimeService, new LanguageServer(() => runProgram(main)));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  try {
    return await act([`--client=127.0.0.1:${port}`, "--exec-kind", "auto.inline"]);
  } finally {
    server.forceShutdown();
  }
}

/** Loads the program anew, as a process of its own would; its packages stay loaded. */
function runProgram(main: string): unknown {
  const load = createRequire(main);
  const folder = dirname(main);
  for (const file of Object.keys(load.cache)) if (file.startsWith(folder)) delete load.cache[file];
  const exported: unknown = load(main);
  return typeof exported === "function" ? (exported as () => unknown)() : exported;
}

// The Automation API's own server; it has no public name.
const { LanguageServer } = createRequire(__filename)("@pulumi/pulumi/automation/server") as {
  readonly LanguageServer: new (program: () => unknown) => UntypedServiceImplementation;
};

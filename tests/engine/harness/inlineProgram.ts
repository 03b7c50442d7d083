import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  Server,
  ServerCredentials,
  type Client,
  type handleUnaryCall,
  type UntypedHandleCall,
} from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import type { CliRun } from "./cli";

/** Commands of the CLI that run a program, or would start a language host to ask it. */
export const runsProgram = (command: string | undefined): boolean =>
  command === "up" || command === "preview" || command === "refresh" || command === "destroy";

/**
 * Runs a command with the project's program (a file) inside this process, as the Automation API runs an inline program. The
 * CLI, the engine and the provider process are what they always are; what is saved is one start of Node and of the language
 * host for each run, half of its work. `act` gets the flags that tell the CLI.
 */
export async function withInlineProgram(
  program: string,
  act: (flags: readonly string[]) => Promise<CliRun>,
): Promise<CliRun> {
  const stores: Store[] = [];
  const server = new Server();
  const run = async () => {
    stores.push(getStore());
    const exported = await loadAnew(program);
    await untilQuiet();
    return exported;
  };
  const host = new LanguageServer(run);
  const runs: Promise<void>[] = [];
  server.addService(LanguageRuntimeService, {
    getRequiredPlugins: host.getRequiredPlugins.bind(host),
    getPluginInfo: host.getPluginInfo.bind(host),
    run: ((call, answer) => void runs.push(host.run(call, answer))) satisfies Run,
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  try {
    const ended = await act([`--client=127.0.0.1:${port}`, "--exec-kind", "auto.inline"]);
    // What the SDK says of a program whose engine does not answer is "done": the engine would take it for an empty one.
    if (ended.exitCode === 0 && stores.some(({ terminated }) => terminated))
      throw new Error(`the program lost its engine, and the run ended well:\n${ended.text}`);
    return ended;
  } finally {
    server.forceShutdown();
    // The CLI may end before the program, which hears then that nobody answers any more; or waits for ever for what was never
    // made, as after a failure. The SDK leaves its connections open: they would go on knowing a port that another engine uses.
    void Promise.all(runs).then(() => {
      for (const { settings } of stores)
        for (const client of [settings.monitor, settings.engine]) client?.close();
    });
  }
}

/** Loads the program anew, as a process of its own would; its packages stay loaded. */
function loadAnew(program: string): unknown {
  const load = createRequire(program);
  const folder = dirname(program);
  const ofProgram = (file: string) => file.startsWith(folder) && !file.includes("/node_modules/");
  for (const file of Object.keys(load.cache)) if (ofProgram(file)) delete load.cache[file];
  const exported: unknown = load(program);
  return typeof exported === "function" ? (exported as () => unknown)() : exported;
}

/**
 * A process of its own ends when nothing is left to do. The Automation API ends a program with its last registration, and what
 * an `apply` does after that, such as to log a line, may come too late.
 */
async function untilQuiet(): Promise<void> {
  const { settings } = getStore();
  for (let rounds = 0; rounds < 2;) {
    const { rpcDone } = settings;
    await waitForRPCs();
    await setImmediate();
    rounds = settings.rpcDone === rpcDone ? rounds + 1 : 0;
  }
}

const sdk = createRequire(__filename);

// The Automation API's own server and what it keeps of a run; they have no public names.
const { LanguageServer } = sdk("@pulumi/pulumi/automation/server") as {
  readonly LanguageServer: new (program: () => unknown) => {
    getRequiredPlugins: UntypedHandleCall;
    getPluginInfo: UntypedHandleCall;
    run(...given: Parameters<Run>): Promise<void>;
  };
};
type Run = handleUnaryCall<unknown, unknown>;
interface Store {
  readonly settings: { readonly monitor?: Client; readonly engine?: Client; readonly rpcDone: unknown };
  readonly terminated?: boolean;
}
const { getStore } = sdk("@pulumi/pulumi/runtime/state") as { getStore(): Store };

// Connections of different runs share nothing: ports are used again.
const { grpcClientOptions, waitForRPCs } = sdk("@pulumi/pulumi/runtime/settings") as {
  readonly grpcClientOptions: Record<string, unknown>;
  waitForRPCs(): Promise<void>;
};
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

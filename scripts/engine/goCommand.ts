import { execa, ExecaError } from "execa";
import { statfs } from "node:fs/promises";
import type { Report } from "./findEngine.ts";

export interface GoOptions {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly report: Report;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

/** What is being done at the moment. It is said at regular times over all steps, however short each of them is. */
export interface Progress extends Disposable {
  now(howFar: () => string): void;
}

export function startProgress(report: Report, everyMs: number): Progress {
  const began = Date.now();
  let said = () => "starting";
  const timer = setInterval(() => {
    report(`  ${said()}, ${Math.round((Date.now() - began) / 1000)} s so far`);
  }, everyMs);
  return {
    now: (howFar) => void (said = howFar),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/**
 * Runs Go and says how far it is from its own lines on standard error: one for each module that it fetches, one for
 * each package that it compiles. What is fetched and compiled stays in Go's caches, so a run that was stopped costs
 * nothing twice.
 *
 * @throws Error with a sentence about why it cannot be done
 */
export async function runGo(
  args: readonly string[],
  saysHowFar: (lines: number) => string,
  { folder, env, progress, signal }: GoOptions,
): Promise<string> {
  let lines = 0;
  progress.now(() => saysHowFar(lines));
  const running = execa("go", args, {
    cwd: folder,
    env: { ...env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod" },
    ...(signal ? { cancelSignal: signal } : {}),
  });
  running.stderr.on("data", (part: Buffer) => (lines += part.toString().split("\n").length - 1));
  try {
    return (await running).stdout;
  } catch (error) {
    throw await reason(error, folder);
  }
}

async function reason(error: unknown, folder: string): Promise<Error> {
  if (!(error instanceof ExecaError)) return error as Error;
  if (error.isCanceled || error.isTerminated)
    return new Error("the build was stopped; the next one goes on where it was");
  const said = String(error.stderr ?? error.message);
  if (/no space left on device|disk quota exceeded/i.test(said)) {
    const { bavail, bsize } = await statfs(folder);
    return new Error(
      `there is no room for the build: it takes about 4 GiB in Go's caches and in ${folder}, where ${((bavail * bsize) / 2 ** 30).toFixed(1)} GiB are free`,
    );
  }
  const network =
    /^.*(dial tcp|no such host|i\/o timeout|connection refused|proxyconnect|TLS handshake).*$/im.exec(said);
  if (network)
    return new Error(
      `the modules of the build cannot be fetched (${network[0].trim()}): is there a network, and GOPROXY right?`,
    );
  return new Error(`${error.shortMessage}: ${said.trim().split("\n").slice(-3).join(" ")}`);
}

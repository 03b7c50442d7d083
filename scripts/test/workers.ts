import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setPriority } from "node:os";
import { join } from "node:path";
import pidtree from "pidtree";
import { root } from "../root.ts";
import { computing, type Layer } from "./layers.ts";

export interface TestFile {
  readonly file: string;
  readonly layer: Layer;
}

export interface TestResult {
  readonly name: string;
  readonly milliseconds: number;
  /** What went wrong, in mocha's words; none if it passed. */
  readonly failure?: string;
}

export interface FileResult extends TestFile {
  readonly tests: readonly TestResult[];
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** What the file printed. */
  readonly output: string;
}

export interface RunOptions {
  readonly jobs: number;
  /** One more process for what only computes, which yields to the others: these often wait. */
  readonly isFilled: boolean;
  readonly grep?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onResult: (result: FileResult) => void;
}

/**
 * Runs the files side by side, in the given order. A process runs files of one layer only, one after the other: what
 * they share is loaded and made once, and what one layer does to a process (mocks of a whole program) stays in it.
 */
export async function runFiles(files: readonly TestFile[], options: RunOptions): Promise<void> {
  const queue = [...files];
  const work = async (take: () => TestFile | undefined, niceness: number) => {
    let worker: Worker | undefined;
    for (let next = take(); next && !options.signal.aborted; next = take()) {
      if (worker?.layer !== next.layer || !worker.process.connected) {
        await worker?.end();
        worker = startWorker(next.layer, niceness, options);
      }
      options.onResult(await worker.run(next));
    }
    await worker?.end();
  };
  const fill = () => {
    const index = queue.findIndex(({ layer }) => computing.includes(layer));
    return index < 0 ? undefined : queue.splice(index, 1)[0];
  };
  await Promise.all([
    ...Array.from({ length: options.jobs }, () => work(() => queue.shift(), 0)),
    ...(options.isFilled ? [work(fill, yielding)] : []),
  ]);
}

/** Of the priority of a process: a third of the processor that another one gets, if both want it. */
const yielding = 5;

interface Worker {
  readonly layer: Layer;
  readonly process: ChildProcess;
  run(file: TestFile): Promise<FileResult>;
  end(): Promise<void>;
}

function startWorker(layer: Layer, niceness: number, { env, grep, signal }: RunOptions): Worker {
  const child = fork(join(root, "scripts/test/worker.cjs"), {
    cwd: root,
    // Every program and provider of the tests loads the same packages: they are compiled once.
    env: { ...env, NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compiled") },
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  if (niceness !== 0 && child.pid !== undefined) setPriority(child.pid, niceness);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = once(child, "close");
  const stop = () => void endTree(child);
  signal.addEventListener("abort", stop, { once: true });
  return {
    layer,
    process: child,
    async run(file) {
      const began = Date.now();
      output = "";
      child.send({ file: join(root, file.file), grep });
      const told = (await Promise.race([
        once(child, "message").then(([result]: unknown[]) => result),
        ended.then(([code, killed]: unknown[]) => crash(file, `${String(code ?? killed)}`)),
      ])) as Pick<FileResult, "tests" | "cpuSeconds">;
      return { ...file, ...told, output, seconds: (Date.now() - began) / 1000 };
    },
    async end() {
      signal.removeEventListener("abort", stop);
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function crash({ file }: TestFile, how: string): Pick<FileResult, "tests" | "cpuSeconds"> {
  const failure = `The process of the tests ended before they did (${how}).`;
  return { tests: [{ name: file, milliseconds: 0, failure }], cpuSeconds: 0 };
}

/** With what the tests have started: the engine gives its plugins process groups of their own. */
async function endTree(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const descendants = await pidtree(child.pid).catch(() => []);
  child.kill("SIGTERM");
  for (const pid of descendants) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import pidtree from "pidtree";
import { narrator } from "./narrator.ts";

/** A folder and an environment in which commands are shown and run. */
export interface Terminal {
  /** Shows the command line, runs it, and lets its own output through. */
  run(command: string, ...args: readonly string[]): Promise<void>;
  /** The same for a command that is meant to be refused. */
  runRefused(command: string, ...args: readonly string[]): Promise<void>;
  /** Runs a command that is no part of the story; its output is shown only if it fails. */
  prepare(command: string, ...args: readonly string[]): Promise<void>;
  /** Ends what is running, and everything that it started. */
  stop(): Promise<void>;
}

export function openTerminal(folder: string, env: NodeJS.ProcessEnv): Terminal {
  let running: RunningCommand | undefined;
  let stopped = false;

  const shown = async (expected: "success" | "refusal", command: string, args: readonly string[]) => {
    narrator.command([command, ...args.map(quoted)].join(" "));
    const { exitCode } = await started(
      execa(command, args, { cwd: folder, env, extendEnv: false, stdio: "inherit", reject: false }),
    );
    if ((exitCode === 0) !== (expected === "success")) {
      throw new Error(
        `"${[command, ...args].join(" ")}" ended with exit code ${exitCode ?? "none"}: the demo ends here. Nothing is left behind.`,
      );
    }
    process.stdout.write("\n");
  };

  const started = async <Result>(child: RunningCommand & PromiseLike<Result>): Promise<Result> => {
    if (stopped) child.kill("SIGKILL");
    running = child;
    try {
      return await child;
    } finally {
      running = undefined;
    }
  };

  return {
    run: (command, ...args) => shown("success", command, args),
    runRefused: (command, ...args) => shown("refusal", command, args),
    async prepare(command, ...args) {
      await started(execa(command, args, { cwd: folder, env, extendEnv: false, stdin: "ignore" }));
    },
    async stop() {
      stopped = true;
      const child = running;
      if (child?.pid === undefined) return;
      // The engine gives its plugins process groups of their own: each is ended by its id.
      const descendants = await pidtree(child.pid).catch(() => []);
      child.kill("SIGKILL");
      await ended(descendants);
    },
  };
}

interface RunningCommand {
  readonly pid?: number | undefined;
  kill(signal: NodeJS.Signals): boolean;
}

/** Ends processes and waits until the system has forgotten them, for a few seconds at most. */
async function ended(pids: readonly number[]): Promise<void> {
  let alive = pids.filter((pid) => signalled(pid, "SIGKILL"));
  for (let look = 0; alive.length > 0 && look < 100; look++) {
    await setTimeout(50);
    alive = alive.filter((pid) => signalled(pid, 0));
  }
}

/** Whether the process was there to get the signal. */
function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function quoted(argument: string): string {
  return /^[\w./:=@-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

import { execFileSync } from "node:child_process";

/** How one run of the CLI ended, and all that it printed. */
export interface CliRun {
  readonly exitCode: number;
  /** Standard output and standard error, as a person sees them. */
  readonly text: string;
}

/**
 * Runs the real CLI: the `pulumi` that is first on PATH (`npm test engine` sees to that). Keys and regions of the
 * person who runs the tests stay outside.
 */
export async function runCli(
  args: readonly string[],
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): Promise<CliRun> {
  // An ES module: tests are CommonJS.
  const { execa } = await import("execa");
  const { exitCode, all, signal } = await execa(
    "pulumi",
    [...args, "--non-interactive", "--color", "never"],
    {
      cwd: folder,
      env: { ...bareEnvironment(), ...env },
      extendEnv: false,
      all: true,
      reject: false,
      stdin: "ignore",
    },
  );
  if (exitCode === undefined)
    throw new Error(`pulumi ${args.join(" ")} did not end by itself (${signal ?? "not started"})`);
  return { exitCode, text: all };
}

/** A CLI that is running, in a process group of its own. */
export interface RunningCli extends Disposable {
  readonly pid: number;
  /** Ends the group at once (SIGKILL). Its plugins are in groups of their own, and are left behind. */
  killGroup(): void;
  /** The same to its plugins as well, as the power does. */
  killAll(): void;
  /** Resolves when it has ended, however it did; without an exit code if it was killed. */
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly text: string }>;
  /** Ends what a killed one has left behind. */
  [Symbol.dispose](): void;
}

/** The same, to be killed on the way. */
export async function startCli(
  args: readonly string[],
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): Promise<RunningCli> {
  const { execa } = await import("execa");
  const child = execa("pulumi", [...args, "--non-interactive", "--color", "never"], {
    cwd: folder,
    env: { ...bareEnvironment(), ...env },
    extendEnv: false,
    all: true,
    reject: false,
    stdin: "ignore",
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`pulumi ${args.join(" ")} could not be started`);
  let leftBehind: ReadonlyMap<number, string> = new Map();
  const killGroup = () => {
    // Asked now: without their parent nobody could tell whose they are.
    leftBehind = descendantsOf(pid);
    process.kill(-pid, "SIGKILL");
  };
  const killLeft = () => {
    const alive = processes();
    for (const [left, started] of leftBehind) if (alive.get(left)?.started === started) killIfThere(left);
  };
  return {
    pid,
    killGroup,
    killAll() {
      killGroup();
      killLeft();
    },
    ended: child.then(({ exitCode, all }) => ({ exitCode, text: all })),
    [Symbol.dispose]: killLeft,
  };
}

/** Those that lose their parent end by themselves, some of them after they were listed. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The processes below one, each with the time of its start: a process id alone may be somebody else's later. */
function descendantsOf(pid: number): ReadonlyMap<number, string> {
  const all = processes();
  const below = (parent: number): [number, string][] =>
    [...all].flatMap(([id, { parent: its, started }]) =>
      its === parent ? [[id, started], ...below(id)] : [],
    );
  return new Map(below(pid));
}

function processes(): ReadonlyMap<number, { readonly parent: number; readonly started: string }> {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,lstart="], { encoding: "utf8" }).split("\n");
  return new Map(
    lines.flatMap((line) => {
      const [, id, parent, started] = /^\s*(\d+)\s+(\d+)\s+(.+)$/.exec(line) ?? [];
      return started === undefined ? [] : [[Number(id), { parent: Number(parent), started }]];
    }),
  );
}

/** The same in a terminal of its own, as at a person's desk. The text holds what a terminal was sent. */
export async function runInTerminal(
  args: readonly string[],
  {
    folder,
    env,
    columns = 200,
  }: {
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
    readonly columns?: number | undefined;
  },
): Promise<CliRun> {
  const { spawn } = await import("@lydell/node-pty");
  const terminal = spawn("pulumi", [...args], {
    cwd: folder,
    env: { ...bareEnvironment(), ...env, TERM: "xterm-256color" },
    cols: columns,
    rows: 50,
  });
  let text = "";
  terminal.onData((data) => (text += data));
  const exitCode = await new Promise<number>((resolve) => terminal.onExit((end) => resolve(end.exitCode)));
  return { exitCode, text };
}

/** What a program needs to run, and nothing that says who is running it. */
function bareEnvironment(): Record<string, string> {
  const names = ["PATH", "HOME", "TMPDIR", "LANG"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

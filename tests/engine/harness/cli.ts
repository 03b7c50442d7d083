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

/** The same in a terminal of its own, as at a person's desk. The text holds what a terminal was sent. */
export async function runInTerminal(
  args: readonly string[],
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): Promise<CliRun> {
  const { spawn } = await import("@lydell/node-pty");
  const terminal = spawn("pulumi", [...args], {
    cwd: folder,
    env: { ...bareEnvironment(), ...env, TERM: "xterm-256color" },
    cols: 200,
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

import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface Surroundings {
  readonly cwd?: string;
  /** Added to the environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end. @returns what it printed. @throws Error with its complaint if it fails */
export async function run(
  file: string,
  args: readonly string[],
  { cwd, env = {} }: Surroundings = {},
): Promise<string> {
  const { stdout } = await execute(file, args, {
    cwd,
    env: { ...process.env, ...env },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

const execute = promisify(execFile);

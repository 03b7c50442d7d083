import { execa } from "execa";
import { root } from "./root.ts";

/** Runs one of the programs among the tests; its exit code is ours. */
export async function runProgram(
  path: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const { exitCode } = await execa(process.execPath, ["--import", "tsx", path, ...args], {
    cwd: root,
    env,
    stdio: "inherit",
    reject: false,
  });
  process.exitCode = exitCode ?? 1;
}

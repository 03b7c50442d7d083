import { execa } from "execa";
import { root } from "./root.ts";

/** Runs one of the player's programs; its exit code is ours. */
export async function runPlayer(program: string, args: readonly string[]): Promise<void> {
  const { exitCode } = await execa(
    process.execPath,
    ["--import", "tsx", `tests/player/${program}.ts`, ...args],
    {
      cwd: root,
      stdio: "inherit",
      reject: false,
    },
  );
  process.exitCode = exitCode ?? 1;
}

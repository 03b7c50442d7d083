import { execa } from "execa";

/** Rewrites by default; `--check` only looks, for continuous integration. */
const mode = process.argv.includes("--check") ? "--check" : "--write";
const { exitCode } = await execa("prettier", [mode, "--log-level", "warn", "."], {
  stdio: "inherit",
  reject: false,
});
process.exitCode = exitCode ?? 1;

import { execa } from "execa";

const { exitCode } = await execa("eslint", [".", ...process.argv.slice(2)], {
  stdio: "inherit",
  reject: false,
});
process.exitCode = exitCode ?? 1;

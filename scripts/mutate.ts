import { join } from "node:path";
import { execa } from "execa";
import { root } from "./root.ts";

// npm run mutate [-- options of Stryker, such as --mutate provider/src/rds/failure.ts, or --force]
const { exitCode } = await execa(
  "stryker",
  ["run", "scripts/mutate/stryker.config.mjs", ...process.argv.slice(2)],
  {
    cwd: root,
    env: { NODE_OPTIONS: `--require=${JSON.stringify(join(root, "scripts/mutate/mochaParts.cjs"))}` },
    stdio: "inherit",
    reject: false,
  },
);
process.exitCode = exitCode ?? 1;

import { execa } from "execa";
import { findEngine, withEngine } from "./engine/findEngine.ts";
import { root } from "./root.ts";

// npm run kills [-- points per scenario]
const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
const { exitCode } = await execa(
  process.execPath,
  ["--import", "tsx", "tests/engine/kills/runKills.ts", ...process.argv.slice(2)],
  { cwd: root, env: withEngine(engine), stdio: "inherit", reject: false },
);
process.exitCode = exitCode ?? 1;

import { findEngine, withEngine } from "./engine/findEngine.ts";
import { runProgram } from "./program.ts";

// npm run kills [-- points per scenario]
const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
await runProgram("tests/engine/kills/runKills.ts", process.argv.slice(2), withEngine(engine));

import { findEngine, withEngine } from "./engine/findEngine.ts";
import { runProgram } from "./program.ts";

// npm run bench [-- [--rounds N] [--resources N] [--large] [--write] [row ...]]
const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
await runProgram("tests/bench/runBench.ts", process.argv.slice(2), withEngine(engine));

import { runProgram } from "./program.ts";

await runProgram("tests/player/runCuts.ts", process.argv.slice(2));

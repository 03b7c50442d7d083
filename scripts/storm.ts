import { runProgram } from "./program.ts";

await runProgram("tests/player/runStorm.ts", process.argv.slice(2));

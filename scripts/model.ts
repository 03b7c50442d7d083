import { runProgram } from "./program.ts";

await runProgram("tests/model/suite.ts", process.argv.slice(2));

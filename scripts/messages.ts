import { runProgram } from "./program.ts";

await runProgram("tests/messages/write.ts", []);

import { describeEngine, findEngine } from "./engine/findEngine.ts";

const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${describeEngine(engine)}\n`);

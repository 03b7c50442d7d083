import { describeEngine } from "./engine/findEngine.ts";
import { requireEngine } from "./engine/requireEngine.ts";

const engine = await requireEngine((line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${describeEngine(engine)}\n`);

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import type { WorldInput } from "alicloud-rds-simulator";
import { openStage, type SavedStage, type Stage, type StageOptions } from "../engine/harness/stage";
import { backup } from "../engine/harness/world";
import { used, type Used } from "./processes";

/** Who declares the resources: the product, the file written by hand, or what does nothing. */
export type Kind = "ours" | "rival" | "nothing";

/** So many databases copied from one source, spread evenly over the targets. */
export interface Fleet {
  readonly resources: number;
  readonly targets: number;
}

/** How long a copy takes where it is waited for in real time. */
export interface Copying {
  readonly seconds: number;
}

const source = "rm-prod";
const targetIds = ({ targets }: Fleet) => Array.from({ length: targets }, (_, index) => `rm-target-${index}`);
const databasesOf = ({ resources, targets }: Fleet) =>
  Array.from({ length: Math.ceil(resources / targets) }, (_, index) => `data${index}`);

export function fleetWorld(fleet: Fleet, { seconds }: Copying = { seconds: 0 }): WorldInput {
  const databases = databasesOf(fleet);
  return {
    instances: [
      {
        id: source,
        databases: databases.map((name) => ({ name })),
        backups: [backup("1001", 8, Object.fromEntries(databases.map((name) => [name, name])))],
      },
      ...targetIds(fleet).map((id) => ({ id })),
    ],
    copy: { minimumSeconds: seconds, secondsPerGiB: 0 },
    // What a limited account does is another question.
    service: { callsPerSecond: 0 },
  };
}

/** In real time, with all that a user's process loads, and without the stage's compile cache: `kind` gets its keys as it wants them. */
export const asAtUsers: Partial<StageOptions> = {
  waits: "really",
  clock: "real",
  env: {
    NODE_COMPILE_CACHE: "",
    NODE_OPTIONS: "",
    ALICLOUD_ACCESS_KEY: "simulated-key",
    ALICLOUD_SECRET_KEY: "simulated-secret",
  },
};

/** Writes the program. Each kind loads what it needs and nothing else: the SDK alone takes seconds. */
export async function writeFleet(stage: Stage, kind: Kind, fleet: Fleet, takesMs?: number): Promise<void> {
  const databases = databasesOf(fleet);
  const pairs = targetIds(fleet)
    .flatMap((target) => databases.map((database) => ({ target, database })))
    .slice(0, fleet.resources);
  const loop = (body: string) =>
    `for (const { target, database } of ${JSON.stringify(pairs)}) {
      const name = target + "-" + database;
      ${body}
    }`;
  switch (kind) {
    case "ours":
      return stage.program(
        loop(`new DatabaseCopy(name, {
          sourceDbInstanceId: "${source}", targetDbInstanceId: target, dbNames: [database],
        });`),
      );
    case "rival": {
      const { endpoint } = stage.simulator;
      const args = `{ source: "${source}", target, database, endpoint: "${endpoint}" }`;
      return programByHand(stage, "rival", loop(`new byHand.HandWrittenCopy(name, ${args});`));
    }
    case "nothing": {
      const takes = takesMs === undefined ? "" : `, takes: ${takesMs}`;
      return programByHand(stage, "nothing", loop(`new byHand.Nothing(name, { text: name${takes} });`));
    }
  }
}

/** A program that declares resources of one of the two files beside this one, as `byHand`. */
export async function programByHand(stage: Stage, name: "rival" | "nothing", source: string): Promise<void> {
  await stage.file(`${name}.js`, await compiled(name));
  await stage.file("index.js", `const byHand = require("./${name}");\n${source}\n`);
}

/** As Pulumi's templates compile it: without `esModuleInterop`, so that the engine finds the modules again. */
async function compiled(name: string): Promise<string> {
  const text = await readFile(join(__dirname, `${name}.ts`), "utf8");
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  return transpileModule(text, { compilerOptions }).outputText;
}

/** A stack in which everything is there already. Made once in a process; opened anew each time, with nothing to do. */
export async function copiedFleet(kind: Kind, fleet: Fleet): Promise<Stage> {
  const key = JSON.stringify([kind, fleet]);
  const saved = known.get(key) ?? make(kind, fleet);
  known.set(key, saved);
  const stage = await openStage({ ...asAtUsers, from: await saved });
  await writeFleet(stage, kind, fleet);
  return stage;
}

const known = new Map<string, Promise<SavedStage>>();

async function make(kind: Kind, fleet: Fleet): Promise<SavedStage> {
  await using stage = await openStage({
    world: fleetWorld(fleet),
    env: asAtUsers.env ?? {},
  });
  await writeFleet(stage, kind, fleet);
  const { exitCode, text } = await stage.up("--parallel", "100");
  if (exitCode !== 0) throw new Error(`The ${fleet.resources} resources could not be made:\n${text}`);
  return await stage.save();
}

export interface Ran extends Used {
  readonly calls: number;
}

/** Runs the CLI to its end, over a stack in which nothing is to do. */
export async function runUnchanged(stage: Stage, command: "preview" | "up" | "refresh"): Promise<Ran> {
  stage.callCount();
  const run = await stage.start(command, ...(command === "preview" ? [] : ["--yes", "--skip-preview"]));
  const [ran, { exitCode, text }] = await Promise.all([used(run.pid, run.ended), run.ended]);
  if (exitCode !== 0 || !/\d+ unchanged/.test(text) || /\d+ (created|updated|replaced|deleted)/.test(text))
    throw new Error(`pulumi ${command} was not to change anything:\n${text}`);
  return { ...ran, calls: stage.callCount() };
}

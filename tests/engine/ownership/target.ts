import assert from "node:assert/strict";
import type { World } from "alicloud-rds-simulator";
import type { CliRun } from "../harness/cli";
import type { Stage } from "../harness/stage";

/** A run that succeeded; gives what it changed. */
export async function succeeds(stage: Stage, run: Promise<CliRun>): Promise<readonly string[]> {
  const { exitCode, text } = await run;
  assert.equal(exitCode, 0, text);
  return stage.changes();
}

/** A run that was refused before it changed a database, with these words and without a stack trace. Gives its text. */
export async function refused(
  stage: Stage,
  run: Promise<CliRun>,
  ...words: readonly (string | RegExp)[]
): Promise<string> {
  const before = stage.contents();
  const { exitCode, text } = await run;
  assert.deepEqual(stage.changes(), [], text);
  assert.deepEqual(stage.contents(), before);
  assert.notEqual(exitCode, 0, text);
  for (const word of words) {
    const isThere = typeof word === "string" ? text.includes(word) : word.test(text);
    assert.ok(isThere, `${String(word)} is not in:\n${text}`);
  }
  assert.doesNotMatch(text, stackTrace);
  return text;
}

export const stackTrace = /^\s+at .+:\d+:\d+/m;

/** The owner mark on a database of the target, staging unless another one is named. */
export function markOn(stage: Stage, name: string, instanceId = targetId): OwnerMark {
  const text = descriptionOn(stage, name, instanceId) ?? "";
  const [, mark, owner, id] = markForm.exec(text) ?? [];
  assert.ok(mark && owner && id, `${name} carries no owner mark: "${text}"`);
  return { text: mark, owner, id };
}

export interface OwnerMark {
  /** Without the lineage, which is for people and never read back. */
  readonly text: string;
  readonly owner: string;
  readonly id: string;
}

const markForm = /^(pulumi-([0-9a-z]{12})-([0-9a-z]{8})-[bt][0-9a-z]+)(?:--|$)/;

export function descriptionOn(
  { simulator }: Stage,
  wanted: string,
  instanceId = targetId,
): string | undefined {
  const instance = simulator.world().instances.find(({ id }) => id === instanceId);
  return instance?.databases.find(({ name }) => name === wanted)?.description;
}

/** The intents on the target, by the id of their copy call; the value of each tag. */
export function intentsOn(stage: Stage): Readonly<Record<string, string>> {
  const { tags = {} } = stage.simulator.world().instances.find(({ id }) => id === targetId) ?? {};
  const prefix = "pulumi-database-copy:";
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

/** Someone makes a database on the target by hand; one of that name was dropped before. */
export function makeByHand(stage: Stage, ...names: readonly string[]): void {
  changeDatabases(stage, (databases) => [
    ...databases.filter(({ name }) => !names.includes(name)),
    ...names.map((name) => ({ name, content: `${name} by hand` })),
  ]);
}

/** Someone drops databases of the target. */
export function dropByHand(stage: Stage, ...names: readonly string[]): void {
  changeDatabases(stage, (databases) => databases.filter(({ name }) => !names.includes(name)));
}

/** Someone writes the description of a database of the target. */
export function writeDescription(stage: Stage, name: string, description: string): void {
  changeDatabases(stage, (databases) =>
    databases.map((one) => (one.name === name ? { ...one, description } : one)),
  );
}

type Instance = World["instances"][number];
type Database = Instance["databases"][number];
type DatabaseInput = Partial<Database> & Pick<Database, "name">;

function changeDatabases(
  stage: Stage,
  change: (databases: readonly Database[]) => readonly DatabaseInput[],
): void {
  changeInstance(stage, targetId, ({ databases }) => ({ databases: [...change(databases)] }));
}

/** Something happens to an instance that no call asked for. */
export function changeInstance(
  { simulator }: Stage,
  wanted: string,
  change: (instance: Instance) => object,
): void {
  const world = simulator.world();
  const instances = world.instances.map((one) => (one.id === wanted ? { ...one, ...change(one) } : one));
  simulator.setWorld({ ...world, instances });
}

/** As an instance answers while it is backed up. */
export const busy = { error: { status: 403, code: "OperationDenied.DBInstanceStatus" } };

const targetId = "rm-staging";

import type { Database, Instance, World, WorldDraft } from "./schema.js";

type DraftInstance = WorldDraft["instances"][number];

export const findInstance = (world: World, id: string): Instance | undefined =>
  world.instances.find((instance) => instance.id === id);

/** SQL Server compares database names without case. */
export const findDatabase = (instance: Instance, name: string): Database | undefined =>
  instance.databases.find((database) => sameName(database.name, name));

export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The entry of a record by a name that a client chose: `constructor` is a name like any other. */
export const entryOf = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** The instance of a draft; the caller has just seen it in the world the draft was made from. */
export function draftInstance(draft: WorldDraft, id: string): DraftInstance {
  const instance = draft.instances.find((candidate) => candidate.id === id);
  if (instance === undefined)
    throw new Error(`The world lost the instance ${id} while it was being changed.`);
  return instance;
}

/** What DescribeDBInstanceAttribute and the checks see: a running copy may show on its target. */
export function instanceStatus(world: World, instance: Instance): string {
  if (instance.status !== "Running" || world.copy.targetStatus === "Running") return instance.status;
  const filling = world.operations.some(
    (running) => running.kind === "copy" && running.instanceId === instance.id,
  );
  return filling ? world.copy.targetStatus : instance.status;
}

/** Under the simple recovery model no log is kept. */
export const keepsLog = ({ recoveryModel }: { readonly recoveryModel: string }): boolean =>
  recoveryModel.toLowerCase() !== "simple";

export const usedGiB = (instance: Instance): number =>
  instance.databases.reduce((sum, database) => sum + database.sizeGiB, instance.logGiB);

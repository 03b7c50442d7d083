import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { usedGiB } from "../world/find.js";
import type { Instance, World } from "../world/schema.js";
import { follows2019 } from "./page2019.js";

/** Whether the target takes so many databases, and so large ones, and the service one more copy. */
export function checkRoom(
  world: World,
  target: Instance,
  databases: readonly { readonly sizeGiB: number }[],
): void {
  if (target.databases.length + databases.length > target.maxDatabases) {
    throw refuse(tooMany, { values: { limit: target.maxDatabases } });
  }
  const needed = databases.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
  if (needed > target.storageGiB && !follows2019(world)) throw refuse(diskTooSmall);
  if (needed > 0 && target.storageGiB - usedGiB(target) <= needed) throw refuse(noSpace);
  const running = world.operations.filter(({ kind }) => kind === "copy").length;
  if (world.copy.atMost > 0 && running >= world.copy.atMost) throw refuse(noCapacity);
}

const of = { action: "CopyDatabaseBetweenInstances", basis: "documented", source: sources.copyPage } as const;

const tooMany = refusal({
  ...of,
  id: "copy.database-count",
  code: "DBCountLimitExceeded",
  status: 400,
  message: "The target instance takes at most {limit} databases.",
  says: "The target has room for so many more databases; those being made or dropped count.",
});
const diskTooSmall = refusal({
  ...of,
  id: "copy.disk-too-small",
  code: "InvalidRecoveryDbInstance.StorageSize",
  status: 400,
  message: "The disk of the target instance is too small.",
  says: "The whole disk of the target holds the databases.",
});
const noSpace = refusal({
  ...of,
  id: "copy.no-space",
  code: "StorageLimitExceeded",
  status: 403,
  message: "Exceeding the allowed Storage of DB instance.",
  says: "The free space of the target is larger than the databases.",
});
const noCapacity = refusal({
  ...of,
  id: "copy.capacity",
  code: "InsufficientResourceCapacity",
  status: 404,
  message: "There is no capacity for this operation now.",
  says: "The service has room for so many copies at once as copy.atMost says; by default there is no limit.",
  basis: "inferred",
});

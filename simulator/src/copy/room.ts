import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { usedGiB } from "../world/find.js";
import type { Instance } from "../world/schema.js";

/** Whether the target takes so many databases, and so large ones. */
export function checkRoom(target: Instance, databases: readonly { readonly sizeGiB: number }[]): void {
  if (target.databases.length + databases.length > target.maxDatabases) {
    throw refuse(tooMany, { values: { limit: target.maxDatabases } });
  }
  const needed = databases.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
  if (needed > target.storageGiB) throw refuse(diskTooSmall);
  if (needed > 0 && target.storageGiB - usedGiB(target) <= needed) throw refuse(noSpace);
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

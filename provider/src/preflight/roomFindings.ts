import type { InstanceFacts } from "../rds/rdsApi";
import { sameName } from "../copy/databaseNames";
import { gibibyte, inGiB } from "../copy/sizes";
import type { Finding } from "./finding";
import { found, type Known } from "./known";
import { pointSet } from "./pointSet";

/** Whether the target takes so many databases, and so large ones. */
export function roomFindings(known: Known): readonly Finding[] {
  const target = found(known.target);
  if (!target || !known.copies) return [];
  return [count(known, target), space(known, target)].filter((one) => one !== undefined);
}

function count(known: Known, { instanceId, maxDatabases }: InstanceFacts): Finding | undefined {
  const { targetDatabases, names } = known;
  const added = Object.keys(names).length;
  if (targetDatabases === undefined || maxDatabases === undefined) return undefined;
  const staying = targetDatabases.length - dropped(known).length;
  if (staying + added <= maxDatabases) return undefined;
  return {
    code: "database-count",
    apiCode: "DBCountLimitExceeded",
    property: "dbNames",
    text: `Instance ${instanceId} takes at most ${maxDatabases} databases; it has ${staying}, and ${added} would be added. Drop others, copy fewer, or choose a larger instance class.`,
  };
}

/** Databases of this resource that go before the copy comes. */
function dropped({ plan, targetDatabases = [] }: Known) {
  return targetDatabases.filter(({ name }) => plan.dropped.some((own) => sameName(own, name)));
}

/**
 * The size of a single database is no field of the API, so little is definite. A restored database is never
 * smaller than its backup, and all databases together are never larger than the disk that the source uses:
 * below the first it does not fit, above the second it does, and in between nobody can tell.
 */
function space(known: Known, { instanceId, storageGiB, diskUsedBytes }: InstanceFacts): Finding | undefined {
  if (Object.keys(known.names).length === 0) return undefined;
  if (storageGiB === undefined || diskUsedBytes === undefined) {
    return unclear(
      `The disk use of ${instanceId} is not told, so it is not known whether the databases fit on it.`,
    );
  }
  const capacity = storageGiB * gibibyte;
  const free = capacity - diskUsedBytes;
  const least = leastSize(known);
  if (least !== undefined && least > capacity) {
    return full(
      "InvalidRecoveryDbInstance.StorageSize",
      `The databases take ${inGiB(least)} at least, and the disk of ${instanceId} has ${inGiB(capacity)}`,
    );
  }
  // What goes first makes room, nobody knows how much.
  if (dropped(known).length === 0 && (free <= 0 || (least !== undefined && least >= free))) {
    const need = least === undefined ? "" : `, and the databases take ${inGiB(least)} at least`;
    return full(
      "StorageLimitExceeded",
      `Instance ${instanceId} has ${inGiB(Math.max(free, 0))} of ${inGiB(capacity)} free${need}`,
    );
  }
  const source = found(known.source);
  const most = source?.diskUsedBytes;
  // Without the source there is nothing to compare with, and that has a word of its own.
  if (!source || (most !== undefined && most < free)) return undefined;
  const whole = most === undefined ? "" : `, and ${source.instanceId} as a whole uses ${inGiB(most)}`;
  return unclear(
    `Whether the databases fit is not known: ${instanceId} has ${inGiB(free)} free${whole}. The API does not tell the size of single databases.`,
  );
}

/** The size of the set, if it is known to hold the wanted databases and no others. */
function leastSize({ plan, backups, names }: Known): number | undefined {
  if (plan.choice === undefined || plan.choice.kind === "time" || backups === undefined) return undefined;
  const sources = Object.keys(names);
  const set = pointSet(plan.choice, backups, sources);
  if (!set || set.type !== "FullBackup" || set.databases.length === 0) return undefined;
  return set.databases.every((held) => sources.some((source) => sameName(source, held)))
    ? set.sizeBytes
    : undefined;
}

function full(apiCode: string, what: string): Finding {
  return {
    code: "no-space",
    apiCode,
    property: "targetDbInstanceId",
    text: `${what}. Enlarge its disk, or make room on it.`,
  };
}

function unclear(text: string): Finding {
  return { code: "space-unclear", property: "targetDbInstanceId", text };
}

import type { BackupSet, CopyRequest } from "../rds/rdsApi";
import { momentOf, toUtcSeconds } from "../time/moment";
import { sameName } from "./databaseNames";

/** The moment that a copy holds: a backup set, or a point in time. */
export type RestorePoint =
  | {
      readonly kind: "backup";
      readonly backupId: string;
      /** End of the backup, UTC seconds; missing if the service no longer lists the set. */
      readonly backupTime?: string;
    }
  | { readonly kind: "time"; readonly restoreTime: string };

/** Of a database that was not copied by this package: no backup has this id, so every restore point in the program is another one. */
export const unknownPoint = { kind: "backup", backupId: "unknown" } as const satisfies RestorePoint;

/** Which moment is asked for. */
export type RestorePointChoice =
  | { readonly kind: "backup"; readonly backupId: string }
  | { readonly kind: "time"; readonly restoreTime: string }
  | { readonly kind: "latest" };

export function chosenRestorePoint(inputs: {
  readonly backupId?: string;
  readonly restoreTime?: string;
}): RestorePointChoice {
  if (inputs.backupId !== undefined) return { kind: "backup", backupId: inputs.backupId };
  if (inputs.restoreTime !== undefined) return { kind: "time", restoreTime: inputs.restoreTime };
  return { kind: "latest" };
}

/** Whether a chosen point is the one that was used. "Latest" is always satisfied: it is fixed once. */
export function isSamePoint(choice: RestorePointChoice, used: RestorePoint): boolean {
  switch (choice.kind) {
    case "latest":
      return true;
    case "backup":
      return used.kind === "backup" && used.backupId === choice.backupId;
    case "time":
      return choice.restoreTime === (used.kind === "time" ? used.restoreTime : used.backupTime);
  }
}

/**
 * The sets that can be restored, newest first: successful full backups that are available. A set that
 * tells its databases and lacks one of those wanted is a backup of single databases and is left out.
 */
export function usableBackups(sets: readonly BackupSet[], sources: readonly string[]): BackupSet[] {
  return sets.filter((set) => isRestorable(set) && lacking(set, sources).length === 0).sort(newestFirst);
}

/** Whether a set can be restored, as far as it says itself. */
export function isRestorable({ status, type, available }: BackupSet): boolean {
  return status === "Success" && type === "FullBackup" && available;
}

/** The wanted databases that a set does not hold, as far as the service tells what it holds. */
export function lacking(set: BackupSet, sources: readonly string[]): string[] {
  if (set.databases.length === 0) return [];
  return sources.filter((source) => !set.databases.some((held) => sameName(held, source)));
}

export function backupPoint(set: BackupSet): RestorePoint {
  const end = momentOf(set.endTime);
  return {
    kind: "backup",
    backupId: set.backupId,
    ...(Number.isNaN(end) ? {} : { backupTime: toUtcSeconds(end) }),
  };
}

/** For sentences. */
export function describeRestorePoint(point: RestorePoint): string {
  return point.kind === "time"
    ? `the moment ${point.restoreTime}`
    : point.backupId === unknownPoint.backupId
      ? "an unknown restore point"
      : `backup ${point.backupId}${point.backupTime ? ` of ${point.backupTime}` : ""}`;
}

export function toCopyRestorePoint(point: RestorePoint): CopyRequest["restorePoint"] {
  return point.kind === "time" ? { restoreTime: point.restoreTime } : { backupId: point.backupId };
}

/** A full order, so that the choice does not depend on how the service sorts. A time that cannot be read is the oldest. */
function newestFirst(left: BackupSet, right: BackupSet): number {
  const moment = (text: string) => momentOf(text) || 0;
  return (
    moment(right.endTime) - moment(left.endTime) ||
    moment(right.startTime) - moment(left.startTime) ||
    right.backupId.localeCompare(left.backupId, "en", { numeric: true })
  );
}

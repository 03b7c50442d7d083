import { sameName } from "../copy/databaseNames";
import { usableBackups, type RestorePointChoice } from "../copy/restorePoint";
import type { BackupSet } from "../rds/rdsApi";
import { momentOf } from "../time/moment";
import type { Known } from "./known";

/** The set that a copy would be made from now; for a moment, the one that its log chain begins with. */
export function pointSet(
  choice: RestorePointChoice,
  sets: readonly BackupSet[],
  sources: readonly string[],
): BackupSet | undefined {
  switch (choice.kind) {
    case "backup":
      return sets.find(({ backupId }) => backupId === choice.backupId);
    case "latest":
      return usableBackups(sets, sources)[0];
    case "time": {
      const at = momentOf(choice.restoreTime);
      return usableBackups(sets, []).find(({ endTime }) => momentOf(endTime) <= at);
    }
  }
}

/** Whether a set that the copy may use is known to hold a database. Sets that cannot be downloaded tell nothing. */
export function backupsHolding({ plan, backups }: Known, source: string): boolean {
  const { choice } = plan;
  if (backups === undefined || choice === undefined) return false;
  const sets = choice.kind === "latest" ? usableBackups(backups, []) : [pointSet(choice, backups, [])];
  return sets.some((set) => set?.databases.some((name) => sameName(name, source)));
}

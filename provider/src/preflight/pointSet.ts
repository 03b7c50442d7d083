import type { BackupSet } from "../rds/rdsApi";
import { momentOf } from "../time/moment";
import { usableBackups, type RestorePointChoice } from "../copy/restorePoint";

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

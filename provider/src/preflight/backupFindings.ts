import { databaseNotInBackupCode } from "../rds/failure";
import type { BackupSet } from "../rds/rdsApi";
import { formatDuration, parseDuration } from "../time/duration";
import { momentOf } from "../time/moment";
import { listNames } from "../copy/databaseNames";
import { lacking, usableBackups } from "../copy/restorePoint";
import type { Finding } from "./finding";
import type { Known } from "./known";
import { missingNames } from "./sourceDatabaseFindings";

/** Whether the backup that was asked for, or the latest one, can be restored. */
export function backupFindings(known: Known): readonly Finding[] {
  const { plan, backups, copies } = known;
  const { sourceDbInstanceId: instanceId, choice } = plan;
  if (!copies || instanceId === undefined || choice === undefined || backups === undefined) return [];
  // What is missing on the source has a finding of its own.
  const missing = missingNames(known);
  const sources = Object.keys(known.names).filter((source) => !missing.includes(source));
  switch (choice.kind) {
    case "time":
      return [];
    case "backup":
      return namedBackup(
        instanceId,
        choice.backupId,
        plan.isRepair === true ? repairWay : otherWay,
        backups.find(({ backupId }) => backupId === choice.backupId),
        sources,
      );
    case "latest":
      return [latestBackup(known, instanceId, backups, sources)].filter((one) => one !== undefined);
  }
}

const otherWay = "Choose another one, or leave backupId out for the latest.";

/** Another set would replace what is there; and what an option forbids is no way out. */
const repairWay =
  "Leave backupId out, and take it out of ignoreChanges if it is named there: what exists stays as it is, and the missing databases are copied from the " +
  "latest backup. Another backupId replaces all databases.";

function namedBackup(
  instanceId: string,
  backupId: string,
  way: string,
  set: BackupSet | undefined,
  sources: readonly string[],
): Finding[] {
  const property = "backupId";
  if (!set) {
    return [
      {
        code: "backup-missing",
        apiCode: "InvalidBackupSetID",
        property,
        text: `Instance ${instanceId} has no backup ${backupId}: it belongs to another instance, or was deleted when its retention ended. ${way}`,
      },
    ];
  }
  const absent = lacking(set, sources);
  return [
    unusable(instanceId, set, way),
    set.archived === true
      ? {
          code: "backup-archived" as const,
          apiCode: "InvalidRestoreTimeSpecified",
          property,
          text: `Backup ${backupId} of ${instanceId} is in cold storage, from where it may not be restored. ${way}`,
        }
      : undefined,
    absent.length > 0
      ? {
          code: "backup-lacks-database" as const,
          apiCode: databaseNotInBackupCode,
          property,
          text: `Backup ${backupId} of ${instanceId} holds ${listNames(set.databases)}, but not ${listNames(absent)}. Choose a backup of the whole instance.`,
        }
      : undefined,
  ].filter((one) => one !== undefined);
}

/** An incremental set can be named: it is restored as a full one is (RDS documents, 2020). */
function unusable(instanceId: string, set: BackupSet, way: string): Finding | undefined {
  const { backupId, status, available } = set;
  const common = { apiCode: "InvalidBackupSetID", property: "backupId" };
  if (status === "Failed") {
    return {
      ...common,
      code: "backup-failed",
      text: `Backup ${backupId} of ${instanceId} failed when it was made. ${way}`,
    };
  }
  if (status !== "Success") {
    return {
      ...common,
      code: "backup-unfinished",
      text: `Backup ${backupId} of ${instanceId} is not finished (${status || "its status is not told"}). Wait until it is, or choose another one.`,
    };
  }
  if (!available) {
    return {
      ...common,
      code: "backup-expired",
      text: `Backup ${backupId} of ${instanceId} is no longer available (IsAvail 0). ${way}`,
    };
  }
  return undefined;
}

function latestBackup(
  { now, plan }: Known,
  instanceId: string,
  sets: readonly BackupSet[],
  sources: readonly string[],
): Finding | undefined {
  const [newest] = usableBackups(sets, sources);
  if (newest) {
    const tooOld = backupTooOld(now, newest, plan.maxBackupAge);
    return tooOld
      ? {
          code: "backup-too-old",
          property: "maxBackupAge",
          text: `${tooOld} Make a backup, or allow an older one.`,
        }
      : undefined;
  }
  const [newestOfOthers] = usableBackups(sets, []);
  if (newestOfOthers) {
    return {
      code: "backup-lacks-database",
      apiCode: databaseNotInBackupCode,
      property: "dbNames",
      text: `No usable full backup of ${instanceId} holds ${listNames(sources)} together; the newest, ${newestOfOthers.backupId}, lacks ${listNames(lacking(newestOfOthers, sources))}. Make a backup of the whole instance.`,
    };
  }
  return {
    code: "no-usable-backup",
    apiCode: "InvalidBackupSetID",
    property: "sourceDbInstanceId",
    text: `Instance ${instanceId} has no full backup that succeeded and is available. Make one, or give restoreTime.`,
  };
}

/** Says so if the latest backup is older than allowed. */
function backupTooOld(now: number, set: BackupSet, maxBackupAge: string | undefined): string | undefined {
  if (maxBackupAge === undefined) return undefined;
  const allowed = parseDuration(maxBackupAge);
  const age = now - momentOf(set.endTime);
  if (allowed === undefined || !(age > allowed)) return undefined;
  return `The latest usable backup, ${set.backupId} of ${set.endTime}, is ${formatDuration(age)} old; maxBackupAge allows ${maxBackupAge}.`;
}

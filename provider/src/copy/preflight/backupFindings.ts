import type { BackupSet, RdsApi } from "../../rds/rdsApi";
import { databaseNotInBackupCode } from "../../rds/failure";
import type { Clock } from "../../time/clock";
import { formatDuration, parseDuration } from "../../time/duration";
import { momentOf } from "../../time/moment";
import { listNames } from "../databaseNames";
import { backupProblem, lacking, usableBackups } from "../restorePoint";
import type { Finding } from "./finding";
import type { CopyPlanFacts } from "./preflight";

/** Whether the backup that was asked for, or the latest one, can be restored. */
export async function backupFindings(
  rds: Pick<RdsApi, "describeBackups">,
  clock: Clock,
  { sourceDbInstanceId: instanceId, names, choice, maxBackupAge }: CopyPlanFacts,
): Promise<readonly Finding[]> {
  if (instanceId === undefined || choice === undefined) return [];
  const sources = Object.keys(names ?? {});
  switch (choice.kind) {
    case "time":
      return [];
    case "backup": {
      const { backupId } = choice;
      const set = (await rds.describeBackups({ instanceId, backupId })).find(
        (one) => one.backupId === backupId,
      );
      return namedBackup(instanceId, backupId, set, sources);
    }
    case "latest":
      return latestBackup(
        clock,
        instanceId,
        maxBackupAge,
        usableBackups(await rds.describeBackups({ instanceId }), sources),
      );
  }
}

function namedBackup(
  instanceId: string,
  backupId: string,
  set: BackupSet | undefined,
  sources: readonly string[],
): Finding[] {
  const blocks = { severity: "blocks", property: "backupId" } as const;
  if (!set) {
    return [
      {
        ...blocks,
        code: "backup-missing",
        apiCode: "InvalidBackupSetID",
        text: `Instance ${instanceId} has no backup ${backupId}. A set just made may be listed a minute late; else choose one that DescribeBackups lists, or leave backupId out for the latest.`,
      },
    ];
  }
  const problem = backupProblem(set);
  if (problem) {
    return [
      {
        ...blocks,
        code: "backup-unusable",
        apiCode: "InvalidBackupSetID",
        text: `Backup ${backupId} of ${instanceId} cannot be restored: ${problem}. Choose another one, or leave backupId out for the latest.`,
      },
    ];
  }
  const absent = lacking(set, sources);
  if (absent.length === 0) return [];
  return [
    {
      ...blocks,
      code: "backup-lacks-database",
      apiCode: databaseNotInBackupCode,
      text: `Backup ${backupId} of ${instanceId} holds ${listNames(set.databases)}, but not ${listNames(absent)}. Choose a backup of the whole instance.`,
    },
  ];
}

function latestBackup(
  clock: Clock,
  instanceId: string,
  maxBackupAge: string | undefined,
  usable: readonly BackupSet[],
): Finding[] {
  const newest = usable[0];
  if (!newest) {
    return [
      {
        severity: "blocks",
        code: "no-usable-backup",
        apiCode: "InvalidBackupSetID",
        property: "sourceDbInstanceId",
        text: `Instance ${instanceId} has no successful full backup that is available and holds the databases. Make one, or give restoreTime.`,
      },
    ];
  }
  const tooOld = backupTooOld(clock, newest, maxBackupAge);
  return tooOld
    ? [
        {
          severity: "blocks",
          code: "backup-too-old",
          property: "maxBackupAge",
          text: `${tooOld} Make a backup, or allow an older one.`,
        },
      ]
    : [];
}

/** Says so if the latest backup is older than allowed. */
export function backupTooOld(
  clock: Clock,
  set: BackupSet,
  maxBackupAge: string | undefined,
): string | undefined {
  const allowed = maxBackupAge === undefined ? undefined : parseDuration(maxBackupAge);
  const age = clock.now() - momentOf(set.endTime);
  if (allowed === undefined || !(age > allowed)) return undefined;
  return `The latest usable backup, ${set.backupId} of ${set.endTime}, is ${formatDuration(age)} old; maxBackupAge allows ${maxBackupAge ?? ""}.`;
}

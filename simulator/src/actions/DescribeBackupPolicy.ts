import { nextBackup } from "../operations/backupTimes.js";
import type { Instance } from "../world/schema.js";
import { minuteText } from "../world/time.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { madeInstance } from "./madeInstance.js";

export const describeBackupPolicy = action({
  name: "DescribeBackupPolicy",
  required: ["DBInstanceId"],
  withoutEffect: ["BackupPolicyMode"],
  refuses: { CompressType: [], ReleasedKeepPolicy: [] },
  handle(call) {
    return policy(madeInstance(call, "DescribeBackupPolicy"), call.now);
  },
});

function policy(instance: Instance, now: number) {
  const { days, time, compressType, incremental, releasedKeepPolicy, category, priority } =
    instance.backupPolicy;
  return {
    BackupRetentionPeriod: instance.retentionDays,
    PreferredBackupPeriod: days,
    PreferredBackupTime: time,
    PreferredNextBackupTime: minuteText(nextBackup(instance.backupPolicy, now)),
    BackupLog: "Enable",
    EnableBackupLog: "1",
    LogBackupRetentionPeriod: instance.logRetentionDays,
    LogBackupFrequency: "LogInterval",
    BackupInterval: String(instance.logIntervalMinutes),
    BackupMethod: instance.backupMethod,
    SupportVolumeShadowCopy: instance.backupMethod === "Snapshot" ? 1 : 0,
    SupportsHighFrequencyBackup: 1,
    EnableIncrementDataBackup: incremental,
    Category: category,
    CompressType: compressType,
    LocalLogRetentionHours: 18,
    LocalLogRetentionSpace: "30",
    HighSpaceUsageProtection: "Enable",
    LogBackupLocalRetentionNumber: 60,
    ReleasedKeepPolicy: releasedKeepPolicy,
    ...(priority === undefined ? {} : { BackupPriority: priority, SupportModifyBackupPriority: true }),
  };
}

behaviour({
  id: "backup-policy.pascal-case",
  action: "DescribeBackupPolicy",
  says: "The fields are in Pascal case; the camel case of older samples is empty for every client.",
  basis: "documented",
  source: sources.sdk,
});
behaviour({
  id: "backup-policy.both-parts",
  action: "DescribeBackupPolicy",
  parameter: "BackupPolicyMode",
  says: "The answer holds the policy of data and of log backups, whichever of the two is asked for.",
  basis: "inferred",
  source: sources.policyPage,
});
behaviour({
  id: "backup-policy.log-always-on",
  action: "DescribeBackupPolicy",
  says: "Log backup cannot be switched off for SQL Server.",
  basis: "documented",
  source: sources.documents2020,
});

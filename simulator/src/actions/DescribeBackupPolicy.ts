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
  return {
    BackupRetentionPeriod: instance.retentionDays,
    PreferredBackupPeriod: "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
    PreferredBackupTime: "18:00Z-19:00Z",
    PreferredNextBackupTime: minuteText(nextEvening(now)),
    BackupLog: "Enable",
    EnableBackupLog: "1",
    LogBackupRetentionPeriod: instance.logRetentionDays,
    LogBackupFrequency: "LogInterval",
    BackupInterval: String(instance.logIntervalMinutes),
    BackupMethod: instance.backupMethod,
    SupportVolumeShadowCopy: instance.backupMethod === "Snapshot" ? 1 : 0,
    SupportsHighFrequencyBackup: 1,
    EnableIncrementDataBackup: false,
    Category: "Standard",
    CompressType: "1",
    LocalLogRetentionHours: 18,
    LocalLogRetentionSpace: "30",
    HighSpaceUsageProtection: "Enable",
    LogBackupLocalRetentionNumber: 60,
    ReleasedKeepPolicy: "None",
  };
}

function nextEvening(now: number): number {
  const day = 24 * 3600 * 1000;
  const evening = Math.floor(now / day) * day + 18 * 3600 * 1000;
  return evening > now ? evening : evening + day;
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

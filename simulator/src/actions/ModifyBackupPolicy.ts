import type { Call } from "../call/call.js";
import { unsupportedParameter } from "../call/unsupportedParameters.js";
import { badValue, choice, flag, oneOf } from "../parameters/badValue.js";
import { wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { compressTypes, policyCategories, releasedKeepPolicies, weekdays } from "../world/backupPolicy.js";
import { draftInstance } from "../world/find.js";
import type { Instance } from "../world/schema.js";
import { action } from "./action.js";
import { given, present } from "./askedInstance.js";
import { primaryInstance } from "./writableInstance.js";

const ofData = [
  ...["BackupMethod", "BackupPriority", "BackupRetentionPeriod", "Category", "CompressType"],
  ...["EnableIncrementDataBackup", "LogBackupFrequency", "PreferredBackupPeriod", "PreferredBackupTime"],
  "ReleasedKeepPolicy",
];

export const modifyBackupPolicy = action({
  name: "ModifyBackupPolicy",
  required: ["DBInstanceId"],
  optional: ["BackupLog", "BackupPolicyMode", "EnableBackupLog", "LogBackupRetentionPeriod", ...ofData],
  refuses: {
    ...{ ArchiveBackupKeepCount: ["1"], ArchiveBackupKeepPolicy: ["0"], ArchiveBackupRetentionPeriod: ["0"] },
    ...{ BackupInterval: ["-1"], HighSpaceUsageProtection: ["Enable"], LocalLogRetentionHours: ["18"] },
    ...{ LocalLogRetentionSpace: ["30"], LogBackupLocalRetentionNumber: ["60"] },
  },
  handle(call) {
    const instance = primaryInstance(call, "ModifyBackupPolicy");
    checkLogStaysOn(call);
    const mode = oneOf(
      call.params,
      "BackupPolicyMode",
      ["DataBackupPolicy", "LogBackupPolicy"],
      "DataBackupPolicy",
    );
    const changes = mode === "DataBackupPolicy" ? dataPolicy(call, instance) : logPolicy(call);
    const logRetentionDays = logRetention(call, instance, changes.retentionDays ?? instance.retentionDays);
    call.change((draft) => {
      const { policy, ...fields } = changes;
      const changed = draftInstance(draft, instance.id);
      Object.assign(changed, fields, { logRetentionDays });
      Object.assign(changed.backupPolicy, policy);
    });
    return {
      DBInstanceID: instance.id,
      EnableBackupLog: "1",
      CompressType:
        (changes.policy ?? instance.backupPolicy).compressType ?? instance.backupPolicy.compressType,
      HighSpaceUsageProtection: "Enable",
      LocalLogRetentionHours: 18,
      LocalLogRetentionSpace: "30",
      LogBackupLocalRetentionNumber: 60,
    };
  },
});

interface Changes {
  readonly retentionDays?: number;
  readonly logIntervalMinutes?: number;
  readonly backupMethod?: Instance["backupMethod"];
  readonly policy?: Partial<Instance["backupPolicy"]>;
}

function dataPolicy(call: Call, instance: Instance): Changes {
  const { params } = call;
  const [days, time, retention] = [
    "PreferredBackupPeriod",
    "PreferredBackupTime",
    "BackupRetentionPeriod",
  ].map((name) => {
    const value = given(call, name);
    if (value === undefined) throw refuse(incomplete, { values: { name } });
    return value;
  });
  const retentionDays = daysOf(retention, badRetention);
  const names = (days ?? "").split(",");
  const known = names.every((name) => weekdays.some((weekday) => weekday === name));
  if (!known || new Set(names).size < 2) throw refuse(badDays);
  if (!/^([01]\d|2[0-3]):[0-5]\dZ-([01]\d|2[0-3]):[0-5]\dZ$/.test(time ?? "")) throw refuse(badTime);
  const backupMethod = choice(params, "BackupMethod", ["Physical", "Snapshot"]);
  const incremental = flag(params, "EnableIncrementDataBackup");
  const isLocal = /^(local|ephemeral)_/.test(instance.storageType);
  if (isLocal && backupMethod === "Snapshot") throw badValue("BackupMethod");
  if (isLocal && incremental === true) throw badValue("EnableIncrementDataBackup");
  const interval = choice(params, "LogBackupFrequency", ["LogInterval"]);
  return {
    retentionDays,
    ...present("logIntervalMinutes", interval === undefined ? undefined : 30),
    ...present("backupMethod", backupMethod),
    policy: {
      days: names.join(","),
      ...present("time", time),
      ...present("compressType", choice(params, "CompressType", compressTypes)),
      ...present("incremental", incremental),
      ...present("releasedKeepPolicy", choice(params, "ReleasedKeepPolicy", releasedKeepPolicies)),
      ...present("category", choice(params, "Category", policyCategories)),
      ...present("priority", priority(call, instance)),
    },
  };
}

function logPolicy(call: Call): Changes {
  const named = ofData.find((name) => given(call, name) !== undefined);
  if (named !== undefined) throw unsupportedParameter("the policy of log backups", named);
  return {};
}

function priority(call: Call, instance: Instance): number | undefined {
  const asked = choice(call.params, "BackupPriority", ["1", "2"]);
  if (asked !== undefined && instance.category !== "AlwaysOn") throw badValue("BackupPriority");
  return asked === undefined ? undefined : Number(asked);
}

function checkLogStaysOn({ params }: Call): void {
  if (choice(params, "BackupLog", ["Enable", "Disabled"]) === "Disabled") throw refuse(logStaysOn);
  const off = choice(params, "EnableBackupLog", ["1", "0", "True", "False"]);
  if (off === "0" || off === "False") throw refuse(logStaysOn);
}

/** Logs are never kept for longer than sets. */
function logRetention(call: Call, instance: Instance, retentionDays: number): number {
  const asked = given(call, "LogBackupRetentionPeriod");
  if (asked === undefined) return Math.min(instance.logRetentionDays, retentionDays);
  const days = daysOf(asked, badLogRetention);
  if (days > retentionDays) throw refuse(badLogRetention);
  return days;
}

function daysOf(text: string | undefined, rule: typeof badRetention): number {
  const days = wholeNumber(text, 0);
  if (days === undefined || days < 7 || days > 730) throw refuse(rule);
  return days;
}

const of = { action: "ModifyBackupPolicy", basis: "inferred", source: sources.sdk } as const;

const incomplete = refusal({
  ...of,
  id: "modify-backup-policy.incomplete",
  parameter: "PreferredBackupPeriod, PreferredBackupTime, BackupRetentionPeriod",
  code: "MissingParameter",
  status: 400,
  message: "The parameter {name} is mandatory for the policy of data backups.",
  says: "The policy of data backups, which is the default, names days, time and retention.",
  basis: "documented",
});
const badDays = refusal({
  ...of,
  id: "modify-backup-policy.days",
  parameter: "PreferredBackupPeriod",
  code: "InvalidPreferredBackupPeriod.Malformed",
  status: 400,
  message: "The days of the backup are not valid.",
  says: "Two different days of the week at least, by their English names. The rule is documented, its code only as a pattern.",
});
const badTime = refusal({
  ...of,
  id: "modify-backup-policy.time",
  parameter: "PreferredBackupTime",
  code: "InvalidPreferredBackupTime.Malformed",
  status: 400,
  message: "The time of the backup is not valid.",
  says: "HH:mmZ-HH:mmZ. The form is documented, its code only as a pattern.",
});
const badRetention = refusal({
  ...of,
  id: "modify-backup-policy.retention",
  parameter: "BackupRetentionPeriod",
  code: "InvalidBackupRetentionPeriod.Malformed",
  status: 400,
  message: "The retention of backups is not valid.",
  says: "7 to 730 days. The range is documented, its code only as a pattern.",
});
const badLogRetention = refusal({
  ...of,
  id: "modify-backup-policy.log-retention",
  parameter: "LogBackupRetentionPeriod",
  code: "InvalidLogBackupRetentionPeriod.Malformed",
  status: 400,
  message: "The retention of log backups is not valid.",
  says: "7 to 730 days, and not longer than sets are kept. The range is documented, its code only as a pattern.",
});
const logStaysOn = refusal({
  ...of,
  id: "modify-backup-policy.log-off",
  parameter: "BackupLog, EnableBackupLog",
  code: "InvalidParameter",
  status: 400,
  message: "Log backup cannot be switched off for this engine.",
  says: "Log backup cannot be switched off for SQL Server; the code is not documented.",
});
behaviour({
  ...of,
  id: "modify-backup-policy.kept",
  says: "What is asked for is shown again by DescribeBackupPolicy and decides when and by which method automatic sets are made; what is not named stays. LogInterval is every 30 minutes.",
  basis: "documented",
});
behaviour({
  ...of,
  id: "modify-backup-policy.log-follows",
  says: "Where sets are kept for a shorter time than logs were, logs are kept for that time too: the alicloud provider names no retention of logs for SQL Server.",
  source: sources.terraform,
});

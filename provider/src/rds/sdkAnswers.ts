import type RdsClient from "@alicloud/rds20140815";
import type {
  BackupPolicy,
  BackupSet,
  DatabaseFacts,
  EncryptionFacts,
  InstanceFacts,
  LogBackup,
  TaskFacts,
} from "./rdsApi";

/** The SDK's answers as plain data. Every field of an answer may be missing; what is missing stays empty or undefined. */
type Body<Action extends keyof RdsClient> = RdsClient[Action] extends (
  ...request: never[]
) => Promise<{ body?: infer Answer }>
  ? NonNullable<Answer>
  : never;

/** The element of a list that may be missing. */
type ElementOf<List> = NonNullable<List> extends readonly (infer Element)[] ? Element : never;

type Attribute = ElementOf<NonNullable<Body<"describeDBInstanceAttribute">["items"]>["DBInstanceAttribute"]>;

export function instanceFacts(instanceId: string, found: Attribute): InstanceFacts {
  return {
    instanceId: found.DBInstanceId ?? instanceId,
    status: found.DBInstanceStatus ?? "",
    engine: found.engine ?? "",
    engineVersion: found.engineVersion ?? "",
    category: found.category ?? "",
    type: found.DBInstanceType ?? "",
    regionId: found.regionId ?? "",
    networkType: found.instanceNetworkType ?? "",
    lockMode: found.lockMode ?? "",
    storageGiB: found.DBInstanceStorage,
    maxDatabases: found.DBMaxQuantity,
    classType: found.DBInstanceClassType,
    payType: found.payType,
    recoveryModel: found.extra?.recoveryModel,
    collation: found.collation,
    timeZone: found.timeZone,
    diskUsedBytes: amount(found.DBInstanceDiskUsed),
  };
}

type Database = ElementOf<NonNullable<Body<"describeDatabases">["databases"]>["database"]>;

export function databaseFacts(found: Database): DatabaseFacts {
  const propertyNames = propertyNamesOf(found);
  return {
    ...(propertyNames.length > 0 ? { propertyNames } : {}),
    name: found.DBName ?? "",
    status: found.DBStatus ?? "",
    description: found.DBDescription ?? "",
    accounts:
      found.accounts && (found.accounts.accountPrivilegeInfo ?? []).map(({ account = "" }) => account),
  };
}

function propertyNamesOf({ basicInfo, advancedInfo, runtimeInfo }: Database): string[] {
  const lists = {
    BasicInfo: basicInfo?.basicDbProperty,
    AdvancedInfo: advancedInfo?.advancedDbProperty,
    RuntimeInfo: runtimeInfo?.runtimeDbProperty,
  };
  return Object.entries(lists).flatMap(([list, maps]) =>
    (maps ?? []).flatMap((map) => Object.keys(map).map((key) => `${list}.${key}`)),
  );
}

export function backupSet(
  found: ElementOf<NonNullable<Body<"describeBackups">["items"]>["backup"]>,
): BackupSet {
  return {
    backupId: found.backupId ?? "",
    status: found.backupStatus ?? "",
    type: found.backupType ?? "",
    mode: found.backupMode,
    method: found?.backupMethod ?? "",
    startTime: found.backupStartTime ?? "",
    endTime: found.backupEndTime ?? "",
    available: found.isAvail !== 0,
    // Only the names: the links beside them are signed and stay here.
    databases: (found.backupDownloadLinkByDB?.backupDownloadLinkByDB ?? []).flatMap(({ dataBase }) =>
      dataBase ? [dataBase] : [],
    ),
    sizeBytes: amount(found.backupSize),
    archived: found.storageClass === "1",
    copyOnly: found.copyOnlyBackup === "1",
  };
}

export function backupPolicy(found: Body<"describeBackupPolicy"> | undefined): BackupPolicy {
  const minutes = amount(found?.backupInterval);
  return { method: found?.backupMethod ?? "", logIntervalMinutes: minutes === 0 ? undefined : minutes };
}

export function logBackup(
  found: ElementOf<NonNullable<Body<"describeLogBackupFiles">["items"]>["binLogFile"]>,
): LogBackup {
  return { begin: found.logBeginTime ?? "", end: found.logEndTime ?? "" };
}

export function encryptionFacts(found: Body<"describeDBInstanceTDE"> | undefined): EncryptionFacts {
  const databases = found?.databases?.database ?? [];
  return {
    enabled: isOn(found?.TDEStatus),
    databases:
      databases.length === 0
        ? undefined
        : databases.flatMap(({ DBName: name, TDEStatus: status }) => (name && isOn(status) ? [name] : [])),
  };
}

export function runningTask(
  found: ElementOf<NonNullable<Body<"describeTasks">["items"]>["taskProgressInfo"]>,
): TaskFacts {
  return {
    action: found.taskAction ?? "",
    database: found.DBName ?? "",
    status: found.status ?? "",
    percent: percent(found.progress),
    detail: "",
  };
}

export function historyTask(found: ElementOf<Body<"describeHistoryTasks">["items"]>): TaskFacts {
  return {
    action: found.taskType ?? "",
    database: "",
    status: found.status ?? "",
    percent: percent(found.progress),
    detail: `${found.actionInfo ?? ""} ${found.taskDetail ?? ""}`,
  };
}

/** `Enabled` today, `Enable` on the page of 2019. */
function isOn(status: string | undefined): boolean {
  return status === "Enabled" || status === "Enable";
}

function percent(value: string | number | undefined): number | undefined {
  const number = amount(value);
  return number !== undefined && number <= 100 ? number : undefined;
}

/** A number of the service, also as text; "-1" and the empty text stand for "none". */
function amount(value: string | number | undefined): number | undefined {
  const number = value === undefined || value === "" ? Number.NaN : Number(value);
  return number >= 0 ? number : undefined;
}

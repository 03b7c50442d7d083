import type { FindingCode } from "../../../provider/src/preflight/finding";
import { source, type Inputs, type WorldParts } from "./stage";

/** One thing that stands against a copy, and what preflight must say about it. */
export interface Obstacle {
  readonly what: string;
  readonly code: FindingCode;
  readonly property: string;
  /** The code that the finding carries. */
  readonly apiCode?: string;
  /** What the simulated cloud answers when the copy is asked for all the same, where that is another code; or "accepted". */
  readonly answer?: string;
  /** A part of the way out. */
  readonly way: RegExp;
  readonly world?: WorldParts;
  readonly inputs?: Inputs;
  /** The same without the obstacle, where that is not simply the sound world. */
  readonly without?: { readonly world?: WorldParts; readonly inputs?: Inputs };
}

const [orders] = source.databases ?? [];
const [newest, older] = source.backups ?? [];
const held = { orders: "", crm: "" };

const instances: readonly Obstacle[] = [
  {
    what: "the target is not found",
    code: "instance-not-found",
    property: "targetDbInstanceId",
    apiCode: "InvalidDBInstanceName.NotFound",
    way: /rm-other was not found in region cn-hangzhou .* where rm-prod is\. Check the id/,
    inputs: { targetDbInstanceId: "rm-other" },
    without: {},
  },
  {
    what: "the source is not found",
    code: "instance-not-found",
    property: "sourceDbInstanceId",
    apiCode: "InvalidDBInstanceName.NotFound",
    way: /both must be in one region and one account/,
    inputs: { sourceDbInstanceId: "rm-other" },
    without: {},
  },
  {
    what: "the source runs another engine",
    code: "engine",
    property: "sourceDbInstanceId",
    apiCode: "EngineNotSupported",
    way: /runs MySQL.*Name an instance that runs it/,
    world: { source: { engine: "MySQL", engineVersion: "8.0", category: "HighAvailability" } },
  },
  {
    what: "the target runs another engine",
    code: "engine",
    property: "targetDbInstanceId",
    apiCode: "TargetInstanceEngineNotSupported",
    way: /runs PostgreSQL.*Name an instance that runs it/,
    world: { target: { engine: "PostgreSQL", engineVersion: "15.0", category: "HighAvailability" } },
  },
  {
    what: "the target is locked by hand",
    code: "instance-locked",
    property: "targetDbInstanceId",
    apiCode: "IncorrectDBInstanceState",
    way: /locked \(ManualLock\).* Unlock it in the console/,
    world: { target: { lockMode: "ManualLock" } },
  },
  {
    what: "the source is locked because it was not paid for",
    code: "instance-locked",
    property: "sourceDbInstanceId",
    apiCode: "MasterDBInstanceState.NotSupport",
    way: /locked \(LockByExpiration\).* Renew it/,
    world: { source: { lockMode: "LockByExpiration" } },
  },
  {
    what: "the target is locked because its disk is full",
    code: "instance-locked",
    property: "targetDbInstanceId",
    apiCode: "IncorrectDBInstanceState",
    way: /Enlarge its disk/,
    world: { target: { lockMode: "LockByDiskQuota" } },
  },
  {
    what: "the target is released",
    code: "instance-released",
    property: "targetDbInstanceId",
    apiCode: "IncorrectDBInstanceState",
    way: /is released\. Name another instance/,
    world: { target: { lockMode: "Released" } },
  },
  {
    what: "the source is being deleted",
    code: "instance-deleting",
    property: "sourceDbInstanceId",
    apiCode: "IncorrectMasterDBInstanceState",
    way: /is being deleted\. Name another instance/,
    world: { source: { status: "Deleting" } },
  },
  {
    what: "the target is busy",
    code: "instance-busy",
    property: "targetDbInstanceId",
    apiCode: "IncorrectDBInstanceState",
    way: /is Restoring now\. The copy waits until it is Running/,
    world: { target: { status: "Restoring" } },
  },
  {
    what: "the source is stopped",
    code: "instance-busy",
    property: "sourceDbInstanceId",
    apiCode: "IncorrectMasterDBInstanceState",
    way: /is Stopped now\. Start it/,
    world: { source: { status: "Stopped" } },
  },
  ...(
    [
      ["Readonly", "ReadDBInstanceNotSupport", "read-only"],
      ["Temp", "InvalidTempInstance.NotSupport", "temporary"],
      ["Guard", "IncorrectDBInstanceType", "disaster recovery"],
    ] as const
  ).map(([type, apiCode, name]): Obstacle => ({
    what: `the target is a ${name} instance`,
    code: "instance-type",
    property: "targetDbInstanceId",
    apiCode,
    way: new RegExp(`is a ${name} instance.*Name its primary instance`),
    world: { target: { type } },
  })),
  {
    what: "the target is serverless",
    code: "serverless",
    property: "targetDbInstanceId",
    apiCode: "IncorrectDBInstanceType",
    way: /Data Transmission Service/,
    world: { target: { engineVersion: "2019_std_sl", payType: "SERVERLESS" } },
  },
];

const pairs: readonly Obstacle[] = [
  {
    what: "the instances are in different regions",
    code: "region-pair",
    property: "targetDbInstanceId",
    apiCode: "InvalidInstancesRegion.Malformed",
    way: /rm-prod is in cn-hangzhou and rm-staging in cn-shanghai.*Name two instances of one region/,
    world: { target: { region: "cn-shanghai" } },
  },
  {
    what: "both instances are in another region than the one that is spoken to",
    code: "region-other",
    property: "sourceDbInstanceId",
    answer: "accepted",
    way: /Set alicloud:region or connection\.region to cn-shanghai/,
    world: { source: { region: "cn-shanghai" }, target: { region: "cn-shanghai" } },
  },
  {
    what: "the networks are of different types",
    code: "network-type",
    property: "targetDbInstanceId",
    apiCode: "IncorrectInstanceNetworkType",
    way: /into a VPC/,
    world: { target: { networkType: "Classic" } },
  },
  {
    what: "the source is of a newer version",
    code: "version-pair",
    property: "targetDbInstanceId",
    apiCode: "InvalidInstanceVersion",
    way: /2019_std_ha, newer than 2016_std_ha on rm-staging.*Upgrade the target/,
    world: { target: { engineVersion: "2016_std_ha" } },
    without: { world: { target: { engineVersion: "2022_std_ha" } } },
  },
  {
    what: "the source is of a newer version, the target of the one with two digits",
    code: "version-pair",
    property: "targetDbInstanceId",
    apiCode: "InvalidInstanceVersion",
    way: /Upgrade the target/,
    world: { source: { engineVersion: "2012_std_ha" }, target: { engineVersion: "08r2_ent_ha" } },
  },
  {
    what: "the target is of a lower edition",
    code: "edition-pair",
    property: "targetDbInstanceId",
    answer: "accepted",
    way: /rm-prod runs the enterprise edition \(2022_ent_ha\) and rm-staging the standard edition \(2022_std_ha\)\. A database that uses/,
    world: { source: { engineVersion: "2022_ent_ha" }, target: { engineVersion: "2022_std_ha" } },
    without: {
      world: { source: { engineVersion: "2022_std_ha" }, target: { engineVersion: "2022_ent_ha" } },
    },
  },
  {
    what: "the instances have different collations",
    code: "collation-pair",
    property: "targetDbInstanceId",
    answer: "accepted",
    way: /of rm-prod is Chinese_PRC_CI_AS and that of rm-staging is SQL_Latin1_General_CP1_CI_AS\. Copied databases keep theirs/,
    world: { target: { collation: "SQL_Latin1_General_CP1_CI_AS" } },
  },
  {
    what: "the instances have different time zones",
    code: "time-zone-pair",
    property: "targetDbInstanceId",
    answer: "accepted",
    way: /of rm-prod is China Standard Time and that of rm-staging is UTC: GETDATE\(\)/,
    world: { target: { timeZone: "UTC" } },
  },
  ...(
    [
      ["Basic", "Share"],
      ["HighAvailability", "Basic"],
      ["HighAvailability", "Share"],
      ["AlwaysOn", "Basic"],
      ["AlwaysOn", "HighAvailability"],
      ["AlwaysOn", "Share"],
      ["Share", "Basic"],
      ["Share", "HighAvailability"],
      ["Share", "AlwaysOn"],
    ] as const
  ).map(([from, to]): Obstacle => ({
    what: `a copy from ${from} to ${to}`,
    code: "category-pair",
    property: "targetDbInstanceId",
    apiCode: `UnsupportedCopyDb${from}To${to}`,
    way: new RegExp(`Name a target of the category ${from}`),
    world: { source: category(from), target: category(to) },
    without: { world: { source: category(from), target: category(from) } },
  })),
  ...(
    [
      ["Basic", "HighAvailability", "BackupRestoreNotSupported.BasicHA"],
      ["HighAvailability", "AlwaysOn", "BackupRestoreNotSupported.HADedicatedAlwaysOn"],
    ] as const
  ).map(([from, to, apiCode]): Obstacle => ({
    what: `a copy from ${from} to ${to}, of which the documents contradict each other`,
    code: "category-pair-unclear",
    property: "targetDbInstanceId",
    apiCode,
    way: /the cloud may refuse it/,
    world: { source: category(from), target: category(to) },
  })),
  {
    what: "a copy from Basic to AlwaysOn, of which no document speaks",
    code: "category-pair-unclear",
    property: "targetDbInstanceId",
    answer: "accepted",
    way: /the cloud may refuse it/,
    world: { source: category("Basic"), target: category("AlwaysOn") },
  },
];

function category(name: "Basic" | "HighAvailability" | "AlwaysOn" | "Share") {
  return name === "Share" ? ({ classType: "s" } as const) : ({ category: name } as const);
}

const databases: readonly Obstacle[] = [
  {
    what: "the target lacks a required tag",
    code: "target-tags-missing",
    property: "requireTargetTags.env",
    answer: "accepted",
    way: /must carry the tag env=staging to be filled, and carries env=production instead/,
    inputs: { requireTargetTags: { env: "staging" } },
    world: { target: { tags: { env: "production" } } },
    without: {
      inputs: { requireTargetTags: { env: "staging" } },
      world: { target: { tags: { Env: "staging" } } },
    },
  },
  {
    what: "the source has no such database",
    code: "source-database-missing",
    property: "dbNames.oders",
    apiCode: "InvalidDBName.NotFound",
    way: /has no database oders, .* Did you mean orders\?/,
    inputs: { dbNames: { oders: "oders" } },
    without: {},
  },
  {
    what: "the source has no such database, nor one of a name like it",
    code: "source-database-missing",
    property: "dbNames.warehouse",
    apiCode: "InvalidDBName.NotFound",
    way: /It has orders and crm\./,
    inputs: { backupId: "b-2", dbNames: { warehouse: "warehouse" } },
    without: { inputs: { backupId: "b-2" } },
  },
  {
    what: "the source spells a database otherwise",
    code: "source-name-case",
    property: "dbNames.ORDERS",
    answer: "accepted",
    way: /Database ORDERS is called orders on rm-prod\. Write it so/,
    inputs: { dbNames: { ORDERS: "orders", crm: "crm_staging" } },
    without: {},
  },
  {
    what: "accounts are to be copied and there are none",
    code: "no-accounts",
    property: "syncUserPrivilege",
    answer: "accepted",
    way: /No account has rights on (orders and crm|crm and orders) of rm-prod, so syncUserPrivilege copies none\. Grant them there/,
    inputs: { syncUserPrivilege: true },
    without: {
      inputs: { syncUserPrivilege: true },
      world: {
        source: {
          dbAccounts: [{ name: "app" }],
          databases: (source.databases ?? []).map((one) => ({ ...one, users: { app: "DBOwner" as const } })),
        },
      },
    },
  },
  {
    what: "a database is in cold storage",
    code: "source-database-cold",
    property: "dbNames.orders",
    apiCode: "InvalidRestoreDB",
    way: /Bring it back from there first/,
    world: { source: { databases: [{ ...orders, name: "orders", status: "Cold" }, { name: "crm" }] } },
  },
  {
    what: "a database is encrypted",
    code: "database-encrypted",
    property: "dbNames.orders",
    apiCode: "CanNotCopyDBHasTDEEnabled",
    way: /Switch it off/,
    world: { source: { databases: [{ ...orders, name: "orders", tde: true }, { name: "crm" }] } },
    without: {
      world: { source: { databases: [...(source.databases ?? []), { name: "vault", tde: true }] } },
    },
  },
  {
    what: "the target takes no more databases",
    code: "database-count",
    property: "dbNames",
    apiCode: "DBCountLimitExceeded",
    way: /at most 3 databases; it has 2, and 2 would be added\. Drop others/,
    world: { target: { maxDatabases: 3, databases: [{ name: "one" }, { name: "two" }] } },
    without: { world: { target: { maxDatabases: 4, databases: [{ name: "one" }, { name: "two" }] } } },
  },
  {
    what: "the target has less room than the backup takes",
    code: "no-space",
    property: "targetDbInstanceId",
    apiCode: "StorageLimitExceeded",
    way: /has 12 GiB of 20 GiB free, and the databases take 15 GiB at least\. Enlarge its disk/,
    world: { target: { storageGiB: 20, logGiB: 8 } },
    without: { world: { target: { storageGiB: 20, logGiB: 4 } } },
  },
  {
    what: "the whole disk of the target is smaller than the backup",
    code: "no-space",
    property: "targetDbInstanceId",
    apiCode: "InvalidRecoveryDbInstance.StorageSize",
    way: /take 15 GiB at least, and the disk of rm-staging has 10 GiB\. Enlarge its disk/,
    world: { target: { storageGiB: 10 } },
  },
  {
    what: "the disk of the target is full",
    code: "no-space",
    property: "targetDbInstanceId",
    apiCode: "StorageLimitExceeded",
    way: /has 0 GiB of 20 GiB free\. Enlarge its disk/,
    world: { target: { storageGiB: 20, logGiB: 20 } },
    inputs: { dbNames: { orders: "orders" } },
    without: { inputs: { dbNames: { orders: "orders" } } },
  },
  {
    what: "a part of the databases is copied, and only all of them would fit for sure",
    code: "space-unclear",
    property: "targetDbInstanceId",
    answer: "accepted",
    way: /rm-staging has 12 GiB free, and rm-prod as a whole uses 15 GiB/,
    world: { target: { storageGiB: 12 } },
    inputs: { dbNames: { orders: "orders" } },
    without: { world: { target: { storageGiB: 16 } }, inputs: { dbNames: { orders: "orders" } } },
  },
];

const backups: readonly Obstacle[] = [
  {
    what: "the backup does not exist",
    code: "backup-missing",
    property: "backupId",
    apiCode: "InvalidBackupSetID",
    way: /has no backup b-9.*leave backupId out for the latest/,
    inputs: { backupId: "b-9" },
    without: { inputs: { backupId: "b-1" } },
  },
  {
    what: "the backup failed",
    code: "backup-failed",
    property: "backupId",
    apiCode: "InvalidBackupSetID",
    way: /failed when it was made\. Choose another one/,
    inputs: { backupId: "b-2" },
    world: { source: { backups: [{ ...backup(newest), status: "Failed" }] } },
    without: { inputs: { backupId: "b-2" } },
  },
  {
    what: "the backup is still being made",
    code: "backup-unfinished",
    property: "backupId",
    apiCode: "InvalidBackupSetID",
    way: /not finished \(Running\)\. Wait until it is/,
    inputs: { backupId: "b-2" },
    world: { source: { backups: [{ ...backup(newest), status: "Running" }] } },
    without: { inputs: { backupId: "b-2" } },
  },
  {
    what: "the backup has expired",
    code: "backup-expired",
    property: "backupId",
    apiCode: "InvalidBackupSetID",
    way: /no longer available \(IsAvail 0\)\. Choose another one/,
    inputs: { backupId: "b-2" },
    world: { source: { backups: [{ ...backup(newest), available: false }] } },
    without: { inputs: { backupId: "b-2" } },
  },
  {
    what: "the backup is in cold storage",
    code: "backup-archived",
    property: "backupId",
    apiCode: "InvalidRestoreTimeSpecified",
    way: /Choose another one/,
    inputs: { backupId: "b-2" },
    world: { source: { backups: [{ ...backup(newest), archived: true }] } },
    without: { inputs: { backupId: "b-2" } },
  },
  {
    what: "the backup is one of a single database",
    code: "backup-lacks-database",
    property: "backupId",
    apiCode: "InvalidBackupSet",
    way: /holds crm, but not orders\. Choose a backup of the whole instance/,
    inputs: { backupId: "b-2" },
    world: { source: { backups: [{ ...backup(newest), databases: { crm: "" } }] } },
    without: {
      inputs: { backupId: "b-2", dbNames: { crm: "crm" } },
      world: { source: { backups: [{ ...backup(newest), databases: { crm: "" } }] } },
    },
  },
  {
    what: "no usable backup holds the databases",
    code: "backup-lacks-database",
    property: "dbNames",
    apiCode: "InvalidBackupSet",
    way: /the newest, b-2, lacks crm\. Make a backup of the whole instance/,
    world: { source: { backups: [{ ...backup(newest), databases: { orders: "" } }] } },
    without: {
      world: { source: { backups: [{ ...backup(newest), databases: { orders: "" } }, backup(older)] } },
    },
  },
  {
    what: "there is no usable backup",
    code: "no-usable-backup",
    property: "sourceDbInstanceId",
    apiCode: "InvalidBackupSetID",
    way: /Make one, or give restoreTime/,
    world: { source: { backups: [{ ...backup(newest), status: "Failed" }] } },
  },
  {
    what: "the latest backup is too old",
    code: "backup-too-old",
    property: "maxBackupAge",
    answer: "accepted",
    way: /b-2 of 2026-11-25T02:30:00Z, is 9h\d\dm old; maxBackupAge allows 6h\. Make a backup/,
    inputs: { maxBackupAge: "6h" },
    without: { inputs: { maxBackupAge: "10h" } },
  },
];

function backup(set: typeof newest) {
  return { id: "", start: "", end: "", ...set };
}

const snapshot = { method: "Snapshot", databases: held } as const;
const afternoon = { restoreTime: "2026-11-25T10:00:00Z" };
const logs = (...spans: readonly (readonly [string, string])[]) => ({
  logs: spans.map(([from, to]) => ({ from: `2026-11-${from}Z`, to: `2026-11-${to}Z` })),
});

const restorePoints: readonly Obstacle[] = [
  {
    what: "a snapshot set goes onto a target without snapshots",
    code: "snapshot-target",
    property: "targetDbInstanceId",
    apiCode: "OperationDenied.SnapshotBackupSet",
    way: /Switch the target's backup policy to snapshots/,
    world: { source: { backups: [{ ...backup(newest), ...snapshot }] } },
    without: {
      world: {
        source: { backups: [{ ...backup(newest), ...snapshot }] },
        target: { backupMethod: "Snapshot" },
      },
    },
  },
  {
    what: "a moment of a source with snapshots goes onto a target without",
    code: "snapshot-target",
    property: "targetDbInstanceId",
    apiCode: "OperationDenied.RestoreTime",
    way: /copy a physical backup/,
    world: { source: { backupMethod: "Snapshot" } },
    inputs: afternoon,
    without: {
      world: { source: { backupMethod: "Snapshot" }, target: { backupMethod: "Snapshot" } },
      inputs: afternoon,
    },
  },
  {
    what: "a part of a snapshot set is wanted, as far as the source tells",
    code: "snapshot-part-unclear",
    property: "dbNames",
    apiCode: "Forbidden.SnapshotRecovery",
    way: /crm would be left out\. Name all databases/,
    world: {
      source: { backups: [{ ...backup(newest), ...snapshot }] },
      target: { backupMethod: "Snapshot" },
    },
    inputs: { dbNames: { orders: "orders" } },
    without: {
      world: {
        source: { backups: [{ ...backup(newest), ...snapshot }] },
        target: { backupMethod: "Snapshot" },
      },
    },
  },
  {
    what: "the recovery model keeps no log",
    code: "recovery-model",
    property: "restoreTime",
    apiCode: "CurrentRecoveryModelNotSupportThisAction",
    way: /switch to the full model/,
    world: { source: { recoveryModel: "Simple" } },
    inputs: afternoon,
    without: { inputs: afternoon },
  },
  {
    what: "the recovery model keeps no log, and is answered in lower case",
    code: "recovery-model",
    property: "restoreTime",
    apiCode: "CurrentRecoveryModelNotSupportThisAction",
    way: /switch to the full model/,
    world: { source: { recoveryModel: "simple" } },
    inputs: afternoon,
    without: { inputs: afternoon, world: { source: { recoveryModel: "full" } } },
  },
  {
    what: "the moment is before the first backup",
    code: "restore-time-too-early",
    property: "restoreTime",
    apiCode: "InvalidParamTableMeta.RestoreTime",
    way: /earliest moment that can be restored is 2026-11-24T02:30:00Z, the end of backup b-1/,
    inputs: { restoreTime: "2026-11-24T01:00:00Z" },
    without: { inputs: { restoreTime: "2026-11-24T02:30:00Z" } },
  },
  {
    what: "a database did not exist at the moment",
    code: "restore-time-lacks-database",
    property: "restoreTime",
    apiCode: "InvalidBackupSet",
    way: /Backup b-1, the last full one of rm-prod before 2026-11-25T01:00:00Z, does not hold database crm.* The first backup that holds it is b-2: name a moment from 2026-11-25T02:30:00Z on/,
    world: { source: { backups: [backup(newest), { ...backup(older), databases: { orders: "" } }] } },
    inputs: { restoreTime: "2026-11-25T01:00:00Z" },
    without: { inputs: { restoreTime: "2026-11-25T01:00:00Z" } },
  },
  {
    what: "only copy-only backups are before the moment",
    code: "restore-time-copy-only",
    property: "restoreTime",
    answer: "accepted",
    way: /The only full backups of rm-prod before 2026-11-25T10:00:00Z are copy-only ones \(b-2 and b-1\)/,
    world: {
      source: {
        backups: [
          { ...backup(newest), copyOnly: true },
          { ...backup(older), copyOnly: true },
        ],
      },
    },
    inputs: afternoon,
    without: {
      inputs: afternoon,
      world: { source: { backups: [{ ...backup(newest), copyOnly: true }, backup(older)] } },
    },
  },
  {
    what: "the moment lies behind a hole in the log",
    code: "restore-time-in-hole",
    property: "restoreTime",
    apiCode: "InvalidParamTableMeta.RestoreTime",
    way: /hole from 2026-11-25T05:00:00Z to 2026-11-25T06:00:00Z.*Name a moment up to 2026-11-25T05:00:00Z/,
    world: { source: logs(["24T02:00:00", "25T05:00:00"], ["25T06:00:00", "25T12:00:00"]) },
    inputs: afternoon,
    without: {
      world: { source: logs(["24T02:00:00", "25T05:00:00"], ["25T06:00:00", "25T12:00:00"]) },
      inputs: { restoreTime: "2026-11-25T04:59:59Z" },
    },
  },
  {
    what: "the log ends long before the moment",
    code: "restore-time-in-hole",
    property: "restoreTime",
    apiCode: "InvalidParamTableMeta.RestoreTime",
    way: /reach to 2026-11-25T08:00:00Z, and 2026-11-25T10:00:00Z is later\. Name a moment up to/,
    world: { source: logs(["24T02:00:00", "25T08:00:00"]) },
    inputs: afternoon,
    without: { world: { source: logs(["24T02:00:00", "25T10:00:00"]) }, inputs: afternoon },
  },
  {
    what: "the log of the moment is not backed up yet",
    code: "restore-time-unclear",
    property: "restoreTime",
    apiCode: "InvalidParamTableMeta.RestoreTime",
    way: /made every 30 minutes: name a moment up to 2026-11-25T11:30:00Z, or wait/,
    world: { source: logs(["24T02:00:00", "25T11:30:00"]) },
    inputs: { restoreTime: "2026-11-25T11:50:00Z" },
    without: {
      world: { source: logs(["24T02:00:00", "25T11:30:00"]) },
      inputs: { restoreTime: "2026-11-25T11:30:00Z" },
    },
  },
];

export const obstacles: readonly Obstacle[] = [
  ...instances,
  ...pairs,
  ...databases,
  ...backups,
  ...restorePoints,
];

import type { WorldInput } from "../../../simulator/src/machine.js";
import { copyWithoutPoint, goodCopy, smallCompany } from "./cloud.js";

const [prod, staging] = smallCompany.instances;

type Patch = Record<string, unknown>;
/** A copy, and what it is refused for. Without `params` it is the good copy in a spoilt world. */
export interface CopyCase {
  readonly why: string;
  readonly code: string;
  readonly status: number;
  readonly params?: Record<string, string>;
  readonly source?: Patch;
  readonly target?: Patch;
  readonly world?: Patch;
}

export const at = (RestoreTime: string) => ({ ...copyWithoutPoint, RestoreTime });
export const names = (DbNames: string) => ({ ...goodCopy, DbNames });
export const snapshots = {
  backupMethod: "Snapshot",
  backups: prod.backups.map((backup) => ({ ...backup, method: "Snapshot" })),
};

export const copyCases: CopyCase[] = [
  {
    why: "no DbNames",
    code: "MissingParameter",
    status: 400,
    params: { DBInstanceId: "rm-prod", TargetDBInstanceId: "rm-staging" },
  },
  {
    why: "unknown source",
    code: "InvalidDBInstanceName.NotFound",
    status: 400,
    params: { ...goodCopy, DBInstanceId: "rm-x" },
  },
  {
    why: "unknown target",
    code: "InvalidDBInstanceName.NotFound",
    status: 400,
    params: { ...goodCopy, TargetDBInstanceId: "rm-x" },
  },
  {
    why: "not found is 404 by switch",
    code: "InvalidDBInstanceName.NotFound",
    status: 404,
    params: { ...goodCopy, DBInstanceId: "rm-x" },
    world: { service: { notFoundStatus: 404 } },
  },
  {
    why: "malformed target",
    code: "InvalidTargetDBInstanceName.Format",
    status: 400,
    params: { ...goodCopy, TargetDBInstanceId: "rm staging" },
  },
  { why: "source engine", code: "EngineNotSupported", status: 400, source: { engine: "MySQL" } },
  {
    why: "target engine",
    code: "TargetInstanceEngineNotSupported",
    status: 400,
    target: { engine: "MySQL" },
  },
  {
    why: "same instance",
    code: "InvalidTargetDBInstanceName.Format",
    status: 400,
    params: { ...goodCopy, TargetDBInstanceId: "rm-prod" },
  },
  {
    why: "other region",
    code: "InvalidInstancesRegion.Malformed",
    status: 400,
    target: { region: "cn-beijing" },
  },
  {
    why: "other network",
    code: "IncorrectInstanceNetworkType",
    status: 400,
    target: { networkType: "Classic" },
  },
  {
    why: "serverless source",
    code: "IncorrectDBInstanceType",
    status: 403,
    source: { engineVersion: "2019_std_sl" },
  },
  {
    why: "serverless target",
    code: "IncorrectDBInstanceType",
    status: 403,
    target: { category: "serverless_ha" },
  },
  { why: "read-only target", code: "ReadDBInstanceNotSupport", status: 400, target: { type: "Readonly" } },
  { why: "temporary source", code: "InvalidTempInstance.NotSupport", status: 403, source: { type: "Temp" } },
  { why: "guard target", code: "IncorrectDBInstanceType", status: 403, target: { type: "Guard" } },
  {
    why: "source not running",
    code: "IncorrectMasterDBInstanceState",
    status: 400,
    source: { status: "Rebooting" },
  },
  {
    why: "source locked",
    code: "MasterDBInstanceState.NotSupport",
    status: 400,
    source: { lockMode: "ManualLock" },
  },
  {
    why: "target not running",
    code: "IncorrectDBInstanceState",
    status: 403,
    target: { status: "Rebooting" },
  },
  {
    why: "target locked",
    code: "IncorrectDBInstanceState",
    status: 403,
    target: { lockMode: "LockByDiskQuota" },
  },
  {
    why: "newer source",
    code: "InvalidInstanceVersion",
    status: 403,
    target: { engineVersion: "2017_std_ha" },
  },
  {
    why: "newer source than 2008",
    code: "InvalidInstanceVersion",
    status: 403,
    target: { engineVersion: "08r2_ent_ha" },
  },
  { why: "empty names", code: "InvalidBackupDBNames.NotFound", status: 400, params: names("") },
  { why: "no names", code: "InvalidBackupDBNames.NotFound", status: 400, params: names("{}") },
  { why: "comma list", code: "InvalidBackupDBNames.Malformed", status: 400, params: names("orders,crm") },
  { why: "array", code: "InvalidBackupDBNames.Malformed", status: 400, params: names('["orders"]') },
  {
    why: "empty target name",
    code: "InvalidRecoveryDBNames.Format",
    status: 400,
    params: names('{"orders":""}'),
  },
  {
    why: "target name no text",
    code: "InvalidRecoveryDBNames.Format",
    status: 400,
    params: names('{"orders":7}'),
  },
  {
    why: "sync value",
    code: "InvalidParameter",
    status: 400,
    params: { ...goodCopy, SyncUserPrivilege: "true" },
  },
  {
    why: "both points",
    code: "ErrorParametersConflict",
    status: 400,
    params: { ...goodCopy, RestoreTime: "2026-03-01T00:00:00Z" },
  },
  { why: "no point", code: "InvalidBackupIdOrRestoreTime.NotFound", status: 400, params: copyWithoutPoint },
  {
    why: "malformed time",
    code: "InvalidBackupIdOrRestoreTime.NotFound",
    status: 400,
    params: at("2026-03-01 00:00"),
  },
  { why: "unknown set", code: "InvalidBackupSetID", status: 400, params: { ...goodCopy, BackupId: "9" } },
  {
    why: "failed set",
    code: "InvalidBackupSetID",
    status: 400,
    source: { backups: [{ ...prod.backups[1], status: "Failed" }] },
  },
  {
    why: "set not available",
    code: "InvalidBackupSetID",
    status: 400,
    source: { backups: [{ ...prod.backups[1], available: false }] },
  },
  {
    why: "archived set",
    code: "InvalidRestoreTimeSpecified",
    status: 400,
    source: { backups: [{ ...prod.backups[1], archived: true }] },
  },
  { why: "database not in set", code: "InvalidBackupSet", status: 400, params: names('{"late":"late1"}') },
  { why: "database nowhere", code: "InvalidDBName.NotFound", status: 400, params: names('{"nope":"nope1"}') },
  {
    why: "simple recovery",
    code: "CurrentRecoveryModelNotSupportThisAction",
    status: 403,
    params: at("2026-03-01T00:00:00Z"),
    source: { recoveryModel: "Simple" },
  },
  {
    why: "before all sets",
    code: "InvalidParamTableMeta.RestoreTime",
    status: 403,
    params: at("2026-02-27T18:39:59Z"),
  },
  {
    why: "after the log",
    code: "InvalidParamTableMeta.RestoreTime",
    status: 403,
    params: at("2026-03-01T01:30:01Z"),
  },
  {
    why: "in the future",
    code: "InvalidParamTableMeta.RestoreTime",
    status: 403,
    params: at("2026-03-01T02:00:01Z"),
    source: { logs: [{ from: "2026-02-27T18:00:00Z", to: "2026-03-05T00:00:00Z" }] },
  },
  {
    why: "hole in the log",
    code: "InvalidParamTableMeta.RestoreTime",
    status: 403,
    params: at("2026-03-01T01:00:00Z"),
    source: {
      logs: [
        { from: "2026-02-27T18:00:00Z", to: "2026-02-28T20:00:00Z" },
        { from: "2026-02-28T20:30:00Z", to: "2026-03-01T01:30:00Z" },
      ],
    },
  },
  {
    why: "only an incremental and a failed set before",
    code: "InvalidParamTableMeta.RestoreTime",
    status: 403,
    params: at("2026-03-01T00:00:00Z"),
    source: {
      backups: [
        { ...prod.backups[0], type: "IncrementalBackup" },
        { ...prod.backups[1], status: "Failed" },
      ],
    },
  },
  {
    why: "archived set before the moment",
    code: "InvalidRestoreTimeSpecified",
    status: 400,
    params: at("2026-03-01T00:00:00Z"),
    source: { backups: [{ ...prod.backups[1], archived: true }] },
  },
  {
    why: "snapshot source, time",
    code: "OperationDenied.RestoreTime",
    status: 400,
    params: at("2026-03-01T00:00:00Z"),
    source: { backupMethod: "Snapshot" },
  },
  {
    why: "snapshot set, other target",
    code: "OperationDenied.SnapshotBackupSet",
    status: 400,
    source: snapshots,
  },
  {
    why: "part of a snapshot",
    code: "Forbidden.SnapshotRecovery",
    status: 403,
    source: snapshots,
    target: { backupMethod: "Snapshot" },
  },
  {
    why: "cold database",
    code: "InvalidRestoreDB",
    status: 400,
    source: { databases: [{ ...prod.databases[0], status: "Cold" }] },
  },
  {
    why: "encrypted database",
    code: "CanNotCopyDBHasTDEEnabled",
    status: 400,
    source: { databases: [{ ...prod.databases[0], tde: true }] },
  },
  { why: "capitals", code: "InvalidDBName.Format", status: 400, params: names('{"orders":"Orders"}') },
  { why: "one character", code: "InvalidDBName.Format", status: 400, params: names('{"orders":"o"}') },
  {
    why: "65 characters",
    code: "InvalidDBName.Format",
    status: 400,
    params: names(`{"orders":"${"o".repeat(65)}"}`),
  },
  {
    why: "ends with a dash",
    code: "InvalidDBName.Format",
    status: 400,
    params: names('{"orders":"orders-"}'),
  },
  { why: "system database", code: "InvalidDBName.Format", status: 400, params: names('{"orders":"master"}') },
  { why: "T-SQL word", code: "InvalidDBName.Format", status: 400, params: names('{"orders":"table"}') },
  {
    why: "name taken, whatever its case",
    code: "InvalidDBName.Duplicate",
    status: 400,
    target: { databases: [{ name: "ORDERS" }] },
  },
  {
    why: "one name twice",
    code: "InvalidDBName.Duplicate",
    status: 400,
    params: names('{"orders":"same","crm":"same"}'),
  },
  {
    why: "too many databases",
    code: "DBCountLimitExceeded",
    status: 400,
    target: { maxDatabases: 1, databases: [{ name: "other" }] },
  },
  {
    why: "disk too small",
    code: "InvalidRecoveryDbInstance.StorageSize",
    status: 400,
    target: { storageGiB: 39 },
  },
  { why: "no space", code: "StorageLimitExceeded", status: 403, target: { storageGiB: 40 } },
  {
    why: "released, by switch",
    code: "OperationDenied.DBInstanceStatus",
    status: 403,
    source: { lockMode: "Released" },
    world: { service: { releasedInstances: "refused" } },
  },
  {
    why: "denied by RAM",
    code: "Forbidden.RAM",
    status: 403,
    world: { accounts: [{ deny: ["rds:Copy*"] }] },
  },
];

export function worldOf(one: Omit<CopyCase, "code" | "status" | "why">): WorldInput {
  const instances = [
    { ...prod, ...one.source },
    { ...staging, ...one.target },
  ];
  const isReadOnly = (instance: object) => "type" in instance && instance.type === "Readonly";
  return {
    ...smallCompany,
    ...one.world,
    instances: [
      ...instances.map((instance) =>
        isReadOnly(instance) ? { ...instance, masterId: "rm-primary" } : instance,
      ),
      ...(instances.some(isReadOnly) ? [{ id: "rm-primary" }] : []),
    ],
  };
}

/** What a class family or category makes of an instance, for the sixteen pairs. */
export const kinds = {
  Basic: { category: "Basic" },
  HighAvailability: { category: "HighAvailability" },
  AlwaysOn: { category: "AlwaysOn" },
  Share: { category: "HighAvailability", classType: "s" },
};

const refusedPairs: Record<string, [code: string, status: number]> = {
  "Basic to HighAvailability": ["BackupRestoreNotSupported.BasicHA", 400],
  "Basic to Share": ["UnsupportedCopyDbBasicToShare", 403],
  "HighAvailability to Basic": ["UnsupportedCopyDbHighAvailabilityToBasic", 403],
  "HighAvailability to AlwaysOn": ["BackupRestoreNotSupported.HADedicatedAlwaysOn", 400],
  "HighAvailability to Share": ["UnsupportedCopyDbHighAvailabilityToShare", 403],
  "AlwaysOn to Basic": ["UnsupportedCopyDbAlwaysOnToBasic", 403],
  "AlwaysOn to HighAvailability": ["UnsupportedCopyDbAlwaysOnToHighAvailability", 403],
  "AlwaysOn to Share": ["UnsupportedCopyDbAlwaysOnToShare", 403],
  "Share to Basic": ["UnsupportedCopyDbShareToBasic", 403],
  "Share to HighAvailability": ["UnsupportedCopyDbShareToHighAvailability", 403],
  "Share to AlwaysOn": ["UnsupportedCopyDbShareToAlwaysOn", 403],
};

const pairs = Object.entries(kinds).flatMap(([from, source]) =>
  Object.entries(kinds).map(([to, target]) => ({ why: `${from} to ${to}`, source, target })),
);
export const allowedPairs = pairs.filter(({ why }) => refusedPairs[why] === undefined);
for (const pair of pairs) {
  const [code, status] = refusedPairs[pair.why] ?? [];
  if (code !== undefined && status !== undefined) copyCases.push({ ...pair, code, status });
}

import { goodCopy, smallCompany } from "./cloud.js";
import { names, type CopyCase } from "./copyCases.js";

const [prod] = smallCompany.instances;
const copyInProgress = {
  kind: "copy",
  id: "t-1",
  requestId: "R-1",
  accountId: "1000000000000001",
  started: "2026-03-01T02:00:00Z",
  seconds: 60,
  looks: 0,
  sourceId: "rm-prod",
  instanceId: "rm-staging",
  databases: [],
};

/** What a copy is refused for where the page names a code and little more: parameters beside its own, the back end. */
export const copyRareCases: CopyCase[] = [
  {
    why: "region that is none",
    code: "InvalidRegion.NotFound",
    status: 404,
    params: { ...goodCopy, RegionId: "Hangzhou" },
  },
  {
    why: "owner of two names",
    code: "InvalidOwner",
    status: 400,
    params: { ...goodCopy, OwnerId: "1000000000000001", OwnerAccount: "someone" },
  },
  {
    why: "resource owner of two names",
    code: "InvalidOwner",
    status: 400,
    params: { ...goodCopy, ResourceOwnerId: "1", ResourceOwnerAccount: "2" },
  },
  {
    why: "another owner's id",
    code: "InvalidOwnerId",
    status: 400,
    params: { ...goodCopy, OwnerId: "1000000000000002" },
  },
  {
    why: "another owner's account",
    code: "InvalidOwnerAccount",
    status: 400,
    params: { ...goodCopy, ResourceOwnerAccount: "someone" },
  },
  {
    why: "malformed start",
    code: "InvalidStartTime.Format",
    status: 400,
    params: { ...goodCopy, StartTime: "yesterday" },
  },
  {
    why: "malformed end",
    code: "InvalidEndTime.Format",
    status: 400,
    params: { ...goodCopy, EndTime: "2026-02-28" },
  },
  {
    why: "end at the start",
    code: "InvalidParameterCombination",
    status: 400,
    params: { ...goodCopy, StartTime: "2026-02-28T18:00Z", EndTime: "2026-02-28T18:00Z" },
  },
  {
    why: "backup elsewhere than OSS",
    code: "InvalidBackupSetLocation.Format",
    status: 400,
    params: { ...goodCopy, BackupLocation: "disk" },
  },
  {
    why: "not found with the third code, by switch",
    code: "InvalidDBInstance.NotFound",
    status: 404,
    params: { ...goodCopy, TargetDBInstanceId: "rm-x" },
    world: {
      service: {
        notFoundStatus: 404,
        notFoundCodes: { CopyDatabaseBetweenInstances: "InvalidDBInstance.NotFound" },
      },
    },
  },
  {
    why: "abroad",
    code: "InvalidCrossRegionTrans",
    status: 400,
    target: { region: "ap-southeast-1" },
  },
  {
    why: "Hong Kong",
    code: "InvalidCrossRegionTrans",
    status: 400,
    source: { region: "cn-hongkong" },
  },
  { why: "read-only source", code: "ReadOnlyInstanceNotSupport", status: 400, source: { type: "Readonly" } },
  {
    why: "shared to dedicated",
    code: "BackupRestoreNotSupported.ShareDedicatedAlwaysOn",
    status: 400,
    source: { classType: "s" },
    target: { classType: "d" },
  },
  {
    why: "shared to a whole host",
    code: "BackupRestoreNotSupported.ShareDedicatedAlwaysOn",
    status: 400,
    source: { classType: "s" },
    target: { classType: "h" },
  },
  {
    why: "dedicated to shared",
    code: "InvalidShareDbInstanceClassNotSupport",
    status: 400,
    source: { classType: "d" },
    target: { classType: "s" },
  },
  {
    why: "whole host to shared",
    code: "InvalidShareDbInstanceClassNotSupport",
    status: 400,
    source: { classType: "h" },
    target: { classType: "s" },
  },
  {
    why: "no version of SQL Server at the source",
    code: "InvalidEngineVersion.Malformed",
    status: 400,
    source: { engineVersion: "8.0", category: "HighAvailability" },
  },
  {
    why: "no version of SQL Server at the target",
    code: "InvalidEngineVersion.Malformed",
    status: 400,
    target: { engineVersion: "latest", category: "HighAvailability" },
  },
  { why: "source without a name", code: "InvalidParam", status: 404, params: names('{"":"orders"}') },
  {
    why: "no capacity",
    code: "InsufficientResourceCapacity",
    status: 404,
    world: { copy: { atMost: 1 }, operations: [copyInProgress] },
  },
  {
    why: "operation on a database fails",
    code: "SqlExecuteFailedOrTimeout",
    status: 400,
    world: { copy: { refuseDatabases: { orders: "" } } },
  },
  {
    why: "operation on a database fails with a code of the back end",
    code: "DatabaseInUse",
    status: 400,
    world: { copy: { refuseDatabases: { orders: "DatabaseInUse" } } },
  },
  {
    why: "login is not made in time",
    code: "NetworkOrSqlTimeoutError",
    status: 408,
    params: { ...goodCopy, SyncUserPrivilege: "YES" },
    world: { copy: { slowLogins: ["app"] } },
  },
];

/** Every year of SQL Server that can be had, by an engine version of one high-availability instance. */
const versions = [
  "08r2_ent_ha",
  "2008r2",
  "2012_std_ha",
  "2014_std_ha",
  "2016_std_ha",
  "2017_std_ha",
  "2019_std_ha",
  "2022_std_ha",
];
const yearOf = (version: string) => (version.startsWith("08") ? 2008 : Number(version.slice(0, 4)));

const versionPairs = versions.flatMap((from) =>
  versions.map((to) => ({
    why: `${from} to ${to}`,
    newer: yearOf(from) - yearOf(to),
    source: { engineVersion: from, category: "HighAvailability" },
    target: { engineVersion: to, category: "HighAvailability" },
  })),
);
export const allowedVersionPairs = versionPairs.filter(({ newer }) => newer <= 0);
for (const { newer, ...pair } of versionPairs) {
  if (newer > 0) copyRareCases.push({ ...pair, code: "InvalidInstanceVersion", status: 403 });
}

/** The same pairs under the 2019 page: 2012 and 2016, each to itself. */
export const copyCases2019: CopyCase[] = versionPairs
  .map(({ newer, ...pair }) => ({ ...pair, newer, world: { service: { apiPage: "2019" } } }))
  .flatMap(({ newer, ...pair }) => {
    const params = { DBInstanceId: "rm-prod", TargetDBInstanceId: "rm-staging", DbNames: "orders" };
    const served = [pair.source, pair.target].every(({ engineVersion }) =>
      [2012, 2016].includes(yearOf(engineVersion)),
    );
    const why = `2019: ${pair.why}`;
    if (!served) return [{ ...pair, why, params, code: "InvalidEngineVersion.Malformed", status: 400 }];
    return newer === 0 ? [] : [{ ...pair, why, params, code: "InvalidInstanceVersion", status: 403 }];
  });

const both2016 = { source: { engineVersion: "2016_std_ha" }, target: { engineVersion: "2016_std_ha" } };
/** A copy of today's data by the 2019 page. */
export const copy2019 = { DBInstanceId: "rm-prod", TargetDBInstanceId: "rm-staging", DbNames: "orders,crm" };
const world2019 = { service: { apiPage: "2019" } };

copyCases2019.push(
  {
    ...both2016,
    why: "2019: name taken",
    code: "InvalidDBName.Duplicate",
    status: 400,
    world: world2019,
    params: copy2019,
    target: { ...both2016.target, databases: [{ name: "crm" }] },
  },
  {
    ...both2016,
    why: "2019: a JSON map that is cut off",
    code: "InvalidBackupDBNames.Malformed",
    status: 400,
    world: world2019,
    params: { ...copy2019, DbNames: '{"orders":"orders"' },
  },
  {
    ...both2016,
    why: "2019: a JSON map with a new name that is not allowed",
    code: "InvalidDBName.Format",
    status: 400,
    world: world2019,
    params: { ...copy2019, DbNames: '{"orders":"Orders Of 2019"}' },
  },
  {
    ...both2016,
    why: "2019: empty entry",
    code: "InvalidParam",
    status: 404,
    world: world2019,
    params: { ...copy2019, DbNames: "orders,,crm" },
  },
  {
    ...both2016,
    why: "2019: database only in a backup, copy of now",
    code: "InvalidDBName.NotFound",
    status: 400,
    world: world2019,
    params: { ...copy2019, DbNames: "gone" },
  },
  {
    ...both2016,
    why: "2019: both points",
    code: "ErrorParametersConflict",
    status: 400,
    world: world2019,
    params: { ...copy2019, BackupId: "102", RestoreTime: "2026-03-01T00:00:00Z" },
  },
  {
    ...both2016,
    why: "2019: encrypted",
    code: "CanNotCopyDBHasTDEEnabled",
    status: 400,
    world: world2019,
    params: { ...copy2019, DbNames: "orders" },
    source: { ...both2016.source, databases: [{ ...prod.databases[0], tde: true }] },
  },
  ...[39, 40].map((storageGiB) => ({
    ...both2016,
    why: `2019: ${storageGiB} GiB for 40`,
    code: "StorageLimitExceeded",
    status: 403,
    world: world2019,
    params: { ...copy2019, DbNames: "orders" },
    target: { ...both2016.target, storageGiB },
  })),
);

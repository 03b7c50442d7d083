import type { WorldInput } from "../../../simulator/src/machine.js";
import { smallCompany } from "./cloud.js";
import type { OtherCase } from "./otherCases.js";

const [prod, staging] = smallCompany.instances;
const prodWith = (patch: object): WorldInput => ({
  ...smallCompany,
  instances: [{ ...prod, ...patch }, staging],
});
const id = { DBInstanceId: "rm-prod" };
const account = { ...id, AccountName: "app" };
const password = "Example-1-password";
const newAccount = { ...id, AccountName: "reader", AccountPassword: password };
const newDatabase = { ...id, DBName: "fresh" };
const grant = { ...account, DBName: "orders", AccountPrivilege: "ReadOnly" };
const making = (status: string) => prodWith({ dbAccounts: [{ name: "app", status }] });
const newInstance = {
  RegionId: "cn-hangzhou",
  Engine: "SQLServer",
  EngineVersion: "2019_std_ha",
  DBInstanceClass: "mssql.x4.medium.s2",
  DBInstanceStorage: "100",
  DBInstanceNetType: "Intranet",
  SecurityIPList: "10.0.0.0/8",
  PayType: "Postpaid",
};
const vSwitches = { ...smallCompany, vSwitches: [{ id: "vsw-known" }] };
const backupOf = (patch: object) =>
  prodWith({ backups: [{ id: "1", start: "2026-03-01T01:00:00Z", end: "2026-03-01T01:10:00Z", ...patch }] });

const one = (
  rule: string,
  action: string,
  params: Record<string, string>,
  code: string,
  status = 400,
  world?: WorldInput,
): OtherCase => ({ rule, action, params, code, status, ...(world === undefined ? {} : { world }) });

const serverless = { ...smallCompany, instances: [{ id: "rm-prod", engineVersion: "2019_std_sl" }] };
const capacity = (text: string) => ({ ...id, Direction: "Serverless", ServerlessConfiguration: text });

/** Instances, databases, accounts and backups that are made, changed and deleted. */
export const lifeCases: OtherCase[] = [
  one(
    "all.not-for-sql-server",
    "DescribeLocalAvailableRecoveryTime",
    id,
    "InvalidDBInstanceEngineType.Format",
  ),
  one("all.not-for-sql-server", "DescribeMetaList", id, "InvalidDBInstanceEngineType.Format"),
  one(
    "all.not-for-sql-server",
    "DescribeBinlogFiles",
    { ...id, StartTime: "2026-02-27T00:00:00Z", EndTime: "2026-03-02T00:00:00Z" },
    "InvalidDBInstanceEngineType.Format",
  ),
  one("backup-database.phased-out", "DescribeBackupDatabase", id, "Api.NotSupport"),
  one(
    "vswitch.not-found",
    "DescribeVSwitchAttributes",
    { VSwitchId: "vsw-other" },
    "InvalidVswitchID.NotFound",
    404,
    vSwitches,
  ),

  one(
    "all.unsupported-parameter",
    "CreateDBInstance",
    { ...newInstance, Amount: "2" },
    "SimulatorUnsupportedParameter",
  ),
  one(
    "all.unsupported-parameter",
    "CreateDBInstance",
    { ...newInstance, UsedTime: "2" },
    "SimulatorUnsupportedParameter",
  ),
  ...[{ Period: "Month" }, { UsedTime: "1" }, {}].map((params) =>
    one(
      "create-instance.period",
      "CreateDBInstance",
      { ...newInstance, ...params, PayType: "Prepaid" },
      "MissingParameter",
    ),
  ),
  ...["{}", "2", "no JSON", '{"MinCapacity":1,"MaxCapacity":4}', '{"MinCapacity":4,"MaxCapacity":3}'].map(
    (text) =>
      one(
        "create-instance.capacity",
        "ModifyDBInstanceSpec",
        capacity(text),
        "InvalidParameter",
        400,
        serverless,
      ),
  ),
  one(
    "create-instance.contradiction",
    "CreateDBInstance",
    { ...newInstance, PayType: "Serverless", Category: "Basic" },
    "InvalidParameterCombination",
  ),
  ...["shop", "1shop", "shop_prod", "s".repeat(41)].map((ConnectionString) =>
    one(
      "connection.prefix",
      "CreateDBInstance",
      { ...newInstance, ConnectionString },
      "InvalidConnectionStringPrefix.Malformed",
    ),
  ),
  one(
    "connection.prefix-taken",
    "CreateDBInstance",
    { ...newInstance, ConnectionString: "RM-PROD" },
    "OtherEndpoint.Exist",
  ),
  ...["999", "6000", "port"].map((Port) =>
    one("connection.port", "CreateDBInstance", { ...newInstance, Port }, "InvalidPort.Malformed"),
  ),
  one(
    "change-instance.upgrade",
    "ModifyDBInstanceSpec",
    { ...id, EngineVersion: "2022_std_ha" },
    "InvalidParameterCombination",
  ),

  one("create-database.name-format", "CreateDatabase", { ...id, DBName: "Fresh" }, "InvalidDBName.Format"),
  one(
    "create-database.name-reserved",
    "CreateDatabase",
    { ...id, DBName: "master" },
    "InvalidParameter.Keyword",
  ),
  one("create-database.name-taken", "CreateDatabase", { ...id, DBName: "orders" }, "InvalidDBName.Duplicate"),
  one(
    "create-database.description",
    "CreateDatabase",
    { ...newDatabase, DBDescription: "1" },
    "InvalidDBDescription.Format",
  ),
  one(
    "all.parameter-value",
    "CreateDatabase",
    { ...newDatabase, CharacterSetName: "a b" },
    "InvalidParameter",
  ),
  one(
    "create-database.count",
    "CreateDatabase",
    newDatabase,
    "QuotaExceeded.DBName",
    400,
    prodWith({ maxDatabases: 3 }),
  ),
  one(
    "database.instance-status",
    "CreateDatabase",
    newDatabase,
    "OperationDenied.DBInstanceStatus",
    403,
    prodWith({ status: "Creating" }),
  ),

  one(
    "create-account.name-format",
    "CreateAccount",
    { ...newAccount, AccountName: "Reader" },
    "InvalidAccountName.Malformed",
  ),
  one(
    "create-account.name-reserved",
    "CreateAccount",
    { ...newAccount, AccountName: "sa" },
    "InvalidAccountName.Forbid",
  ),
  one(
    "create-account.name-taken",
    "CreateAccount",
    { ...account, AccountPassword: password },
    "InvalidAccountName.Duplicate",
  ),
  one(
    "create-account.type",
    "CreateAccount",
    { ...newAccount, AccountType: "Root" },
    "InvalidAccountType.Format",
  ),
  one(
    "create-account.sysadmin",
    "CreateAccount",
    { ...newAccount, AccountType: "Sysadmin" },
    "InvalidEngineVersion.NotSupported",
    400,
    prodWith({ engineVersion: "2019_web" }),
  ),
  one(
    "create-account.count",
    "CreateAccount",
    newAccount,
    "QuotaExceeded.AccountName",
    403,
    prodWith({ dbAccounts: Array.from({ length: 498 }, (_, index) => ({ name: `user_${index}` })) }),
  ),
  ...["Short1!", "alllowercase", "NoSpecials and 1", "x".repeat(33)].map((AccountPassword) =>
    one(
      "account.password",
      "CreateAccount",
      { ...newAccount, AccountPassword },
      "InvalidAccountPassword.Format",
    ),
  ),
  one(
    "account.password",
    "ResetAccountPassword",
    { ...account, AccountPassword: "weak" },
    "InvalidAccountPassword.Format",
  ),
  one(
    "account.description",
    "CreateAccount",
    { ...newAccount, AccountDescription: "1" },
    "InvalidAccountDescription.Format",
  ),
  one(
    "account.description",
    "ModifyAccountDescription",
    { ...account, AccountDescription: "https://example" },
    "InvalidAccountDescription.Format",
  ),
  one("account.not-found", "DeleteAccount", { ...id, AccountName: "nobody" }, "InvalidAccountName.NotFound"),
  one(
    "account.not-found",
    "DeleteAccount",
    { ...id, AccountName: "nobody" },
    "InvalidAccountName.NotFound",
    404,
    {
      ...smallCompany,
      service: { notFoundStatus: 404 },
    },
  ),
  one(
    "account.status",
    "GrantAccountPrivilege",
    grant,
    "OperationDenied.AccountStatus",
    403,
    making("Unavailable"),
  ),
  one("account.status", "DeleteAccount", account, "OperationDenied.AccountStatus", 403, making("Lock")),
  one(
    "grant.privilege",
    "GrantAccountPrivilege",
    { ...grant, AccountPrivilege: "Everything" },
    "InvalidAccountPrivilege.Malformed",
  ),
  one(
    "grant.database-status",
    "GrantAccountPrivilege",
    grant,
    "OperationDenied.DBStatus",
    403,
    prodWith({ dbAccounts: [{ name: "app" }], databases: [{ name: "orders", status: "Creating" }] }),
  ),
  one("database.not-found", "GrantAccountPrivilege", { ...grant, DBName: "nope" }, "InvalidDBName.NotFound"),

  one("create-backup.method", "CreateBackup", { ...id, BackupMethod: "Magic" }, "InvalidBackupMethod.Format"),
  one("all.parameter-value", "CreateBackup", { ...id, BackupType: "Half" }, "InvalidParameter"),
  one("all.parameter-value", "CreateBackup", { ...id, BackupRetentionPeriod: "6" }, "InvalidParameter"),
  one(
    "database.not-found",
    "CreateBackup",
    { ...id, BackupStrategy: "db", DBName: "nope" },
    "InvalidDBName.NotFound",
  ),
  one("create-backup.job-exists", "CreateBackup", id, "BackupJobExists", 400, {
    ...backupOf({ status: "Running", jobId: "7" }),
    operations: [
      {
        kind: "backup",
        id: "t-1",
        requestId: "r",
        accountId: "1000000000000001",
        started: "2026-03-01T02:00:00Z",
        seconds: 60,
        looks: 0,
        instanceId: "rm-prod",
        backupId: "1",
        databases: [],
      },
    ],
  }),
  one(
    "create-backup.times",
    "CreateBackup",
    id,
    "BackupTimesExceeded",
    400,
    prodWith({
      backups: Array.from({ length: 20 }, (_, index) => ({
        id: `${index}`,
        jobId: `${index}`,
        start: "2026-02-28T03:00:00Z",
        end: "2026-02-28T03:01:00Z",
      })),
    }),
  ),
  one("delete-backup.not-found", "DeleteBackup", { ...id, BackupId: "9" }, "InvalidBackupId.NotFound", 404),
  one(
    "delete-backup.not-found",
    "DeleteBackup",
    { ...id, BackupId: "rm-other:101" },
    "InvalidBackupId.NotFound",
    404,
  ),
  one("delete-backup.kept", "DeleteBackup", { ...id, BackupId: "101" }, "OperationDenied.BackupStatus", 403),
  one(
    "delete-backup.kept",
    "DeleteBackup",
    { ...id, BackupId: "1" },
    "OperationDenied.BackupStatus",
    403,
    backupOf({ mode: "Manual", status: "Running" }),
  ),
  one("all.parameter-value", "DescribeBackupTasks", { ...id, BackupJobId: "one" }, "InvalidParameter"),
  one("all.parameter-value", "DescribeAccounts", { ...id, PageSize: "0" }, "InvalidParameter"),
  one(
    "all.instance-not-found-by-id",
    "DescribeAccounts",
    { DBInstanceId: "rm-x" },
    "InvalidDBInstanceId.NotFound",
  ),

  one(
    "create-instance.version",
    "CreateDBInstance",
    { ...newInstance, EngineVersion: "2005" },
    "InvalidEngineVersion.Malformed",
  ),
  ...["19", "101", "32005", "many"].map((DBInstanceStorage) =>
    one(
      "create-instance.storage",
      "CreateDBInstance",
      { ...newInstance, DBInstanceStorage },
      "InvalidDBInstanceStorage.Malformed",
    ),
  ),
  one("all.parameter-value", "CreateDBInstance", { ...newInstance, Engine: "Oracle" }, "InvalidParameter"),
  one(
    "all.parameter-value",
    "CreateDBInstance",
    { ...newInstance, DBInstanceClass: "big" },
    "InvalidParameter",
  ),
  one("all.parameter-value", "CreateDBInstance", { ...newInstance, Category: "Luxury" }, "InvalidParameter"),
  one(
    "create-instance.vswitch",
    "CreateDBInstance",
    { ...newInstance, VSwitchId: "vsw-other" },
    "InvalidVSwitchId.NotFound",
    400,
    vSwitches,
  ),
  ...["10.0.0.0/33", "everywhere", "10.0.0.1,", ""].map((SecurityIPList) =>
    one(
      "ip-list.format",
      "CreateDBInstance",
      { ...newInstance, SecurityIPList },
      "InvalidSecurityIPListLength.Malformed",
    ),
  ),
  one(
    "ip-list.repeated",
    "ModifySecurityIps",
    { ...id, SecurityIps: "10.0.0.1,10.0.0.1" },
    "InvalidSecurityIPList.Duplicate",
  ),
  one(
    "all.parameter-value",
    "ModifySecurityIps",
    { ...id, SecurityIps: "10.0.0.1", ModifyMode: "Mix" },
    "InvalidParameter",
  ),
  one(
    "delete-instance.protected",
    "DeleteDBInstance",
    id,
    "OperationDenied.DeletionProtection",
    403,
    prodWith({ deletionProtection: true }),
  ),
  one(
    "database.instance-status",
    "DeleteDBInstance",
    id,
    "OperationDenied.DBInstanceStatus",
    403,
    prodWith({ status: "Deleting" }),
  ),
  one(
    "change-instance.smaller",
    "ModifyDBInstanceSpec",
    { ...id, DBInstanceStorage: "100" },
    "OperationDenied.DBInstanceStorageReduce",
    403,
  ),
  one(
    "change-instance.nothing",
    "ModifyDBInstanceSpec",
    { ...id, DBInstanceStorage: "500" },
    "MissingParameter",
  ),
  one("all.parameter-value", "ModifyDBInstanceSpec", { ...id, DBInstanceStorage: "501" }, "InvalidParameter"),
  one("all.parameter-value", "ModifyDBInstanceSpec", { ...id, EngineVersion: "2005" }, "InvalidParameter"),
  one(
    "all.parameter-value",
    "ModifyDBInstanceConfig",
    { ...id, ConfigName: "x", ConfigValue: "Full" },
    "InvalidParameter",
  ),
  one(
    "all.parameter-value",
    "ModifyDBInstanceMaintainTime",
    { ...id, MaintainTime: "24:00Z-25:00Z" },
    "InvalidParameter",
  ),
  one("all.parameter-value", "ModifyDBInstanceMonitor", { ...id, Period: "7" }, "InvalidParameter"),
  one("all.parameter-value", "ModifyResourceGroup", { ...id, ResourceGroupId: "mine" }, "InvalidParameter"),
];

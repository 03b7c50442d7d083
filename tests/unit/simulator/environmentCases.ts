import type { WorldInput } from "../../../simulator/src/machine.js";
import { smallCompany } from "./cloud.js";
import type { OtherCase } from "./otherCases.js";

const id = { DBInstanceId: "rm-prod" };

const one = (
  rule: string,
  action: string,
  params: Record<string, string>,
  code: string,
  status = 400,
  world?: WorldInput,
): OtherCase => ({ rule, action, params, code, status, ...(world === undefined ? {} : { world }) });

const policy = {
  ...id,
  ...{
    PreferredBackupPeriod: "Monday,Friday",
    PreferredBackupTime: "02:00Z-03:00Z",
    BackupRetentionPeriod: "14",
  },
};
const policyWith = (rule: string, params: Record<string, string>, code: string) =>
  one(`modify-backup-policy.${rule}`, "ModifyBackupPolicy", { ...policy, ...params }, code);
const diskless = { ...smallCompany, instances: [{ id: "rm-prod", storageType: "local_ssd" }] };

const connection = { ...id, ConnectionStringPrefix: "shop-public", Port: "3306" };
const address = { CurrentConnectionString: "rm-prod.sqlserver.rds.aliyuncs.com" };
const [prod, staging] = smallCompany.instances;
const withPublic = {
  ...smallCompany,
  instances: [{ ...prod, publicConnection: { prefix: "shop-public" } }, staging],
};

const clone = { ...id, BackupId: "102", PayType: "Postpaid" };
const readOnly = {
  ...{ ...id, RegionId: "cn-hangzhou", EngineVersion: "2019_ent", PayType: "Postpaid" },
  ...{ DBInstanceClass: "mssql.x4.medium.s2", DBInstanceStorage: "500" },
};
const clusterWith = (patch: object) => ({
  ...smallCompany,
  instances: [{ ...prod, engineVersion: "2019_ent", ...patch }, staging],
});

const vSwitch = {
  RegionId: "cn-hangzhou",
  VpcId: "vpc-1",
  ZoneId: "cn-hangzhou-h",
  CidrBlock: "10.8.1.0/24",
};
const network = {
  instances: [{ id: "rm-prod", vpcId: "vpc-1", vSwitchId: "vsw-1,vsw-2" }],
  vpcs: [{ id: "vpc-1", cidrBlock: "10.8.0.0/16" }],
  vSwitches: [{ id: "vsw-1", vpcId: "vpc-1", cidrBlock: "10.8.0.0/20" }],
};

/** What a whole environment declares around a copy, and is refused. */
export const environmentCases: OtherCase[] = [
  ...["PreferredBackupPeriod", "PreferredBackupTime", "BackupRetentionPeriod"].map((name) =>
    policyWith("incomplete", { [name]: "" }, "MissingParameter"),
  ),
  ...["Monday", "Monday,Monday", "Monday,Someday"].map((days) =>
    policyWith("days", { PreferredBackupPeriod: days }, "InvalidPreferredBackupPeriod.Malformed"),
  ),
  policyWith("time", { PreferredBackupTime: "24:00Z-25:00Z" }, "InvalidPreferredBackupTime.Malformed"),
  ...["6", "731", "week"].map((days) =>
    policyWith("retention", { BackupRetentionPeriod: days }, "InvalidBackupRetentionPeriod.Malformed"),
  ),
  ...["6", "15"].map((days) =>
    policyWith(
      "log-retention",
      { LogBackupRetentionPeriod: days },
      "InvalidLogBackupRetentionPeriod.Malformed",
    ),
  ),
  ...[{ BackupLog: "Disabled" }, { EnableBackupLog: "0" }, { EnableBackupLog: "False" }].map((params) =>
    policyWith("log-off", params, "InvalidParameter"),
  ),
  ...[{ BackupMethod: "Snapshot" }, { EnableIncrementDataBackup: "true" }].map((params) =>
    one(
      "all.parameter-value",
      "ModifyBackupPolicy",
      { ...policy, ...params },
      "InvalidParameter",
      400,
      diskless,
    ),
  ),
  ...["10.0.0.0/7", "10.0.0.0/29", "10.0.0.1/16", "10.0.0.256/16", "10.0.0.0"].map((CidrBlock) =>
    one("vpc.cidr", "CreateVpc", { RegionId: "cn-hangzhou", CidrBlock }, "InvalidCidrBlock.Malformed"),
  ),
  one("vpc.not-found", "DescribeVpcAttribute", { VpcId: "vpc-sim00000001" }, "InvalidVpcID.NotFound", 404),
  one(
    "vpc.not-found",
    "CreateVSwitch",
    { ...vSwitch, VpcId: "vpc-2" },
    "InvalidVpcID.NotFound",
    404,
    network,
  ),
  one("vpc.in-use", "DeleteVpc", { VpcId: "vpc-1" }, "DependencyViolation.VSwitch", 400, network),
  ...["10.8.0.0/15", "10.8.0.0/30", "10.9.0.0/24", "block"].map((CidrBlock) =>
    one(
      "vswitch.cidr",
      "CreateVSwitch",
      { ...vSwitch, CidrBlock },
      "InvalidCidrBlock.Malformed",
      400,
      network,
    ),
  ),
  one("vswitch.cidr-taken", "CreateVSwitch", vSwitch, "InvalidCidrBlock.Overlapped", 400, network),
  one(
    "all.parameter-value",
    "CreateVSwitch",
    { ...vSwitch, ZoneId: "cn-beijing-h" },
    "InvalidParameter",
    400,
    network,
  ),
  one("vswitch.in-use", "DeleteVSwitch", { VSwitchId: "vsw-1" }, "DependencyViolation", 400, network),
  one("read-only.primary-type", "CreateReadOnlyDBInstance", readOnly, "OperationDenied.DBInstanceType"),
  one(
    "read-only.primary-status",
    "CreateReadOnlyDBInstance",
    readOnly,
    "OperationDenied.PrimaryDBInstanceStatus",
    403,
    clusterWith({ status: "Rebooting" }),
  ),
  one(
    "read-only.storage",
    "CreateReadOnlyDBInstance",
    readOnly,
    "InvalidDBInstanceStorage.Malformed",
    400,
    clusterWith({ storageGiB: 700 }),
  ),
  ...[{ EngineVersion: "2022_ent" }, { DBInstanceStorageType: "local_ssd" }, { RegionId: "cn-beijing" }].map(
    (params) =>
      one(
        "all.parameter-value",
        "CreateReadOnlyDBInstance",
        { ...readOnly, ...params },
        "InvalidParameter",
        400,
        clusterWith({}),
      ),
  ),
  one("delete-instance.read-only", "DeleteDBInstance", id, "OperationDenied.ReadDBInstanceStatus", 403, {
    ...smallCompany,
    instances: [prod, staging, { id: "rm-ro", type: "Readonly" }],
  }),
  one(
    "clone.database-not-found",
    "CloneDBInstance",
    { ...clone, DbNames: "late" },
    "InvalidDBName.NotFound",
    404,
  ),
  one(
    "clone.storage",
    "CloneDBInstance",
    { ...clone, DBInstanceStorage: "400" },
    "InvalidRecoveryDbInstance.StorageSize",
  ),
  one("modify-parameter.nothing", "ModifyParameter", id, "MissingParameter"),
  one(
    "modify-tde.stays-on",
    "ModifyDBInstanceTDE",
    { ...id, TDEStatus: "Disabled" },
    "OperationDenied.TDEStatus",
    403,
    {
      ...smallCompany,
      instances: [{ ...prod, tde: true }, staging],
    },
  ),
  one(
    "public-connection.exists",
    "AllocateInstancePublicConnection",
    { ...connection, ConnectionStringPrefix: "another" },
    "OtherEndpoint.Exist",
    400,
    withPublic,
  ),
  one(
    "connection.prefix-taken",
    "AllocateInstancePublicConnection",
    { ...connection, DBInstanceId: "rm-staging" },
    "OtherEndpoint.Exist",
    400,
    withPublic,
  ),
  one(
    "public-connection.internal",
    "ReleaseInstancePublicConnection",
    { ...id, ...address },
    "AtLeastOneNetTypeExists",
  ),
  ...["ReleaseInstancePublicConnection", "ModifyDBInstanceConnectionString"].map((action) =>
    one(
      "connection.not-found",
      action,
      { ...connection, CurrentConnectionString: "shop-public.sqlserver.rds.aliyuncs.com" },
      "InvalidCurrentConnectionString.NotFound",
      404,
    ),
  ),
  one(
    "connection.prefix",
    "ModifyDBInstanceConnectionString",
    { ...connection, ...address, ConnectionStringPrefix: "shop" },
    "InvalidConnectionStringPrefix.Malformed",
  ),
  one(
    "all.unsupported-parameter",
    "ModifyBackupPolicy",
    { ...policy, BackupPolicyMode: "LogBackupPolicy" },
    "SimulatorUnsupportedParameter",
  ),
];

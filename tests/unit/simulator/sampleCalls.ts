import { oidcToken } from "./oidcToken.js";

const prod = { DBInstanceId: "rm-prod" };
const app = { ...prod, AccountName: "app" };
const password = "Example-1-password";
const address = "rm-prod.sqlserver.rds.aliyuncs.com";
const mysql = { DBInstanceId: "rm-mysql" };
const account = "1000000000000001";
const session = { RoleArn: `acs:ram::${account}:role/reader`, RoleSessionName: "test" };
const hangzhou = { RegionId: "cn-hangzhou" };
const tagged = { ...hangzhou, ResourceType: "INSTANCE", "ResourceId.1": "rm-prod" };
const days = { StartTime: "2026-02-27T00:00Z", EndTime: "2026-03-02T00:00Z" };
const newInstance = {
  ...hangzhou,
  ...{ Engine: "SQLServer", EngineVersion: "2019_std_ha", DBInstanceClass: "mssql.x4.medium.s2" },
  ...{
    DBInstanceStorage: "100",
    DBInstanceNetType: "Intranet",
    SecurityIPList: "10.0.0.0/8",
    PayType: "Postpaid",
  },
};
export const copyCall = {
  ...prod,
  ...{ TargetDBInstanceId: "rm-staging", DbNames: '{"orders":"orders"}', BackupId: "102" },
};

/**
 * Calls of each action; the first succeeds where there is an answer for SQL Server, further ones reach what it does not
 * look at. What is not named is only about rm-prod.
 */
export const sampleCalls: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  CopyDatabaseBetweenInstances: [copyCall],
  DescribeDBInstances: [hangzhou],
  DescribeLogBackupFiles: [{ ...prod, ...days }],
  DescribeHistoryTasks: [{ FromStartTime: "2026-03-01T00:00:00Z", ToStartTime: "2026-03-02T00:00:00Z" }],
  DescribeInstanceCrossBackupPolicy: [{ ...prod, ...hangzhou }],
  DeleteDatabase: [{ ...prod, DBName: "crm" }],
  ModifyDBDescription: [{ ...prod, DBName: "crm", DBDescription: "customers" }],
  CheckDBNameAvailable: [{ ...prod, DBName: "fresh" }],
  TagResources: [{ ...tagged, "Tag.1.Key": "env", "Tag.1.Value": "test" }],
  UntagResources: [{ ...tagged, "TagKey.1": "env" }],
  ListTagResources: [tagged, { ...tagged, "Tag.1.Key": "env" }],
  DescribeBinlogFiles: [{ ...mysql, StartTime: "2026-02-27T00:00:00Z", EndTime: "2026-03-02T00:00:00Z" }],
  DescribeMetaList: [mysql],
  AssumeRole: [{ ...session, RoleArn: `acs:ram::${account}:role/partner`, ExternalId: "partner" }],
  AssumeRoleWithOIDC: [
    { ...session, OIDCProviderArn: `acs:ram::${account}:oidc-provider/p`, OIDCToken: oidcToken({}) },
  ],
  CreateDBInstance: [newInstance, { ...newInstance, "Tag.1.Key": "env" }],
  ModifyDBInstanceSpec: [{ ...prod, DBInstanceStorage: "600" }],
  ModifyDBInstanceDescription: [{ ...prod, DBInstanceDescription: "shop" }],
  ModifyDBInstanceConfig: [{ ...prod, ConfigName: "backup_recovery_model", ConfigValue: "Simple" }],
  ModifyDBInstanceDeletionProtection: [{ ...prod, DeletionProtection: "true" }],
  ModifyDBInstanceMonitor: [{ ...prod, Period: "60" }],
  ModifyDBInstanceMaintainTime: [{ ...prod, MaintainTime: "02:00Z-06:00Z" }],
  ModifySecurityIps: [{ ...prod, SecurityIps: "10.0.0.1" }],
  ModifyResourceGroup: [{ ...prod, ResourceGroupId: "rg-1" }],
  DescribeInstanceLinkedWhitelistTemplate: [{ InsName: "rm-prod", ...hangzhou }],
  DescribeAvailableZones: [{ ...hangzhou, Engine: "SQLServer" }],
  DescribeAvailableClasses: [
    {
      ...hangzhou,
      ...{ ZoneId: "cn-hangzhou-h", Engine: "SQLServer", EngineVersion: "2019_std_ha" },
      ...{ DBInstanceStorageType: "cloud_essd", Category: "HighAvailability" },
    },
  ],
  CreateDatabase: [{ ...prod, DBName: "fresh" }],
  CreateAccount: [{ ...prod, AccountName: "reader", AccountPassword: password }],
  DeleteAccount: [app],
  AllocateInstancePublicConnection: [{ ...prod, ConnectionStringPrefix: "shop-public", Port: "1433" }],
  ReleaseInstancePublicConnection: [
    { ...prod, CurrentConnectionString: "shop-now.sqlserver.rds.aliyuncs.com" },
  ],
  ModifyDBInstanceConnectionString: [
    { ...prod, CurrentConnectionString: address, ConnectionStringPrefix: "shop-internal", Port: "1500" },
  ],
  "Vpc CreateVpc": [{ ...hangzhou, "Tag.1.Key": "team" }],
  "Vpc CreateVSwitch": [
    {
      ...hangzhou,
      ...{ CidrBlock: "10.0.9.0/24", VpcId: "vpc-1", ZoneId: "cn-hangzhou-h", "Tag.1.Key": "team" },
    },
  ],
  "Vpc DeleteVpc": [{ VpcId: "vpc-1" }],
  "Vpc DeleteVSwitch": [{ VSwitchId: "vsw-1" }],
  "Vpc DescribeRouteTableList": [{ VpcId: "vpc-1" }],
  "Vpc DescribeVpcAttribute": [{ VpcId: "vpc-1" }],
  "Vpc DescribeVSwitchAttributes": [{ VSwitchId: "vsw-1" }],
  "Vpc ModifyVpcAttribute": [{ VpcId: "vpc-1", VpcName: "shop" }],
  "Vpc ModifyVSwitchAttribute": [{ VSwitchId: "vsw-1", VSwitchName: "shop" }],
  "Vpc TagResources": [{ ...hangzhou, ResourceType: "VPC", "ResourceId.1": "vpc-1", "Tag.1.Key": "team" }],
  "Vpc UntagResources": [
    { ...hangzhou, ResourceType: "VSWITCH", "ResourceId.1": "vsw-1", "TagKey.1": "team" },
  ],
  CreateReadOnlyDBInstance: [
    {
      ...{ ...hangzhou, DBInstanceId: "rm-cluster", EngineVersion: "2019_ent", PayType: "Postpaid" },
      ...{ DBInstanceClass: "mssql.x4.medium.s2", DBInstanceStorage: "500" },
    },
  ],
  CloneDBInstance: [{ ...prod, BackupId: "102", PayType: "Postpaid" }],
  DescribeParameterTemplates: [{ ...prod, Engine: "SQLServer", EngineVersion: "2019_std_ha" }],
  ModifyParameter: [{ ...prod, Parameters: '{"nested triggers":"0"}' }],
  ModifyDBInstanceSSL: [{ ...prod, ConnectionString: address, SSLEnabled: "1" }],
  ModifyDBInstanceTDE: [{ ...prod, TDEStatus: "Enabled" }],
  ModifySecurityGroupConfiguration: [{ ...prod, SecurityGroupId: "sg-1" }],
  ModifySQLCollectorPolicy: [{ ...prod, SQLCollectorStatus: "Enable" }],
  ModifySQLCollectorRetention: [{ ...prod, ConfigValue: "180" }],
  ModifyBackupPolicy: [
    {
      ...prod,
      PreferredBackupPeriod: "Monday,Friday",
      PreferredBackupTime: "02:00Z-03:00Z",
      BackupRetentionPeriod: "7",
    },
  ],
  CreateBackup: [prod, { ...prod, BackupStrategy: "db", DBName: "orders" }],
  ModifyAccountCheckPolicy: [{ ...app, CheckPolicy: "true" }],
  ResetAccountPassword: [{ ...app, AccountPassword: password }],
  ModifyAccountDescription: [{ ...app, AccountDescription: "shop-app" }],
  GrantAccountPrivilege: [{ ...app, DBName: "orders", AccountPrivilege: "ReadOnly" }],
  RevokeAccountPrivilege: [{ ...app, DBName: "orders" }],
  DeleteBackup: [{ ...prod, BackupId: "made" }],
};

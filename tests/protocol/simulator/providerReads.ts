import assert from "node:assert/strict";

type Body = Readonly<Record<string, unknown>>;

/**
 * What the alicloud provider reads of each answer, and what it dies of, replaces a resource for or plans a change
 * for when it is otherwise. Each entry throws an assertion.
 */
export const providerReads: Readonly<Record<string, (body: Body) => void>> = {
  DescribeDBInstanceAttribute: (body) => {
    for (const one of list(body, "Items", "DBInstanceAttribute")) {
      texts(one, [
        ...["DBInstanceId", "DBInstanceStatus", "Engine", "EngineVersion", "Category", "RegionId", "ZoneId"],
        ...["VpcId", "VSwitchId", "DBInstanceClass", "DBInstanceStorageType", "DBInstanceDescription"],
        ...["ResourceGroupId", "DBInstanceType", "Port", "ConnectionString", "CreationTime", "MaintainTime"],
        ...["MasterZone", "TimeZone", "Collation"],
      ]);
      assert.equal(typeof one["DBInstanceStorage"], "number");
      assert.equal(one["PayType"], "Postpaid");
      assert.equal(one["SecurityIPMode"], "normal");
      object(one, "ServerlessConfig");
      list(one, "SlaveZones", "SlaveZone");
      texts(object(one, "Extra"), ["RecoveryModel"]);
      assert.equal(one["DeletionProtection"], false);
      for (const name of ["kindCode", "OptimizedWritesInfo"]) assert.ok(!(name in one), name);
      for (const name of ["BurstingEnabled", "ColdDataEnabled"])
        assert.ok(one[name] === undefined || one[name] === false, name);
    }
  },
  DescribeDBInstances: (body) => {
    numeric(body, ["TotalRecordCount"]);
    for (const one of list(body, "Items", "DBInstance")) {
      texts(one, [
        ...["DBInstanceId", "DBInstanceDescription", "PayType", "DBInstanceType", "RegionId", "CreationTime"],
        ...[
          "ExpireTime",
          "DBInstanceStatus",
          "Engine",
          "EngineVersion",
          "DBInstanceNetType",
          "ConnectionMode",
        ],
        ...["DBInstanceClass", "ZoneId", "MasterInstanceId", "GuardDBInstanceId", "TempDBInstanceId"],
        ...["VpcId", "VSwitchId"],
      ]);
      list(one, "ReadOnlyDBInstanceIds", "ReadOnlyDBInstanceId");
    }
  },
  DescribeDBInstanceIPArrayList: (body) => {
    const arrays = list(body, "Items", "DBInstanceIPArray");
    for (const one of arrays) texts(one, ["DBInstanceIPArrayName", "SecurityIPList"]);
    assert.ok(arrays.some((one) => one["DBInstanceIPArrayName"] === "default"));
  },
  DescribeTags: (body) => {
    for (const one of list(body, "Items", "TagInfos")) texts(one, ["TagKey", "TagValue"]);
  },
  DescribeDBInstanceMonitor: (body) => {
    assert.match(text(body, "Period"), /^\d+$/);
  },
  DescribeSQLCollectorPolicy: (body) => {
    text(body, "SQLCollectorStatus");
  },
  DescribeSQLCollectorRetention: (body) => {
    assert.match(text(body, "ConfigValue"), /^\d+$/);
  },
  DescribeDBInstanceNetInfo: (body) => {
    const addresses = list(body, "DBInstanceNetInfos", "DBInstanceNetInfo");
    for (const one of addresses) texts(one, ["IPType", "IPAddress", "ConnectionString"]);
    assert.ok(addresses.some((one) => one["IPType"] === "Private"));
  },
  DescribeDBInstanceHAConfig: (body) => {
    const nodes = list(body, "HostInstanceInfos", "NodeInfo");
    for (const one of nodes) texts(one, ["NodeType", "NodeId"]);
    assert.ok(nodes.some((one) => one["NodeType"] === "Master"));
  },
  DescribeSecurityGroupConfiguration: (body) => {
    for (const one of list(body, "Items", "EcsSecurityGroupRelation")) texts(one, ["SecurityGroupId"]);
  },
  DescribeDBInstanceSSL: (body) => {
    assert.match(text(body, "SSLEnabled"), /^(Yes|on|No|off)$/);
    for (const name of ["ForceEncryption", "ClientCACert", "ClientCertRevocationList"])
      assert.ok(body[name] === undefined || body[name] === "", name);
  },
  DescribeHASwitchConfig: (body) => {
    texts(body, ["HAConfig", "ManualHATime"]);
  },
  DescribeHADiagnoseConfig: (body) => {
    text(body, "TcpConnectionType");
  },
  DescribeParameters: (body) => {
    assert.equal(text(object(body, "ParamGroupInfo"), "ParamGroupId"), "");
    for (const outer of ["RunningParameters", "ConfigParameters"]) list(body, outer, "DBInstanceParameter");
  },
  DescribeInstanceLinkedWhitelistTemplate: (body) => {
    assert.deepEqual(list(body, "Data", "Templates"), []);
    assert.ok(body["Success"] === undefined || body["Success"] === true);
    assert.ok(!("StatusCode" in body));
  },
  DescribeDBInstanceEncryptionKey: (body) => {
    assert.ok(!("Code" in body));
  },
  CreateDBInstance: (body) => {
    text(body, "DBInstanceId");
  },
  CreateBackup: (body) => {
    assert.match(text(body, "BackupJobId"), /^\d+$/);
  },
  DescribeBackupTasks: (body) => {
    for (const one of list(body, "Items", "BackupJob"))
      texts(one, ["BackupJobId", "BackupStatus", "BackupId"]);
    assert.equal(list(body, "Items", "BackupJob")[0]?.["BackupStatus"], "Finished");
  },
  DescribeBackups: (body) => {
    texts(body, ["TotalRecordCount"]);
    for (const one of list(body, "Items", "Backup")) {
      texts(one, [
        ...["DBInstanceId", "BackupId", "BackupMethod", "BackupType", "MetaStatus", "StoreStatus"],
        ...["BackupStartTime", "BackupEndTime", "BackupMode", "BackupStatus", "BackupInitiator"],
        ...["CopyOnlyBackup", "Encryption", "HostInstanceID", "StorageClass"],
        ...["BackupDownloadURL", "BackupIntranetDownloadURL"],
      ]);
      numeric(one, ["BackupSize", "IsAvail", "ConsistentTime"]);
      if (one["BackupMode"] === "Manual") assert.equal(one["StoreStatus"], "Enabled");
    }
  },
  DescribeDatabases: (body) => {
    for (const one of list(body, "Databases", "Database")) {
      texts(one, ["DBInstanceId", "DBName", "DBStatus", "DBDescription", "CharacterSetName", "Engine"]);
      assert.match(text(one, "CharacterSetName"), /^(utf8|Chinese_PRC_CI_AS)$/);
      for (const right of list(one, "Accounts", "AccountPrivilegeInfo"))
        texts(right, ["Account", "AccountPrivilege"]);
    }
  },
  DescribeAccounts: (body) => {
    for (const one of list(body, "Accounts", "DBInstanceAccount")) {
      texts(one, ["DBInstanceId", "AccountName", "AccountStatus", "AccountType", "AccountDescription"]);
      assert.ok(one["CheckPolicy"] === undefined || one["CheckPolicy"] === false);
      for (const right of list(one, "DatabasePrivileges", "DatabasePrivilege"))
        texts(right, ["DBName", "AccountPrivilege"]);
    }
  },
  DescribeTasks: (body) => {
    for (const one of list(body, "Items", "TaskProgressInfo")) texts(one, ["TaskAction", "Status"]);
  },
  ...Object.fromEntries(
    [
      ...[
        "TagResources",
        "CreateDatabase",
        "CreateAccount",
        "GrantAccountPrivilege",
        "RevokeAccountPrivilege",
      ],
      ...["DeleteBackup", "DeleteDatabase", "DeleteAccount", "DeleteDBInstance"],
    ].map((name) => [name, (body: Body) => void text(body, "RequestId")]),
  ),
};

function text(body: Body, name: string): string {
  const value = body[name];
  assert.ok(typeof value === "string", `${name} is ${JSON.stringify(value)} and no text`);
  return value;
}

function texts(body: Body, names: readonly string[]): void {
  for (const name of names) text(body, name);
}

function numeric(body: Body, names: readonly string[]): void {
  for (const name of names) assert.match(String(body[name]), /^\d+$/, name);
}

function object(body: Body, name: string): Body {
  const value = body[name];
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), `${name} is no object`);
  return value as Body;
}

function list(body: Body, outer: string, inner: string): Body[] {
  const value = object(body, outer)[inner];
  assert.ok(Array.isArray(value), `${outer}.${inner} is no list`);
  return value as Body[];
}

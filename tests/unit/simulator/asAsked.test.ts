import assert from "node:assert/strict";
import { cloud, smallCompany, type Cloud } from "./cloud.js";

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

const made = (rds: Cloud, params: Record<string, string>) => ({
  DBInstanceId: String(rds.ask("CreateDBInstance", { ...newInstance, ...params })["DBInstanceId"]),
});
const attribute = (rds: Cloud, one: { DBInstanceId: string }) =>
  first(rds.ask("DescribeDBInstanceAttribute", one), "Items", "DBInstanceAttribute");
const address = (rds: Cloud, one: { DBInstanceId: string }) =>
  first(rds.ask("DescribeDBInstanceNetInfo", one), "DBInstanceNetInfos", "DBInstanceNetInfo");

function first(body: Record<string, unknown>, outer: string, inner: string): Record<string, unknown> {
  const [one] = (body[outer] as Record<string, Record<string, unknown>[]>)[inner] ?? [];
  assert.ok(one);
  return one;
}

describe("simulator: what CreateDBInstance is asked for is shown again", () => {
  const attributes = [
    [
      { ZoneIdSlave1: "cn-hangzhou-i", ZoneIdSlave2: "cn-hangzhou-j" },
      "SlaveZones",
      { SlaveZone: [{ ZoneId: "cn-hangzhou-i" }, { ZoneId: "cn-hangzhou-j" }] },
    ],
    [
      { ZoneId: "cn-hangzhou-b", ZoneIdSlave1: "Auto" },
      "SlaveZones",
      { SlaveZone: [{ ZoneId: "cn-hangzhou-b" }] },
    ],
    [{ BurstingEnabled: "true" }, "BurstingEnabled", true],
    [{ ColdDataEnabled: "true" }, "ColdDataEnabled", true],
    [{ AutoUpgradeMinorVersion: "Manual" }, "AutoUpgradeMinorVersion", "Manual"],
    [{ TargetMinorVersion: "15.0.4261.1" }, "CurrentKernelVersion", "15.0.4261.1"],
    [{ ConnectionMode: "Safe" }, "ConnectionMode", "Safe"],
    [{ ConnectionString: "shop-prod" }, "ConnectionString", "shop-prod.sqlserver.rds.aliyuncs.com"],
    [{ PayType: "Prepaid", Period: "Year", UsedTime: "2" }, "ExpireTime", "2028-03-01T02:00:00Z"],
    [{ PayType: "Prepaid", Period: "Month", UsedTime: "3" }, "ExpireTime", "2026-06-01T02:00:00Z"],
    [{ DBTimeZone: "UTC" }, "TimeZone", "UTC"],
    [{ DeletionProtection: "true" }, "DeletionProtection", true],
  ] as const;
  for (const [params, field, value] of attributes) {
    it(`${Object.keys(params).join(", ")}: ${field} of DescribeDBInstanceAttribute`, () => {
      const rds = cloud();
      assert.deepEqual(attribute(rds, made(rds, params))[field], value);
    });
  }

  it("PrivateIpAddress and ConnectionString: the address of DescribeDBInstanceNetInfo", () => {
    const rds = cloud();
    const { IPAddress, ConnectionString } = address(
      rds,
      made(rds, { PrivateIpAddress: "10.1.2.3", ConnectionString: "shop-prod" }),
    );
    assert.deepEqual([IPAddress, ConnectionString], ["10.1.2.3", "shop-prod.sqlserver.rds.aliyuncs.com"]);
    assert.equal(
      rds.call("CreateDBInstance", { ...newInstance, ConnectionString: "shop-prod" }).code,
      "OtherEndpoint.Exist",
    );
  });

  it("EncryptionKey and RoleARN: the key of DescribeDBInstanceEncryptionKey, and both in the world", () => {
    const rds = cloud();
    const RoleARN = "acs:ram::1000000000000001:role/rds-key";
    const one = made(rds, { EncryptionKey: "key-1", RoleARN });
    assert.equal(rds.ask("DescribeDBInstanceEncryptionKey", one)["EncryptionKey"], "key-1");
    const { encryptionKey, encryptionRoleArn } = rds.instance(one.DBInstanceId);
    assert.deepEqual([encryptionKey, encryptionRoleArn], ["key-1", RoleARN]);
  });

  it("DBParamGroupId: the group of DescribeParameters", () => {
    const rds = cloud();
    const body = rds.ask("DescribeParameters", made(rds, { DBParamGroupId: "rpg-sys-01" }));
    assert.equal((body["ParamGroupInfo"] as Record<string, unknown>)["ParamGroupId"], "rpg-sys-01");
  });

  it("ServerlessConfig: ServerlessConfig of DescribeDBInstanceAttribute", () => {
    const rds = cloud();
    const { ServerlessConfig, PayType, Category } = attribute(
      rds,
      made(rds, {
        ...{ PayType: "Serverless", EngineVersion: "2019_std_sl", Category: "serverless_ha" },
        ServerlessConfig: '{"MinCapacity":3,"MaxCapacity":6}',
      }),
    );
    assert.deepEqual(ServerlessConfig, { ScaleMin: 3, ScaleMax: 6, AutoPause: false, SwitchForce: false });
    assert.deepEqual([PayType, Category], ["SERVERLESS", "serverless_ha"]);
  });

  it("a value that the simulator cannot have is refused by name, and not swallowed", () => {
    for (const params of [{ DBInstanceNetType: "Internet" }, { Period: "Month" }, { UsedTime: "1" }])
      assert.equal(
        cloud().call("CreateDBInstance", { ...newInstance, ...params }).code,
        "SimulatorUnsupportedParameter",
      );
  });
});

describe("simulator: what other calls are asked for is acted on", () => {
  const prod = { DBInstanceId: "rm-prod" };

  it("ModifyDBInstanceSpec: category, zones, vSwitch, minor version, bursting and cold data", () => {
    const rds = cloud();
    rds.ask("ModifyDBInstanceSpec", {
      ...prod,
      ...{ Category: "AlwaysOn", ZoneId: "cn-hangzhou-b", ZoneIdSlave1: "cn-hangzhou-i", VSwitchId: "vsw-b" },
      ...{ TargetMinorVersion: "15.0.4261.1", BurstingEnabled: "true", ColdDataEnabled: "true" },
    });
    rds.wait(30);
    const one = attribute(rds, prod);
    assert.deepEqual(
      ["Category", "ZoneId", "VSwitchId", "CurrentKernelVersion", "BurstingEnabled", "ColdDataEnabled"].map(
        (field) => one[field],
      ),
      ["AlwaysOn", "cn-hangzhou-b", "vsw-b", "15.0.4261.1", true, true],
    );
    assert.deepEqual(one["SlaveZones"], { SlaveZone: [{ ZoneId: "cn-hangzhou-i" }] });
  });

  it("ModifyDBInstanceSpec: a category of one node has no slave zone, and none is asked for with it", () => {
    const rds = cloud();
    const basic = { ...prod, Category: "Basic" };
    assert.equal(
      rds.call("ModifyDBInstanceSpec", { ...basic, ZoneIdSlave1: "cn-hangzhou-i" }).code,
      "InvalidParameter",
    );
    rds.ask("ModifyDBInstanceSpec", basic);
    rds.wait(30);
    assert.deepEqual(attribute(rds, prod)["SlaveZones"], { SlaveZone: [] });
  });

  it("ModifyDBInstanceSpec: the capacity of a serverless instance", () => {
    const rds = cloud({ instances: [{ id: "rm-prod", engineVersion: "2019_std_sl" }] });
    const scale = { Direction: "Serverless", ServerlessConfiguration: '{"MinCapacity":4,"MaxCapacity":5}' };
    rds.ask("ModifyDBInstanceSpec", { ...prod, ...scale, PayType: "Serverless" });
    rds.wait(30);
    assert.deepEqual(attribute(rds, prod)["ServerlessConfig"], {
      ...{ ScaleMin: 4, ScaleMax: 5, AutoPause: false, SwitchForce: false },
    });
    assert.equal(
      cloud().call("ModifyDBInstanceSpec", { ...prod, ...scale }).code,
      "InvalidParameter",
      "an instance that is not serverless",
    );
  });

  it("ModifyDBInstanceSpec: another pay type and a temporary upgrade are refused by name", () => {
    for (const params of [
      { PayType: "Prepaid" },
      { Direction: "TempUpgrade" },
      { EffectiveTime: "MaintainTime" },
    ]) {
      const { code } = cloud().call("ModifyDBInstanceSpec", { ...prod, DBInstanceStorage: "600", ...params });
      assert.equal(code, "SimulatorUnsupportedParameter");
    }
  });

  it("DescribeDBInstances: address, expiry and level", () => {
    const [one, other] = smallCompany.instances;
    const rds = cloud({
      ...smallCompany,
      instances: [
        { ...one, connectionPrefix: "shop-prod", publicConnection: { prefix: "shop-public" } },
        { ...other, payType: "Prepaid", expiresAt: "2026-02-01T00:00:00Z" },
        { id: "rm-locked", lockMode: "LockByExpiration" },
      ],
    });
    const listed = (params: Record<string, string>) => {
      const { Items } = rds.ask("DescribeDBInstances", { RegionId: "cn-hangzhou", ...params }) as {
        Items: { DBInstance: { DBInstanceId: string; Category?: string }[] };
      };
      return Items.DBInstance;
    };
    const ids = (params: Record<string, string>) => listed(params).map(({ DBInstanceId }) => DBInstanceId);
    assert.deepEqual(ids({ ConnectionString: "shop-prod.sqlserver.rds.aliyuncs.com" }), ["rm-prod"]);
    assert.deepEqual(ids({ ConnectionString: "shop-public.sqlserver.rds.aliyuncs.com" }), ["rm-prod"]);
    assert.deepEqual(ids({ ConnectionString: "other.sqlserver.rds.aliyuncs.com" }), []);
    assert.deepEqual(ids({ Expired: "True" }), ["rm-staging", "rm-locked"]);
    assert.deepEqual(ids({ Expired: "False" }), ["rm-prod"]);
    assert.ok(listed({ InstanceLevel: "1" }).every(({ Category }) => Category === "HighAvailability"));
    assert.ok(listed({ InstanceLevel: "0" }).every((entry) => !("Category" in entry)));
    const { Items } = rds.ask("DescribeDBInstanceAttribute", { ...prod, Expired: "True" });
    assert.deepEqual(Items, { DBInstanceAttribute: [] });
  });

  it("ModifySecurityIps: the read-only instances that are named get the whitelist too", () => {
    const rds = cloud({
      ...smallCompany,
      instances: [
        ...smallCompany.instances,
        { id: "rm-ro1", type: "Readonly" },
        { id: "rm-ro2", type: "Readonly" },
      ],
    });
    rds.ask("ModifySecurityIps", { ...prod, SecurityIps: "10.0.0.1", FreshWhiteListReadins: "rm-ro1" });
    assert.deepEqual(
      ["rm-prod", "rm-ro1", "rm-ro2"].map((id) => rds.instance(id).ipArrays["default"]),
      ["10.0.0.1", "10.0.0.1", "127.0.0.1"],
    );
    assert.equal(
      rds.call("ModifySecurityIps", { ...prod, SecurityIps: "10.0.0.1", FreshWhiteListReadins: "rm-staging" })
        .code,
      "InvalidParameter",
    );
  });

  it("CreateAccount and ModifyAccountCheckPolicy: the policy of passwords", () => {
    const rds = cloud();
    const reader = { ...prod, AccountName: "reader" };
    const policy = () =>
      first(rds.ask("DescribeAccounts", reader), "Accounts", "DBInstanceAccount")["CheckPolicy"];
    rds.ask("CreateAccount", { ...reader, AccountPassword: "Example-1-password", CheckPolicy: "true" });
    assert.equal(policy(), true);
    rds.ask("ModifyAccountCheckPolicy", { ...reader, CheckPolicy: "false" });
    assert.equal(policy(), false);
  });

  it("DescribeBackupTasks and DescribeHistoryTasks: by mode, kind of instance and resource group", () => {
    const rds = cloud();
    rds.ask("CreateBackup", prod);
    const jobs = (BackupMode: string) =>
      (rds.ask("DescribeBackupTasks", { ...prod, BackupMode })["Items"] as { BackupJob: unknown[] }).BackupJob
        .length;
    assert.deepEqual([jobs("Manual"), jobs("Automated")], [1, 0]);
    const span = { FromStartTime: "2026-03-01T00:00:00Z", ToStartTime: "2026-03-02T00:00:00Z" };
    const tasks = (params: Record<string, string>) =>
      rds.ask("DescribeHistoryTasks", { ...span, ...params })["TotalCount"];
    assert.equal(tasks({ ResourceGroupId: "rg-simulated", InstanceType: "Instance" }), 1);
    assert.equal(tasks({ ResourceGroupId: "rg-other" }), 0);
    assert.equal(
      rds.call("DescribeHistoryTasks", { ...span, InstanceType: "Proxy" }).code,
      "InvalidParameter",
    );
  });
});

import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { firstOf, listOf, ProviderClient, refusedWith } from "./providerForm.js";

const prod = { DBInstanceId: "rm-prod" };
const internal = "rm-prod.sqlserver.rds.aliyuncs.com";

describe("simulator: properties of rds.Instance of the alicloud provider", () => {
  let sim: Simulator;
  let provider: ProviderClient;
  beforeEach(async () => {
    sim = await startSimulator({
      clock: "virtual",
      world: {
        instances: [
          { id: "rm-prod", databases: [{ name: "orders" }, { name: "crm" }] },
          { id: "rm-web", engineVersion: "2019_web" },
        ],
      },
    });
    provider = new ProviderClient(sim.url);
  });
  afterEach(() => sim.close());

  const attribute = async () =>
    firstOf(await provider.rds("DescribeDBInstanceAttribute", prod), "Items", "DBInstanceAttribute");

  it("port and connectionStringPrefix: the attributes name the new address, and the network information has it", async () => {
    await provider.rds("ModifyDBInstanceConnectionString", {
      ...prod,
      ...{ CurrentConnectionString: internal, ConnectionStringPrefix: "shop-internal", Port: "1500" },
    });
    const { ConnectionString, Port, DBInstanceStatus } = await attribute();
    assert.deepEqual(
      [ConnectionString, Port, DBInstanceStatus],
      ["shop-internal.sqlserver.rds.aliyuncs.com", "1500", "Running"],
    );
    const addresses = listOf(
      await provider.rds("DescribeDBInstanceNetInfo", prod),
      "DBInstanceNetInfos",
      "DBInstanceNetInfo",
    );
    assert.deepEqual(
      addresses.map((entry) => [entry["ConnectionString"], entry["Port"]]),
      [[ConnectionString, Port]],
    );
  });

  it("sslAction: Open, Update and Close, with forceEncryption as a text", async () => {
    const ssl = () => provider.rds("DescribeDBInstanceSSL", prod);
    const modify = (params: Record<string, string | number>) =>
      provider.rds("ModifyDBInstanceSSL", { ...prod, ConnectionString: internal, ...params });
    assert.equal((await ssl())["SSLEnabled"], "No");
    assert.equal(await refusedWith(modify({ SSLEnabled: 2 })), "InvalidParameter");
    await modify({ SSLEnabled: 1 });
    const open = await ssl();
    assert.deepEqual(
      [open["SSLEnabled"], open["ConnectionString"], open["RequireUpdate"]],
      ["Yes", internal, "No"],
    );
    assert.ok(!("ForceEncryption" in open), "a program that does not declare it sees none");
    await modify({ SSLEnabled: 1, ForceEncryption: 1 });
    assert.equal((await ssl())["ForceEncryption"], "1");
    await modify({ SSLEnabled: 2, ForceEncryption: 0 });
    assert.equal((await ssl())["ForceEncryption"], "0");
    await modify({ SSLEnabled: 0 });
    assert.equal((await ssl())["SSLEnabled"], "No");
    for (const params of [{ Certificate: "oss:cert.pfx" }, { PassWord: "x" }, { CAType: "custom" }])
      assert.equal(await refusedWith(modify({ SSLEnabled: 1, ...params })), "SimulatorUnsupportedParameter");
    assert.equal(await refusedWith(modify({ SSLEnabled: 1, ConnectionString: "other" })), "InvalidParameter");
  });

  it("tdeStatus: on for the instance and not off again; databases are encrypted by name only", async () => {
    const tde = () => provider.rds("DescribeDBInstanceTDE", prod);
    const modify = (params: Record<string, string>) =>
      provider.rds("ModifyDBInstanceTDE", { ...prod, ...params });
    await modify({ TDEStatus: "Disabled" });
    await modify({ TDEStatus: "Enabled" });
    const on = await tde();
    assert.deepEqual([on["TDEStatus"], on["TDEMode"]], ["Enabled", "Aliyun_Generate_Key"]);
    assert.deepEqual(
      listOf(on, "Databases", "Database").map((database) => database["TDEStatus"]),
      ["Disabled", "Disabled"],
    );
    assert.equal(await refusedWith(modify({ TDEStatus: "Disabled" })), "OperationDenied.TDEStatus");
    await modify({ TDEStatus: "Enabled", DBName: "orders" });
    assert.deepEqual(
      listOf(await tde(), "Databases", "Database").map((database) => database["TDEStatus"]),
      ["Enabled", "Disabled"],
    );
    await modify({ TDEStatus: "Disabled", DBName: "orders" });
    assert.equal(listOf(await tde(), "Databases", "Database")[0]?.["TDEStatus"], "Disabled");
    assert.equal(
      await refusedWith(modify({ TDEStatus: "Enabled", DBName: "gone" })),
      "InvalidDBName.NotFound",
    );
    assert.equal(
      await refusedWith(modify({ TDEStatus: "Enabled", DBInstanceId: "rm-web" })),
      "InvalidEngineVersion.Malformed",
    );
    assert.equal(
      await refusedWith(modify({ TDEStatus: "Enabled", DBName: "orders", Certificate: "oss:key.cer" })),
      "SimulatorUnsupportedParameter",
    );
  });

  it("parameters: templates say what needs a restart, and both lists show what was set", async () => {
    const templates = listOf(
      await provider.rds("DescribeParameterTemplates", {
        ...prod,
        ...{ Engine: "SQLServer", EngineVersion: "2019_std_ha", ClientToken: "token" },
      }),
      "Parameters",
      "TemplateRecord",
    );
    for (const template of templates)
      for (const name of ["ParameterName", "ParameterValue", "ForceRestart", "CheckingCode"])
        assert.equal(typeof template[name], "string", name);
    const restart = (name: string) =>
      templates.find((template) => template["ParameterName"] === name)?.["ForceRestart"];
    assert.deepEqual([restart("fill factor (%)"), restart("max degree of parallelism")], ["true", "false"]);

    const values = async (list: string, name: string) =>
      listOf(await provider.rds("DescribeParameters", prod), list, "DBInstanceParameter")
        .filter((parameter) => parameter["ParameterName"] === name)
        .map((parameter) => parameter["ParameterValue"]);
    const modify = (parameters: object, Forcerestart = false) =>
      provider.rds("ModifyParameter", { ...prod, Forcerestart, Parameters: JSON.stringify(parameters) });
    assert.deepEqual(await values("RunningParameters", "max degree of parallelism"), ["2"]);
    await modify({ "max degree of parallelism": "4" });
    assert.deepEqual(await values("RunningParameters", "max degree of parallelism"), ["4"]);
    await modify({ "fill factor (%)": "80" });
    assert.deepEqual(await values("RunningParameters", "fill factor (%)"), ["0"]);
    assert.deepEqual(await values("ConfigParameters", "fill factor (%)"), ["80"]);
    await modify({ "fill factor (%)": "80" }, true);
    assert.deepEqual(await values("RunningParameters", "fill factor (%)"), ["80"]);
    for (const wrong of [{ unknown: "1" }, { "fill factor (%)": "101" }, { "fill factor (%)": "much" }, []])
      assert.equal(await refusedWith(modify(wrong)), "InvalidParameter", JSON.stringify(wrong));
  });

  it("securityGroupIds: those that were asked for, and none once they are taken away", async () => {
    const groups = async () =>
      listOf(
        await provider.rds("DescribeSecurityGroupConfiguration", prod),
        "Items",
        "EcsSecurityGroupRelation",
      ).map((group) => group["SecurityGroupId"]);
    const modify = (SecurityGroupId: string) =>
      provider.rds("ModifySecurityGroupConfiguration", { ...prod, SecurityGroupId });
    assert.deepEqual(
      listOf(await modify("sg-1,sg-2"), "Items", "EcsSecurityGroupRelation").map(
        (group) => group["SecurityGroupId"],
      ),
      ["sg-1", "sg-2"],
    );
    assert.deepEqual(await groups(), ["sg-1", "sg-2"]);
    await modify("Empty");
    assert.deepEqual(await groups(), []);
    for (const wrong of [
      "group",
      "sg-1,sg-1",
      Array.from({ length: 11 }, (_, index) => `sg-${index}`).join(","),
    ])
      assert.equal(await refusedWith(modify(wrong)), "InvalidParameter");
  });

  it("sqlCollectorStatus and sqlCollectorConfigValue", async () => {
    const status = async () => (await provider.rds("DescribeSQLCollectorPolicy", prod))["SQLCollectorStatus"];
    const days = async () => (await provider.rds("DescribeSQLCollectorRetention", prod))["ConfigValue"];
    assert.deepEqual([await status(), await days()], ["Disabled", "30"]);
    await provider.rds("ModifySQLCollectorPolicy", { ...prod, SQLCollectorStatus: "Enable" });
    await provider.rds("ModifySQLCollectorRetention", { ...prod, ConfigValue: "180" });
    assert.deepEqual([await status(), await days()], ["Enable", "180"]);
    assert.equal(
      await refusedWith(provider.rds("ModifySQLCollectorRetention", { ...prod, ConfigValue: "31" })),
      "InvalidParameter",
    );
    await provider.rds("ModifySQLCollectorPolicy", { ...prod, SQLCollectorStatus: "Disabled" });
    assert.equal(await status(), "Disabled");
  });
});

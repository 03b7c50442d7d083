import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { firstOf, listOf, ProviderClient, refusedWith } from "./providerForm.js";

/** What the provider sends for a read-only instance; it asks for the vSwitch before. */
const asked = {
  ...{ DBInstanceId: "rm-cluster", EngineVersion: "2019_ent", DBInstanceStorage: 500 },
  ...{ DBInstanceClass: "mssql.x4.medium.s2", DBInstanceDescription: "reports", ZoneId: "cn-hangzhou-i" },
  ...{ VSwitchId: "vsw-i", InstanceNetworkType: "VPC", VPCId: "vpc-1", SecurityIPList: "10.0.0.0/8" },
  ...{
    DBInstanceStorageType: "cloud_essd",
    PayType: "Postpaid",
    ClientToken: "TF-CreateReadOnlyDBInstance-1",
  },
};

describe("simulator: rds.ReadOnlyInstance of the alicloud provider", () => {
  let sim: Simulator;
  let provider: ProviderClient;
  let id = "";
  before(async () => {
    sim = await startSimulator({
      clock: "virtual",
      world: {
        instances: [
          { id: "rm-cluster", engineVersion: "2019_ent", databases: [{ name: "orders" }] },
          { id: "rm-ha" },
        ],
        vSwitches: [{ id: "vsw-i", vpcId: "vpc-1", zone: "cn-hangzhou-i" }],
      },
    });
    provider = new ProviderClient(sim.url);
  });
  after(() => sim.close());

  const attribute = async (DBInstanceId: string) =>
    firstOf(
      await provider.rds("DescribeDBInstanceAttribute", { DBInstanceId }),
      "Items",
      "DBInstanceAttribute",
    );
  const create = (params: Record<string, string | number> = {}) =>
    provider.rds("CreateReadOnlyDBInstance", { ...asked, ...params });

  it("is created once for its token, is Creating and then Running", async () => {
    id = String((await create())["DBInstanceId"]);
    assert.equal((await create())["DBInstanceId"], id);
    assert.equal((await attribute(id))["DBInstanceStatus"], "Creating");
    sim.advance("3m");
    assert.equal((await attribute(id))["DBInstanceStatus"], "Running");
  });

  it("is read back without a difference", async () => {
    const one = await attribute(id);
    for (const name of [
      "EngineVersion",
      "DBInstanceClass",
      "DBInstanceStorage",
      "DBInstanceDescription",
    ] as const)
      assert.equal(one[name], asked[name], name);
    for (const name of ["ZoneId", "VSwitchId", "DBInstanceStorageType", "PayType"] as const)
      assert.equal(one[name], asked[name], name);
    assert.deepEqual(
      [one["MasterInstanceId"], one["DBInstanceType"], one["VpcId"], one["DeletionProtection"]],
      ["rm-cluster", "Readonly", "vpc-1", false],
    );
    const list = await provider.rds("DescribeDBInstanceIPArrayList", { DBInstanceId: id });
    assert.equal(firstOf(list, "Items", "DBInstanceIPArray")["SecurityIPList"], asked.SecurityIPList);
    assert.deepEqual((await attribute("rm-cluster"))["ReadOnlyDBInstanceIds"], {
      ReadOnlyDBInstanceId: [{ DBInstanceId: id }],
    });
  });

  it("shows the databases of its primary, and takes none of its own", async () => {
    const listed = await provider.rds("DescribeDatabases", { DBInstanceId: id });
    assert.deepEqual(
      listOf(listed, "Databases", "Database").map((database) => [
        database["DBName"],
        database["DBInstanceId"],
      ]),
      [["orders", id]],
    );
    assert.equal(
      await refusedWith(provider.rds("CreateDatabase", { DBInstanceId: id, DBName: "fresh" })),
      "OperationDenied.DBInstanceType",
    );
  });

  it("keeps its primary from being deleted until it is deleted itself", async () => {
    const remove = (DBInstanceId: string) => provider.rds("DeleteDBInstance", { DBInstanceId });
    assert.equal(await refusedWith(remove("rm-cluster")), "OperationDenied.ReadDBInstanceStatus");
    await remove(id);
    sim.advance("1m");
    assert.equal(
      await refusedWith(provider.rds("DescribeDBInstanceAttribute", { DBInstanceId: id })),
      "InvalidDBInstanceName.NotFound",
    );
    assert.deepEqual((await attribute("rm-cluster"))["ReadOnlyDBInstanceIds"], { ReadOnlyDBInstanceId: [] });
    await remove("rm-cluster");
  });

  it("is refused where it cannot be had", async () => {
    const ha = { DBInstanceId: "rm-ha", EngineVersion: "2019_std_ha", ClientToken: "" };
    assert.equal(await refusedWith(create(ha)), "OperationDenied.DBInstanceType");
    assert.equal(await refusedWith(create({ ...ha, AutoPay: "false" })), "SimulatorUnsupportedParameter");
  });
});

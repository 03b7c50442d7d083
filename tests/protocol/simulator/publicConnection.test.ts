import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { firstOf, listOf, ProviderClient, refusedWith, type Body } from "./providerForm.js";

const prod = { DBInstanceId: "rm-prod" };

/** The entry that the provider takes for a connection: the first whose address begins with the prefix. */
const withPrefix = (body: Body, prefix: string): Body | undefined =>
  listOf(body, "DBInstanceNetInfos", "DBInstanceNetInfo").find((entry) =>
    String(entry["ConnectionString"]).startsWith(prefix),
  );

describe("simulator: rds.Connection of the alicloud provider", () => {
  let sim: Simulator;
  let provider: ProviderClient;
  before(async () => {
    sim = await startSimulator({
      clock: "virtual",
      world: { instances: [{ id: "rm-prod" }, { id: "rm-other" }] },
    });
    provider = new ProviderClient(sim.url);
  });
  after(() => sim.close());

  const netInfo = () => provider.rds("DescribeDBInstanceNetInfo", prod);
  const allocate = (params: Record<string, string>) =>
    provider.rds("AllocateInstancePublicConnection", {
      ...prod,
      ConnectionStringPrefix: "rm-prodtf",
      Port: "3306",
      ...params,
    });

  it("is created with the prefix and port that were asked for, and read back without a difference", async () => {
    assert.equal((await allocate({}))["ConnectionString"], "rm-prodtf.sqlserver.rds.aliyuncs.com");
    const entry = withPrefix(await netInfo(), "rm-prodtf");
    assert.deepEqual(
      [entry?.["ConnectionString"], entry?.["Port"], entry?.["IPType"]],
      ["rm-prodtf.sqlserver.rds.aliyuncs.com", "3306", "Public"],
    );
    assert.match(String(entry?.["IPAddress"]), /^\d+\.\d+\.\d+\.\d+$/);
    assert.ok(!("BabelfishPort" in (entry ?? {})));
  });

  it("leaves the internal address as it is, which rds.Instance reads", async () => {
    const attribute = firstOf(
      await provider.rds("DescribeDBInstanceAttribute", prod),
      "Items",
      "DBInstanceAttribute",
    );
    assert.equal(attribute["ConnectionString"], "rm-prod.sqlserver.rds.aliyuncs.com");
    assert.equal(withPrefix(await netInfo(), "rm-prod.")?.["IPType"], "Private");
  });

  it("changes its port in place, by its present address", async () => {
    await provider.rds("ModifyDBInstanceConnectionString", {
      ...prod,
      ...{ CurrentConnectionString: "rm-prodtf.sqlserver.rds.aliyuncs.com" },
      ...{ ConnectionStringPrefix: "rm-prodtf", Port: "3433" },
    });
    assert.equal(withPrefix(await netInfo(), "rm-prodtf")?.["Port"], "3433");
    assert.equal(withPrefix(await netInfo(), "rm-prod.")?.["Port"], "1433");
  });

  it("is refused a second time, and with a prefix that another instance has", async () => {
    assert.equal(await refusedWith(allocate({ ConnectionStringPrefix: "another" })), "OtherEndpoint.Exist");
    const other = { DBInstanceId: "rm-other" };
    assert.equal(
      await refusedWith(allocate({ ...other, ConnectionStringPrefix: "rm-prodtf" })),
      "OtherEndpoint.Exist",
    );
    assert.equal(
      await refusedWith(allocate({ ...other, BabelfishPort: "1433" })),
      "SimulatorUnsupportedParameter",
    );
  });

  it("is released by its address, and then not found; the internal address is never released", async () => {
    const release = (prefix: string) =>
      provider.rds("ReleaseInstancePublicConnection", {
        ...prod,
        CurrentConnectionString: `${prefix}.sqlserver.rds.aliyuncs.com`,
      });
    assert.equal(await refusedWith(release("rm-prod")), "AtLeastOneNetTypeExists");
    await release("rm-prodtf");
    assert.equal(withPrefix(await netInfo(), "rm-prodtf"), undefined);
    assert.equal(await refusedWith(release("rm-prodtf")), "InvalidCurrentConnectionString.NotFound");
  });
});

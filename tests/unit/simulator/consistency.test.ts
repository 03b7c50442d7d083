import assert from "node:assert/strict";
import { createWorld, type WorldInput } from "../../../simulator/src/machine.js";
import { WorldError } from "../../../simulator/src/world/load.js";
import { cloud, smallCompany, type Cloud } from "./cloud.js";

type Fields = Record<string, unknown>;
type InstanceInput = NonNullable<WorldInput["instances"]>[number];

const list = (body: Fields, outer: string, inner: string) =>
  (body[outer] as Record<string, Fields[]>)[inner] ?? [];

function attribute(rds: Cloud, id: string): Fields {
  const [one] = list(
    rds.ask("DescribeDBInstanceAttribute", { DBInstanceId: id }),
    "Items",
    "DBInstanceAttribute",
  );
  assert.ok(one);
  return one;
}

const nodes = (rds: Cloud, id: string) =>
  list(rds.ask("DescribeDBInstanceHAConfig", { DBInstanceId: id }), "HostInstanceInfos", "NodeInfo");

const problemsOf = (...instances: InstanceInput[]) => {
  try {
    createWorld({ instances }, 0);
  } catch (error) {
    if (error instanceof WorldError) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
};

describe("simulator: an instance does not contradict itself", () => {
  const serverless: InstanceInput[] = [
    { id: "rm-a", engineVersion: "2019_std_sl" },
    { id: "rm-a", category: "serverless_ha" },
    { id: "rm-a", payType: "SERVERLESS" },
  ];
  for (const one of serverless) {
    it(`serverless, by ${JSON.stringify(one)}: charge type, class and capacity say so`, () => {
      const rds = cloud({ instances: [one] });
      const { PayType, DBInstanceClass, Category, ServerlessConfig } = attribute(rds, "rm-a");
      assert.deepEqual(
        [PayType, DBInstanceClass, Category],
        ["SERVERLESS", "mssql.mem2.serverless.s2", "serverless_ha"],
      );
      assert.deepEqual(ServerlessConfig, { ScaleMin: 2, ScaleMax: 8, AutoPause: false, SwitchForce: false });
    });
  }

  it("not serverless: no capacity", () => {
    const { PayType, ServerlessConfig } = attribute(cloud(), "rm-prod");
    assert.deepEqual([PayType, ServerlessConfig], ["Postpaid", {}]);
  });

  it("AlwaysOn: the cluster's nodes are the nodes of the configuration of availability", () => {
    const instance = { id: "rm-a", engineVersion: "2019_ent", slaveZones: ["cn-hangzhou-i"] };
    const rds = cloud({ instances: [instance] });
    const cluster = (attribute(rds, "rm-a")["DBClusterNodes"] as { DBClusterNode: Fields[] }).DBClusterNode;
    assert.deepEqual(
      cluster.map((node) => [node["NodeId"], node["NodeRole"], node["NodeZoneId"]]),
      nodes(rds, "rm-a").map((node) => [
        node["NodeId"],
        node["NodeType"] === "Master" ? "primary" : "secondary",
        node["ZoneId"],
      ]),
    );
    assert.equal(cluster.length, 2);
  });

  it("slave zones are those of the nodes, of every category", () => {
    const ids = ["2019_std_ha", "2019_ent", "2019_web", "2019_std_sl"].map((engineVersion, index) => ({
      id: `rm-${index}`,
      engineVersion,
    }));
    const rds = cloud({ instances: [...ids, { id: "rm-ro", type: "Readonly", masterId: "rm-0" }] });
    const counts = rds.world.instances.map(({ id }) => {
      const zones = (attribute(rds, id)["SlaveZones"] as { SlaveZone: Fields[] }).SlaveZone;
      const slaves = nodes(rds, id).filter((node) => node["NodeType"] === "Slave");
      assert.deepEqual(
        zones.map((zone) => zone["ZoneId"]),
        slaves.map((node) => node["ZoneId"]),
      );
      return zones.length;
    });
    assert.deepEqual(counts, [1, 1, 0, 1, 0]);
  });

  it("a read-only instance and its primary name each other, and show one set of databases and accounts", () => {
    const rds = cloud({
      ...smallCompany,
      instances: [...smallCompany.instances, { id: "rm-ro", type: "Readonly" }],
    });
    assert.equal(attribute(rds, "rm-ro")["MasterInstanceId"], "rm-prod");
    assert.deepEqual(attribute(rds, "rm-prod")["ReadOnlyDBInstanceIds"], {
      ReadOnlyDBInstanceId: [{ DBInstanceId: "rm-ro" }],
    });
    const rows = list(rds.ask("DescribeDBInstances", { RegionId: "cn-hangzhou" }), "Items", "DBInstance");
    assert.deepEqual(
      rows.map((row) => [row["MasterInstanceId"], row["ReadOnlyDBInstanceIds"]]),
      ["rm-prod", "rm-staging", "rm-ro"].map((id) => {
        const { MasterInstanceId, ReadOnlyDBInstanceIds } = attribute(rds, id);
        return [MasterInstanceId, ReadOnlyDBInstanceIds];
      }),
    );
    rds.ask("CreateDatabase", { DBInstanceId: "rm-prod", DBName: "fresh" });
    for (const [action, outer, inner, name] of [
      ["DescribeDatabases", "Databases", "Database", "DBName"],
      ["DescribeAccounts", "Accounts", "DBInstanceAccount", "AccountName"],
    ] as const) {
      const shown = (id: string) =>
        list(rds.ask(action, { DBInstanceId: id }), outer, inner).map((entry) => entry[name]);
      assert.deepEqual(shown("rm-ro"), shown("rm-prod"));
      assert.ok(shown("rm-ro").length > 0);
    }
    const used = (id: string) => rds.ask("DescribeResourceUsage", { DBInstanceId: id })["DiskUsed"];
    assert.equal(used("rm-ro"), used("rm-prod"));
    assert.equal(attribute(rds, "rm-ro")["DBInstanceDiskUsed"], String(used("rm-prod")));
  });

  it("snapshots have one size in DescribeBackups and DescribeResourceUsage", () => {
    const set = { start: "2026-02-28T18:00:00Z", end: "2026-02-28T18:40:00Z", method: "Snapshot" } as const;
    const backups = [
      { id: "1", ...set, sizeGiB: 30 },
      { id: "2", ...set, databases: { orders: "x" } },
      { id: "3", ...set, method: "Physical", sizeGiB: 7 },
    ] as const;
    const rds = cloud({ ...smallCompany, instances: [{ ...smallCompany.instances[0], backups }] });
    const prod = { DBInstanceId: "rm-prod" };
    const size = String(70 * 1024 ** 3);
    assert.equal(rds.ask("DescribeResourceUsage", prod)["BackupEcsSnapshotSize"], size);
    for (const params of [prod, { ...prod, BackupId: "3" }])
      assert.equal(String(rds.ask("DescribeBackups", params)["TotalEcsSnapshotSize"]), size);
  });

  it("a document that says otherwise is refused, with the path of what contradicts", () => {
    const cases: [InstanceInput, string][] = [
      [{ id: "rm-a", category: "HighAvailability", payType: "SERVERLESS" }, "payType"],
      [{ id: "rm-a", category: "serverless_ha", payType: "Postpaid" }, "payType"],
      [{ id: "rm-a", serverless: { scaleMin: 2, scaleMax: 4 } }, "category"],
      [{ id: "rm-a", engineVersion: "2019_web", slaveZones: ["cn-hangzhou-i"] }, "slaveZones"],
      [{ id: "rm-a", type: "Readonly" }, "masterId"],
      [{ id: "rm-a", masterId: "rm-b" }, "masterId"],
    ];
    for (const [instance, field] of cases)
      assert.deepEqual(problemsOf(instance), [`instances[0].${field}`], JSON.stringify(instance));
  });

  it("CreateDBInstance refuses what contradicts itself", () => {
    const params = {
      ...{ RegionId: "cn-hangzhou", Engine: "SQLServer", DBInstanceClass: "mssql.x4.medium.s2" },
      ...{ DBInstanceStorage: "100", DBInstanceNetType: "Intranet", SecurityIPList: "127.0.0.1" },
    };
    for (const more of [
      { EngineVersion: "2019_std_ha", PayType: "Serverless", Category: "HighAvailability" },
      { EngineVersion: "2019_std_sl", PayType: "Postpaid" },
      { EngineVersion: "2019_web", PayType: "Postpaid", ZoneIdSlave1: "cn-hangzhou-i" },
    ])
      assert.equal(
        cloud().call("CreateDBInstance", { ...params, ...more }).code,
        "InvalidParameterCombination",
      );
  });
});

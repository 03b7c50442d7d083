import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { firstOf, listOf, ProviderClient, refusedWith } from "./providerForm.js";

/** What the provider sends for a clone of a backup set: no token, and the storage type even where it is not declared. */
const asked = {
  ...{ DBInstanceId: "rm-prod", BackupId: "102", PayType: "Postpaid", DBInstanceStorageType: "" },
  ...{ DBInstanceClass: "mssql.x8.large.s2", DBInstanceStorage: 600 },
};

describe("simulator: rds.RdsCloneDbInstance of the alicloud provider", () => {
  let sim: Simulator;
  let provider: ProviderClient;
  beforeEach(async () => {
    const set = {
      end: "2026-02-28T18:40:00Z",
      databases: { orders: "orders-february", crm: "crm-february" },
    };
    sim = await startSimulator({
      clock: "virtual",
      world: {
        now: "2026-03-01T02:00:00Z",
        instances: [
          {
            id: "rm-prod",
            ipArrays: { default: "10.0.0.0/8" },
            parameters: { "nested triggers": "0" },
            retentionDays: 14,
            databases: [
              { name: "orders", sizeGiB: 40, content: "orders-march", users: { app: "ReadWrite" } },
              { name: "crm", content: "crm-march", contentSince: "2026-03-01T01:00:00Z" },
            ],
            backups: [{ id: "102", start: "2026-02-28T18:00:00Z", ...set }],
          },
        ],
      },
    });
    provider = new ProviderClient(sim.url);
  });
  afterEach(() => sim.close());

  const clone = async (params: Record<string, string | number> = {}) =>
    String((await provider.rds("CloneDBInstance", { ...asked, ...params }))["DBInstanceId"]);
  const attribute = async (DBInstanceId: string) =>
    firstOf(
      await provider.rds("DescribeDBInstanceAttribute", { DBInstanceId }),
      "Items",
      "DBInstanceAttribute",
    );
  const contents = (id: string) =>
    Object.fromEntries(
      (sim.world().instances.find((instance) => instance.id === id)?.databases ?? []).map(
        ({ name, content }) => [name, content],
      ),
    );

  it("is Creating and then Running, with what was asked for and else what its source has", async () => {
    const id = await clone();
    assert.equal((await attribute(id))["DBInstanceStatus"], "Creating");
    sim.advance("10m");
    const [one, source] = [await attribute(id), await attribute("rm-prod")];
    assert.deepEqual(
      [one["DBInstanceStatus"], one["DBInstanceClass"], one["DBInstanceStorage"]],
      ["Running", asked.DBInstanceClass, asked.DBInstanceStorage],
    );
    for (const name of [
      "Engine",
      "EngineVersion",
      "Category",
      "DBInstanceStorageType",
      "InstanceNetworkType",
    ])
      assert.equal(one[name], source[name], name);
    for (const name of ["VSwitchId", "VpcId", "ZoneId", "Port", "PayType"])
      assert.equal(one[name], source[name], name);
    assert.notEqual(one["ConnectionString"], source["ConnectionString"]);
    const list = await provider.rds("DescribeDBInstanceIPArrayList", { DBInstanceId: id });
    assert.equal(firstOf(list, "Items", "DBInstanceIPArray")["SecurityIPList"], "10.0.0.0/8");
    assert.equal(
      (await provider.rds("DescribeBackupPolicy", { DBInstanceId: id }))["BackupRetentionPeriod"],
      14,
    );
  });

  it("holds what the set held, with the accounts and their rights, and has no backup of its own", async () => {
    const id = await clone();
    sim.advance("10m");
    assert.deepEqual(contents(id), { orders: "orders-february", crm: "crm-february" });
    const [account] = listOf(
      await provider.rds("DescribeAccounts", { DBInstanceId: id }),
      "Accounts",
      "DBInstanceAccount",
    );
    assert.equal(account?.["AccountName"], "app");
    assert.deepEqual(
      listOf(account ?? {}, "DatabasePrivileges", "DatabasePrivilege").map((right) => right["DBName"]),
      ["orders"],
    );
    assert.deepEqual(
      listOf(await provider.rds("DescribeBackups", { DBInstanceId: id }), "Items", "Backup"),
      [],
    );
  });

  it("holds what the databases held at a moment, and only those that are named", async () => {
    const id = await clone({ BackupId: "", RestoreTime: "2026-03-01T00:00:00Z" });
    assert.deepEqual(contents(id), { orders: "orders-february", crm: "crm-february" });
    assert.deepEqual(contents(await clone({ DbNames: "crm" })), { crm: "crm-february" });
  });

  it("is deleted like any other instance", async () => {
    const id = await clone();
    sim.advance("10m");
    await provider.rds("DeleteDBInstance", { DBInstanceId: id, ReleasedKeepPolicy: "None" });
    sim.advance("1m");
    assert.equal(
      await refusedWith(provider.rds("DescribeDBInstanceAttribute", { DBInstanceId: id })),
      "InvalidDBInstanceName.NotFound",
    );
  });

  it("is refused where it cannot be had", async () => {
    const cases: [Record<string, string | number>, string][] = [
      [{ BackupId: "" }, "InvalidBackupIdOrRestoreTime.NotFound"],
      [{ BackupId: "999" }, "InvalidBackupSetID"],
      [{ RestoreTime: "2026-03-01T00:00:00Z" }, "ErrorParametersConflict"],
      [{ BackupType: "IncrementalBackup" }, "InvalidParameter"],
      [{ DbNames: "crm,gone" }, "InvalidDBName.NotFound"],
      [{ DBInstanceStorage: 400 }, "InvalidRecoveryDbInstance.StorageSize"],
      [{ RestoreTable: "1" }, "SimulatorUnsupportedParameter"],
    ];
    for (const [params, code] of cases)
      assert.equal(await refusedWith(clone(params)), code, JSON.stringify(params));
  });
});

import assert from "node:assert/strict";
import { cloud, smallCompany } from "./cloud.js";

const prod = { DBInstanceId: "rm-prod" };
const day = 24 * 3600;
const [first, staging] = smallCompany.instances;
const prodWith = (patch: object) => ({ ...smallCompany, instances: [{ ...first, ...patch }, staging] });
const copyOf = (time: string) => ({
  ...prod,
  TargetDBInstanceId: "rm-staging",
  DbNames: '{"orders":"orders"}',
  RestoreTime: time,
});

describe("simulator: time that passes by itself", () => {
  it("backs up the log every interval, so that the restorable window grows", () => {
    const rds = cloud();
    assert.equal(rds.instance("rm-prod").logs[0]?.to, "2026-03-01T01:30:00Z");
    rds.wait(30 * 60 - 1);
    assert.equal(
      rds.call("CopyDatabaseBetweenInstances", copyOf("2026-03-01T02:10:00Z")).code,
      "InvalidParamTableMeta.RestoreTime",
    );
    rds.wait(1);
    assert.equal(rds.call("CopyDatabaseBetweenInstances", copyOf("2026-03-01T02:10:00Z")).status, 200);
    assert.deepEqual(rds.instance("rm-prod").logs, [
      { from: "2026-02-27T18:00:00Z", to: "2026-03-01T02:30:00Z" },
    ]);
  });

  it("changes nothing of the world between two log backups", () => {
    const rds = cloud();
    const before = rds.world;
    rds.wait(1000);
    rds.ask("DescribeDatabases", prod);
    assert.equal(rds.world, before);
  });

  it("ends at the same place in one leap and in many steps", () => {
    const [leap, steps] = [cloud(), cloud()];
    leap.wait(5 * 3600 + 7);
    leap.ask("DescribeDatabases", prod);
    for (let minute = 0; minute < 300; minute += 5) {
      steps.wait(300);
      steps.ask("DescribeDatabases", prod);
    }
    assert.deepEqual(leap.instance("rm-prod"), steps.instance("rm-prod"));
  });

  it("leaves a gap where the chain was broken, and begins anew behind it", () => {
    const rds = cloud(prodWith({ logs: [{ from: "2026-02-27T18:00:00Z", to: "2026-02-28T20:00:00Z" }] }));
    rds.wait(3600);
    rds.ask("DescribeDatabases", prod);
    assert.deepEqual(rds.instance("rm-prod").logs, [
      { from: "2026-02-27T18:00:00Z", to: "2026-02-28T20:00:00Z" },
      { from: "2026-03-01T02:00:00Z", to: "2026-03-01T03:00:00Z" },
    ]);
  });

  it("backs up no log under the simple model, of an instance that does not run, or before a full set", () => {
    for (const patch of [
      { recoveryModel: "Simple" },
      { recoveryModel: "simple" },
      { status: "Stopped" },
      { backups: [], logs: [] },
    ]) {
      const rds = cloud(prodWith(patch));
      const before = rds.instance("rm-prod").logs;
      rds.wait(3600);
      rds.ask("DescribeDatabases", prod);
      assert.deepEqual(rds.instance("rm-prod").logs, before);
    }
  });

  it("begins the log of a new instance with its first backup", () => {
    const rds = cloud({ ...smallCompany, instances: [{ ...first, backups: [], logs: [] }, staging] });
    rds.ask("CreateBackup", prod);
    rds.wait(3600);
    assert.equal(rds.call("CopyDatabaseBetweenInstances", copyOf("2026-03-01T02:45:00Z")).status, 200);
  });

  it("lets sets go after the days they are kept, and logs after theirs", () => {
    const rds = cloud(prodWith({ logRetentionDays: 8 }));
    const ids = () => {
      rds.ask("DescribeBackups", prod);
      return rds.instance("rm-prod").backups.map(({ id }) => id);
    };
    rds.wait(5 * day);
    assert.deepEqual(ids(), ["101", "102"]);
    rds.wait(day);
    assert.deepEqual(ids(), ["102"]);
    assert.equal(rds.instance("rm-prod").logs[0]?.from, "2026-02-27T18:00:00Z");
    rds.wait(day);
    assert.deepEqual(ids(), []);
    assert.equal(rds.instance("rm-prod").logs[0]?.from, "2026-02-28T02:00:00Z");
  });

  it("makes a set every evening where the world says so: full, and two incremental ones", () => {
    const rds = cloud(prodWith({ automaticBackups: true, backups: [], logs: [], retentionDays: 30 }));
    rds.wait(4 * day);
    rds.ask("DescribeBackups", prod);
    const sets = rds.instance("rm-prod").backups;
    assert.deepEqual(
      sets.map(({ start, type }) => [start, type]),
      [
        ["2026-03-01T18:00:00Z", "FullBackup"],
        ["2026-03-02T18:00:00Z", "IncrementalBackup"],
        ["2026-03-03T18:00:00Z", "IncrementalBackup"],
        ["2026-03-04T18:00:00Z", "FullBackup"],
      ],
    );
    assert.equal(new Set(sets.map(({ id }) => id)).size, 4);
    assert.equal(sets[0]?.databases["orders"], "orders-march");
    assert.equal(rds.call("CopyDatabaseBetweenInstances", copyOf("2026-03-05T01:00:00Z")).status, 200);
  });

  it("makes the same sets in one leap and in many steps", () => {
    const world = prodWith({ automaticBackups: true });
    const [leap, steps] = [cloud(world), cloud(world)];
    leap.wait(10 * day);
    leap.ask("DescribeBackups", prod);
    for (let hour = 0; hour < 240; hour += 1) {
      steps.wait(3600);
      steps.ask("DescribeBackups", prod);
    }
    assert.deepEqual(leap.instance("rm-prod").backups, steps.instance("rm-prod").backups);
  });

  it("keeps a set as long as the call that made it said", () => {
    const rds = cloud();
    rds.ask("CreateBackup", { ...prod, BackupRetentionPeriod: "30" });
    rds.wait(29 * day);
    rds.ask("DescribeBackups", prod);
    assert.equal(rds.instance("rm-prod").backups.length, 1);
    rds.wait(2 * day);
    rds.ask("DescribeBackups", prod);
    assert.equal(rds.instance("rm-prod").backups.length, 0);
  });

  it("keeps what had expired before the world began, which was meant to be there", () => {
    const old = { id: "old", start: "2025-06-01T00:00:00Z", end: "2025-06-01T01:00:00Z" };
    const rds = cloud(prodWith({ backups: [old] }));
    rds.wait(3 * day);
    rds.ask("DescribeBackups", prod);
    assert.deepEqual(
      rds.instance("rm-prod").backups.map(({ id }) => id),
      ["old"],
    );
  });

  it("fills the disk, and locks the instance when it is full", () => {
    const growing = { name: "orders", sizeGiB: 90, growsGiBPerDay: 5 };
    const rds = cloud(prodWith({ storageGiB: 100, databases: [growing] }));
    rds.wait(day);
    rds.ask("DescribeResourceUsage", prod);
    assert.equal(Math.round(rds.database("rm-prod", "orders")?.sizeGiB ?? 0), 95);
    assert.equal(rds.instance("rm-prod").lockMode, "Unlock");
    rds.wait(day + 1800);
    assert.equal(rds.call("CreateDatabase", { ...prod, DBName: "fresh" }).code, "OperationDenied.LockMode");
    assert.equal(rds.instance("rm-prod").lockMode, "LockByDiskQuota");
  });
});

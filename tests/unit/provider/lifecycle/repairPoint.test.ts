import assert from "node:assert/strict";
import { groupByPoint } from "../../../../provider/src/lifecycle/repairPoint";
import type { CopyState, DatabaseState } from "../../../../provider/src/lifecycle/state";
import type { RestorePoint } from "../../../../provider/src/copy/restorePoint";
import type { BackupSet } from "../../../../provider/src/rds/rdsApi";
import { testRun } from "./testRun";

const usable = (backupId: string): BackupSet => ({
  backupId,
  status: "Success",
  type: "FullBackup",
  method: "Physical",
  startTime: "2026-02-28T18:00:00Z",
  endTime: "2026-02-28T18:40:00Z",
  available: true,
  databases: [],
});

const made = (name: string, restorePoint?: RestorePoint): DatabaseState => ({
  sourceName: name,
  targetName: name,
  status: "Missing",
  origin: "copied",
  ...(restorePoint ? { restorePoint } : {}),
});

async function group(
  databases: Readonly<Record<string, DatabaseState>>,
  missing: Readonly<Record<string, string>>,
  { sets = [] as readonly BackupSet[], pin = {} } = {},
) {
  const run = testRun({ describeBackups: () => Promise.resolve(sets) });
  const inputs = {
    sourceDbInstanceId: "rm-prod",
    targetDbInstanceId: "rm-staging",
    dbNames: missing,
    ...pin,
  };
  const old = { databases } as unknown as CopyState;
  const groups = await groupByPoint(run.rds(undefined), old, inputs, missing, run);
  return { groups, said: run.said, calls: run.calls };
}

const backup = (backupId: string) => ({ kind: "backup", backupId }) as const;
const time = { kind: "time", restoreTime: "2026-02-28T12:00:00Z" } as const;

describe("the moment from which a missing database is copied", () => {
  it("is the one that it had, so that it still fits to the others; a new one is of the latest backup", async () => {
    const databases = { Orders: made("Orders", backup("1001")), crm: made("crm", time) };
    const { groups, said } = await group(
      databases,
      { orders: "orders", crm: "crm", billing: "billing" },
      // The service may answer with more than what was asked for.
      { sets: [usable("1000"), usable("1001")] },
    );
    assert.deepEqual(groups, [
      { names: { billing: "billing" }, choice: { kind: "latest" } },
      { names: { crm: "crm" }, choice: time },
      { names: { orders: "orders" }, choice: backup("1001") },
    ]);
    assert.deepEqual(said, []);
  });

  it("is one for all that had the same", async () => {
    const databases = { orders: made("orders", backup("1001")), crm: made("crm", backup("1001")) };
    const { groups } = await group(databases, { orders: "orders", crm: "crm" }, { sets: [usable("1001")] });
    assert.deepEqual(groups, [{ names: { orders: "orders", crm: "crm" }, choice: backup("1001") }]);
  });

  for (const [why, sets] of [
    ["is not listed any more", [usable("1002")]],
    ["cannot be restored any more", [{ ...usable("1001"), available: false }]],
  ] as const) {
    it(`is the latest, with a warning, where its backup ${why}`, async () => {
      const { groups, said } = await group(
        { orders: made("orders", backup("1001")) },
        { orders: "orders" },
        { sets },
      );
      assert.deepEqual(groups, [{ names: { orders: "orders" }, choice: { kind: "latest" } }]);
      assert.match(said.join(), /^warn: orders was made from backup 1001.*latest usable backup instead/);
    });
  }

  it("is the pinned one for all, whatever they had", async () => {
    const databases = { orders: made("orders", backup("1001")), crm: made("crm") };
    const missing = { orders: "orders", crm: "crm" };
    const pinned = await group(databases, missing, { pin: { backupId: "1002" } });
    assert.deepEqual(pinned.groups, [{ names: missing, choice: backup("1002") }]);
    assert.deepEqual(pinned.calls, []);
  });
});

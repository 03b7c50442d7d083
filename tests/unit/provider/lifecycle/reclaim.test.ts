import assert from "node:assert/strict";
import { markOf, markPrefix, receiptKey, receiptOf, receiptValue } from "../../../../provider/src/copy/marks";
import { reclaim, reclaimForeign } from "../../../../provider/src/lifecycle/reclaim";
import type { CopyState, DatabaseState } from "../../../../provider/src/lifecycle/state";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { toUtcSeconds } from "../../../../provider/src/time/moment";
import { inTurn } from "../scriptedRds";
import { testRun } from "./testRun";

const resourceUrn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const inputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders", crm: "crm2" },
  backupId: "1001",
  resourceUrn,
};
const restorePoint = { kind: "backup", backupId: "1001" } as const;
const request = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-target",
  names: inputs.dbNames,
  restorePoint: { backupId: "1001" },
  syncUserPrivilege: false,
  generation: 0,
};
const mark = (source: string) => markOf(resourceUrn, request, source);
const foreignMark = `${markPrefix("urn:of:another")}0123abcd`;

const recorded = (sourceName: string, targetName: string, more: Partial<DatabaseState> = {}) => ({
  sourceName,
  targetName,
  status: "Running",
  origin: "copied" as const,
  restorePoint,
  requestId: "R-1",
  askedAt: "2026-03-01T01:00:00Z",
  ...more,
});
const running = (name: string, description = ""): DatabaseFacts => ({ name, status: "Running", description });

interface Story {
  readonly orders?: DatabaseState;
  readonly crm2?: DatabaseState;
  readonly listed: readonly DatabaseFacts[];
  /** The names of the copy that our receipt tells of, with its request id. */
  readonly receipt?: { readonly names: Readonly<Record<string, string>>; readonly requestId?: string };
}

async function taken({ listed, receipt, ...databases }: Story, how = reclaim) {
  const run = testRun({
    listTags: () =>
      Promise.resolve(
        receipt
          ? {
              [receiptKey(resourceUrn)]: receiptValue(
                receiptOf(
                  { ...request, names: receipt.names },
                  toUtcSeconds(run.clock.now()),
                  receipt.requestId,
                ),
              ),
            }
          : {},
      ),
    describeBackups: inTurn([]),
    describeTasks: inTurn([]),
    describeHistoryTasks: inTurn([]),
  });
  const urn = resourceUrn;
  const old = { targetDbInstanceId: "rm-target", targetNames: [], generation: 0 };
  run.memory.sawOld(urn, urn, old);
  const state = { ...inputs, databases } as unknown as CopyState;
  const end = await how({ rds: run.rds(undefined), inputs, recorded: state, listed }, run);
  return { ...end, calls: run.calls, isUnchanged: end.state === state };
}

const orders = recorded("orders", "orders");
const crm2 = recorded("crm", "crm2");

describe("what a run that was cut off has made", () => {
  it("is not asked for where every name is as the state has it, and no receipt is on", async () => {
    const listed = [running("Orders"), running("crm2")];
    const update = await taken({ orders, crm2, listed });
    assert.deepEqual([update.isUnchanged, update.calls], [true, ["0s listTags rm-target"]]);
    const refresh = await taken(
      { orders, crm2, listed, receipt: { names: { crm: "crm2" } } },
      reclaimForeign,
    );
    assert.deepEqual([refresh.isUnchanged, refresh.calls], [true, []]);
  });

  it("is known by the receipt of a later copy where the database carries the very mark that was recorded", async () => {
    const listed = [running("orders"), running("crm2", mark("crm"))];
    const marked = recorded("crm", "crm2", { mark: mark("crm") });
    const underReceipt = (requestId: string | undefined, askedAt?: string) =>
      taken({
        orders,
        crm2: { ...marked, ...(askedAt ? { askedAt } : {}) },
        listed,
        receipt: { names: { crm: "crm2" }, ...(requestId ? { requestId } : {}) },
      });
    for (const later of [await underReceipt("R-2"), await underReceipt(undefined)]) {
      assert.deepEqual([...later.recognised], ["crm2"]);
      assert.equal(later.state.databases["crm2"]?.status, "Creating");
    }
    for (const same of [await underReceipt("R-1"), await underReceipt(undefined, "2026-03-01T02:00:00Z")])
      assert.ok(same.isUnchanged);
    const other = await taken({
      orders,
      crm2: marked,
      listed,
      receipt: { names: { billing: "b2" }, requestId: "R-2" },
    });
    assert.ok(other.isUnchanged);
  });

  it("is known by its mark, under a name that the state does not tell of; the rest stays", async () => {
    const end = await taken({ orders, listed: [running("orders"), running("CRM2", mark("crm"))] });
    assert.deepEqual([...end.recognised], ["crm2"]);
    assert.deepEqual(end.state.databases, {
      orders,
      crm2: { sourceName: "crm", targetName: "crm2", status: "Creating", origin: "copied", restorePoint },
    });
    assert.equal(end.requestId, undefined);
  });

  it("is known by its receipt, there or still to come, with the request id of its copy", async () => {
    const receipt = { names: { crm: "crm2" }, requestId: "R-2" };
    for (const [listed, status] of [
      [[running("orders")], "Requested"],
      [[running("orders"), running("crm2")], "Creating"],
    ] as const) {
      const end = await taken({ orders, listed, receipt });
      assert.equal(end.requestId, "R-2");
      assert.deepEqual([...end.recognised], ["crm2"]);
      assert.equal(end.state.databases["crm2"]?.status, status);
      assert.equal(end.state.databases["crm2"]?.requestId, "R-2");
    }
  });

  it("takes the place of what was recorded as missing", async () => {
    const missing = recorded("crm", "crm2", { status: "Missing", mark: "an old one" });
    const listed = [running("orders"), running("crm2", mark("crm"))];
    const end = await taken({ orders, crm2: missing, listed });
    assert.deepEqual([...end.recognised], ["crm2"]);
    assert.equal(end.state.databases["crm2"]?.status, "Creating");
  });

  it("is nothing that is there without a mark and without a receipt", async () => {
    for (const description of ["", "theirs", foreignMark]) {
      const end = await taken({ orders, listed: [running("orders"), running("crm2", description)] });
      assert.ok(end.isUnchanged);
      assert.deepEqual([[...end.recognised], [...end.mayCome]], [[], []]);
    }
  });

  it("may still come, where the receipt is of a copy with other inputs", async () => {
    const receipt = { names: { billing: "crm2" }, requestId: "R-2" };
    const end = await taken({ orders, listed: [running("orders")], receipt });
    assert.ok(end.isUnchanged);
    assert.deepEqual([[...end.recognised], [...end.mayCome]], [[], ["crm2"]]);
  });
});

describe("a database that lost the mark that the state tells of", () => {
  const marked = recorded("crm", "crm2", { mark: mark("crm") });
  const listed = [running("orders"), running("crm2", "theirs now")];
  const of = (requestId?: string) => ({ names: { crm: "crm2" }, ...(requestId ? { requestId } : {}) });

  for (const how of [reclaim, reclaimForeign]) {
    it(`is somebody else's, although our receipt of its very copy is still there (${how.name})`, async () => {
      const end = await taken({ orders, crm2: marked, listed, receipt: of("R-1") }, how);
      assert.ok(end.isUnchanged);
      assert.equal(end.recognised.size, 0);
    });

    it(`is ours again, where the receipt is of a later copy (${how.name})`, async () => {
      const end = await taken({ orders, crm2: marked, listed, receipt: of("R-2") }, how);
      assert.deepEqual([...end.recognised], ["crm2"]);
      assert.equal(end.state.databases["crm2"]?.requestId, "R-2");
    });
  }
});

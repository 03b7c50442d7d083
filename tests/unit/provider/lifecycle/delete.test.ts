import assert from "node:assert/strict";
import { markPrefix, receiptKey } from "../../../../provider/src/copy/marks";
import { deleteCopy } from "../../../../provider/src/lifecycle/delete";
import { LifecycleError } from "../../../../provider/src/lifecycle/ending";
import type { CopyState, DatabaseState } from "../../../../provider/src/lifecycle/state";
import { databases, failures, inTurn, type RdsCalls } from "../scriptedRds";
import { copied, stateOf } from "./records";
import { testRun } from "./testRun";

const resourceUrn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const copiedAt = "2026-03-01T01:10:00Z";
const made = (name: string, more: Partial<DatabaseState> = {}) => copied(name, { copiedAt, ...more });
const state = (databases: CopyState["databases"], more: Partial<CopyState> = {}) =>
  stateOf(databases, { targetDbInstanceId: "rm-staging", completedAt: copiedAt, resourceUrn, ...more });
const done = () => Promise.resolve();
const noTags = { listTags: inTurn({}) };

async function destroy(recorded: CopyState, script: Partial<RdsCalls>) {
  const run = testRun(script);
  run.memory.sawOld(resourceUrn, resourceUrn, {
    targetDbInstanceId: "rm-staging",
    targetNames: [],
    generation: 0,
  });
  const failed = await deleteCopy(recorded, run).then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    failed,
    said: run.said.filter((line) => !line.startsWith("status")),
    calls: run.calls.map((call) => call.split(" ").slice(1).join(" ")),
    isDeleted: run.memory.oldOf(resourceUrn) === undefined,
  };
}

describe("a destroy", () => {
  it("drops what was copied, leaves what was taken over and what is somebody else's, and says so", async () => {
    const recorded = state({
      orders: made("ORDERS"),
      reports: made("reports", { origin: "adopted" }),
      crm: made("crm", { status: "Foreign" }),
    });
    const { failed, said, calls, isDeleted } = await destroy(recorded, {
      ...noTags,
      describeDatabases: inTurn(
        databases({ ORDERS: "Running", reports: "Running", crm: "Running" }),
        // Each of the two that may be dropped is looked at once more.
        databases({ ORDERS: "Running", reports: "Running", crm: "Running" }),
        databases({ ORDERS: "Running", reports: "Running", crm: "Running" }),
        databases({ reports: "Running", crm: "Running" }),
      ),
      deleteDatabase: done,
    });
    assert.deepEqual([failed, isDeleted], [undefined, true]);
    assert.deepEqual(
      calls.filter((call) => call.startsWith("delete")),
      ["deleteDatabase rm-staging ORDERS"],
    );
    assert.deepEqual(
      said.map((line) => /Database (\w+) .* (taken over|somebody else)/.exec(line)?.slice(1)),
      [
        ["reports", "taken over"],
        ["crm", "somebody else"],
      ],
    );
  });

  it("leaves a database that was made anew under the name of ours since, as its mark tells right before the drop", async () => {
    const mark = `${markPrefix(resourceUrn)}0123abcd`;
    for (const [recorded, description] of [
      [made("orders", { mark }), ""],
      [made("orders", { mark }), `${mark.slice(0, -1)}e`],
      [made("orders"), `${markPrefix("urn:of:another")}0123abcd`],
    ] as const) {
      const { failed, said, calls } = await destroy(state({ orders: recorded }), {
        ...noTags,
        describeDatabases: inTurn([{ name: "orders", status: "Running", description }]),
        deleteDatabase: done,
      });
      assert.equal(failed, undefined);
      assert.match(said.join(), /Database orders on rm-staging is not the one that was copied/);
      assert.ok(!calls.some((call) => call.startsWith("deleteDatabase")));
    }
  });

  it("is done where the instance is gone", async () => {
    const { failed, isDeleted } = await destroy(state({ orders: made("orders") }), {
      listTags: inTurn(failures.notFound()),
      untagInstance: inTurn(failures.notFound()),
      describeDatabases: inTurn(failures.notFound()),
    });
    assert.deepEqual([failed, isDeleted], [undefined, true]);
  });

  it("takes its receipt off first, while the state still tells of the databases", async () => {
    const script = {
      listTags: inTurn({ [receiptKey(resourceUrn)]: "whatever" }),
      untagInstance: done,
      describeDatabases: inTurn([]),
    };
    const { calls } = await destroy(state({ orders: made("orders") }), script);
    const first = [
      "listTags rm-staging",
      "describeDatabases rm-staging",
      `untagInstance rm-staging ${receiptKey(resourceUrn)}`,
      "describeDatabases rm-staging",
    ];
    assert.deepEqual(calls.slice(0, 4), first);
    const { completedAt: _, ...unfinished } = state({ orders: made("orders") });
    assert.deepEqual((await destroy(unfinished, script)).calls.slice(0, 4), first);
    assert.deepEqual((await destroy(unfinished, { ...script, ...noTags })).calls.slice(0, 4), first);
  });

  it("leaves the tags alone where no receipt is on", async () => {
    const { calls } = await destroy(state({}), { ...noTags, describeDatabases: inTurn([]) });
    assert.deepEqual(calls, ["listTags rm-staging", "describeDatabases rm-staging"]);
  });

  it("takes the receipt off where it is not known whether one is on", async () => {
    const { calls } = await destroy(state({}), {
      listTags: inTurn(failures.signIn()),
      describeDatabases: inTurn(failures.signIn()),
      untagInstance: done,
    });
    assert.deepEqual(
      calls.map((call) => call.split(" ")[0]),
      ["listTags", "describeDatabases", "untagInstance"],
    );
    const defect = await destroy(state({}), { listTags: inTurn(new TypeError("a defect")) });
    assert.ok(defect.failed instanceof TypeError);
  });

  it("fails with every database that could not be dropped, and remembers that the old data is still there", async () => {
    const { failed, isDeleted } = await destroy(state({ orders: made("orders"), crm: made("crm") }), {
      ...noTags,
      describeDatabases: inTurn(databases({ orders: "Running", crm: "Running" })),
      deleteDatabase: inTurn(failures.denied()),
    });
    assert.ok(failed instanceof LifecycleError);
    assert.match(
      failed.message,
      /orders on rm-staging could not be dropped.*\n.*crm on rm-staging could not be dropped/,
    );
    assert.equal(isDeleted, false);
  });

  it("ends at its own time-out, half an hour unless another is set", async () => {
    for (const [timeouts, words] of [
      [{ delete: "5m" }, 300],
      [undefined, 1800],
    ] as const) {
      const run = testRun({ ...noTags, describeDatabases: inTurn(databases({ orders: "Creating" })) });
      const began = run.clock.now();
      const recorded = state({ orders: made("orders") }, timeouts ? { timeouts } : {});
      await assert.rejects(deleteCopy(recorded, run), /When the time-out was reached/);
      assert.equal((run.clock.now() - began) / 1000, words);
    }
  });

  describe("of a database that was asked for and never seen", () => {
    const requested = state({ orders: made("orders", { status: "Requested", requestId: "R-1" }) });
    const noTasks = { describeTasks: inTurn([]), describeHistoryTasks: inTurn([]) };

    it("waits for it first: nobody would know of it when it comes", async () => {
      const { failed, calls } = await destroy(requested, {
        ...noTags,
        ...noTasks,
        describeDatabases: inTurn(
          [],
          [],
          [],
          databases({ orders: "Running" }),
          databases({ orders: "Running" }),
          databases({ orders: "Running" }),
          [],
        ),
        deleteDatabase: done,
      });
      assert.equal(failed, undefined);
      assert.equal(calls.filter((call) => call.startsWith("deleteDatabase")).length, 1);
    });

    it("is done when it does not come", async () => {
      const { failed } = await destroy(requested, { ...noTags, ...noTasks, describeDatabases: inTurn([]) });
      assert.equal(failed, undefined);
    });

    it("fails when it cannot be looked for, and drops nothing", async () => {
      const { failed, calls } = await destroy(requested, {
        ...noTags,
        describeDatabases: inTurn(failures.denied()),
      });
      assert.match(
        String(failed),
        /Database orders on rm-staging could not be looked for, so it was not dropped\. Call answered/,
      );
      assert.ok(!calls.some((call) => call.startsWith("deleteDatabase")));
      const defect = await destroy(requested, {
        ...noTags,
        describeDatabases: inTurn(new TypeError("a defect")),
      });
      assert.ok(defect.failed instanceof TypeError);
    });
  });
});

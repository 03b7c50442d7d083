import assert from "node:assert/strict";
import { markPrefix } from "../../../../provider/src/copy/marks";
import { lastLook, rekeyed, sortUnended } from "../../../../provider/src/lifecycle/drift";
import type { CopyState, DatabaseState } from "../../../../provider/src/lifecycle/state";
import { databases, failures, inTurn, task, type RdsCalls } from "../scriptedRds";
import { copied as record, stateOf } from "./records";
import { testRun } from "./testRun";

const mark = `${markPrefix("urn")}0123abcd`;
const copied = (name: string, more: Partial<DatabaseState> = {}) =>
  record(name, { requestId: "R-1", ...more });
const state = (databases: CopyState["databases"], more: Partial<CopyState> = {}) =>
  stateOf(databases, { dbNames: { orders: "orders", crm: "crm" }, ...more });

describe("what a refresh saw running of a copy that no run saw to its end", () => {
  async function sorted(recorded: CopyState, script: Partial<RdsCalls> = {}) {
    const run = testRun({ describeTasks: inTurn([]), describeHistoryTasks: inTurn([]), ...script });
    const listed = databases({ orders: "Running", crm: "Running" });
    const { underWay, foreign } = await sortUnended(run.rds(undefined), recorded, recorded, listed, run);
    return { underWay: Object.keys(underWay), foreign, said: run.said, calls: run.calls.length };
  }

  it("is waited for, as long as its mark or its end is not recorded", async () => {
    const at = "2026-03-01T01:10:00Z";
    for (const more of [{}, { mark }, { copiedAt: at }])
      assert.deepEqual((await sorted(state({ orders: copied("orders", more) }))).underWay, ["orders"]);
    const ended = state({ orders: copied("orders", { mark, copiedAt: at }) });
    assert.deepEqual(await sorted(ended), { underWay: [], foreign: {}, said: [], calls: 0 });
  });

  it("is nothing that does not run, was taken over, is not declared, or is of a finished copy", async () => {
    for (const recorded of [
      state({ orders: copied("orders", { status: "Creating" }) }),
      state({ orders: copied("orders", { origin: "adopted" }) }),
      state({ billing: copied("billing") }),
      state({ orders: copied("orders") }, { completedAt: "2026-03-01T01:10:00Z" }),
    ])
      assert.deepEqual(await sorted(recorded), { underWay: [], foreign: {}, said: [], calls: 0 });
  });

  it("is somebody else's where the tasks say that its copy failed, which is said", async () => {
    const failed = inTurn([task({ database: "orders", status: "Failed" })]);
    const recorded = state({ orders: copied("orders"), crm: copied("crm") });
    const { underWay, foreign, said } = await sorted(recorded, { describeHistoryTasks: failed });
    assert.deepEqual([underWay, Object.keys(foreign)], [["crm"], ["orders"]]);
    assert.deepEqual(foreign["orders"], copied("orders", { status: "Foreign" }));
    assert.match(said.join(), /^warn: Database orders on rm-target may be somebody else's/);
    const marked = state({ orders: copied("orders", { mark }) });
    assert.deepEqual((await sorted(marked, { describeHistoryTasks: failed })).underWay, ["orders"]);
  });
});

describe("the last look of a run that copied", () => {
  async function seen(describeDatabases: RdsCalls["describeDatabases"], crm = copied("crm")) {
    const run = testRun({ describeDatabases });
    const recorded = state({ orders: copied("orders"), crm });
    const end = await lastLook(run.rds(undefined), recorded, run);
    const statuses = Object.fromEntries(
      Object.entries(end.databases).map(([name, { status }]) => [name, status]),
    );
    return { statuses, reasons: end.reasons, looks: run.calls.length };
  }
  const both = databases({ Orders: "Running", crm: "Running" });
  const one = databases({ crm: "Running" });
  const calm = { statuses: { orders: "Running", crm: "Running" }, reasons: [], looks: 1 };

  it("finds everything there, or one of the two looks does", async () => {
    assert.deepEqual(await seen(inTurn(both)), calm);
    assert.deepEqual(await seen(inTurn(one, both)), { ...calm, looks: 2 });
  });

  it("finds at two looks that something went, which is not called done", async () => {
    const { statuses, reasons, looks } = await seen(inTurn(one));
    assert.deepEqual([statuses, looks], [{ orders: "Missing", crm: "Running" }, 2]);
    assert.deepEqual(reasons, [
      'orders on rm-target went while others were copied: somebody dropped what was there. The next "pulumi up" copies it again.',
    ]);
  });

  it("does not speak of what was not there before, or was not well", async () => {
    const { statuses, reasons } = await seen(
      inTurn(databases({ orders: "Running" })),
      copied("crm", { status: "Foreign" }),
    );
    assert.deepEqual([statuses["orders"], reasons], ["Running", []]);
  });

  it("that fails changes nothing: what was copied is to be recorded", async () => {
    for (const kind of ["throttled", "denied"] as const)
      assert.deepEqual(await seen(inTurn(failures[kind]())), calm);
    await assert.rejects(seen(inTurn(new TypeError("a defect"))), TypeError);
  });
});

describe("the recorded databases under the names as they are declared now", () => {
  it("keep what is no longer declared, and take the spelling of the declaration with its source", () => {
    const recorded = { orders: copied("orders"), billing: copied("billing") };
    assert.deepEqual(rekeyed(recorded, { ...state({}), dbNames: { ORDERS: "Orders" } }), {
      Orders: { ...copied("orders"), sourceName: "ORDERS" },
      billing: copied("billing"),
    });
  });
});

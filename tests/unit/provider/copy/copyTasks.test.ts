import assert from "node:assert/strict";
import { copyTrace, runningCopyTasks, type TraceQuestion } from "../../../../provider/src/copy/copyTasks";
import type { TaskFacts } from "../../../../provider/src/rds/rdsApi";
import { failures, inTurn, task } from "../scriptedRds";

const minute = 60_000;
const announced = Date.parse("2026-11-25T06:00:00Z");

const question: TraceQuestion = {
  instanceId: "rm-target",
  source: "orders",
  target: "orders_qa",
  others: ["crm"],
  from: announced,
  until: announced + 5 * minute,
};

describe("the trace of a copy in the tasks of an instance", () => {
  it("began within minutes of the request, or up to one before, since clocks may differ", async () => {
    const ended = (at: number) => trace({ at, facts: copy({ status: "Finish" }) });
    assert.equal(await ended(announced - minute - 1), "nothing");
    assert.equal(await ended(announced - minute), "made");
    assert.equal(await ended(announced + 5 * minute), "made");
    assert.equal(await ended(announced + 5 * minute + 1), "nothing");
  });

  it("is a task that did not fail; one that failed says that it was not made", async () => {
    const began = (...statuses: string[]) =>
      trace(...statuses.map((status) => ({ at: announced, facts: copy({ status }) })));
    assert.equal(await began("Running"), "made");
    assert.equal(await began("Finish"), "made");
    assert.equal(await began("Failed"), "failed");
    assert.equal(await began("Failed", "Finish"), "made");
    assert.equal(await began(), "nothing");
  });

  it("says nothing where it failed and names another database of the call, too: which of them failed is not told", async () => {
    const failed = (detail: string) => trace({ at: announced, facts: copy({ status: "Failed", detail }) });
    assert.equal(await failed('{"orders":"orders_qa"}'), "failed");
    assert.equal(await failed('{"orders":"orders_qa","crm":"crm"}'), "nothing");
    assert.equal(await failed('{"orders":"orders_qa","crm_2":"crm_2"}'), "failed");
    const together = copy({ status: "Failed", detail: '{"orders":"orders_qa","crm":"crm"}' });
    const alone = copy({ status: "Failed", detail: '{"orders":"orders_qa"}' });
    const tasks = [together, alone].map((facts) => ({ at: announced, facts }));
    assert.equal(await trace(...tasks), "failed");
  });

  it("names the database, whole and in whatever case, by itself or in its detail", async () => {
    const named = (facts: Partial<TaskFacts>, target = "orders_qa") =>
      traceOfOne({ at: announced, facts: copy({ database: "", ...facts }) }, { target });
    assert.equal(await named({ database: "ORDERS_QA" }), "made");
    assert.equal(await named({ detail: '{"orders":"Orders_QA"}' }), "made");
    assert.equal(await named({ detail: "orders to orders_qa_2" }), "nothing");
    assert.equal(await named({ detail: "orders to my_orders_qa" }), "nothing");
    for (const longer of ["orders_qa-old", "new-orders_qa", "orders_qa$1", "orders_qaé"])
      assert.equal(await named({ detail: `{"orders":"${longer}"}` }), "nothing", longer);
    assert.equal(await named({ detail: "orders to orders_qa." }), "made");
    assert.equal(await named({ detail: "" }), "nothing");
    assert.equal(await named({ detail: "orders to a.b" }, "a.b"), "made");
    assert.equal(await named({ detail: "orders to axb" }, "a.b"), "nothing");
    for (const target of ["Größe", "订单", "a+b (c)"])
      assert.equal(await named({ detail: `{"orders":"${target}"}` }, target), "made", target);
  });

  it("of a copy that keeps the name of its source says it twice", async () => {
    const kept = (detail: string, source: string | undefined = "orders") =>
      traceOfOne({ at: announced, facts: copy({ database: "", detail }) }, { target: "Orders", source });
    assert.equal(await kept("orders to orders_qa"), "nothing");
    assert.equal(await kept('{"orders":"orders-qa"}'), "nothing");
    assert.equal(await kept("orders to orders"), "made");
  });

  it("is no task that made, dropped or described the database", async () => {
    for (const action of ["CreateDatabase", "DeleteDatabase", "ModifyDBDescription"])
      assert.equal(await trace({ at: announced, facts: copy({ action }) }), "nothing", action);
    assert.equal(await trace({ at: announced, facts: copy({ action: "RecoveryDBInstance" }) }), "made");
  });

  it("is none where tasks may not be read, and no answer where they could not be read just now", async () => {
    const answered = (history: () => Promise<readonly TaskFacts[]>) =>
      copyTrace({ describeHistoryTasks: history }, question);
    assert.equal(await answered(inTurn(failures.denied())), "nothing");
    assert.equal(await answered(inTurn(failures.refused())), "nothing");
    for (const kind of ["throttled", "unknown", "busy", "unreachable"] as const)
      await assert.rejects(answered(inTurn(failures[kind]())), { name: "RdsFailure" });
    await assert.rejects(answered(inTurn(new TypeError("a defect"))), TypeError);
  });
});

describe("the running tasks of copies", () => {
  it("are those of that action alone; where they cannot be read, there are none", async () => {
    const mine = copy();
    const others = [copy({ action: "DeleteDatabase" })];
    assert.deepEqual(await runningCopyTasks({ describeTasks: inTurn([mine, ...others]) }, "rm-target"), [
      mine,
    ]);
    for (const failure of [failures.denied(), failures.throttled()])
      assert.deepEqual(await runningCopyTasks({ describeTasks: inTurn(failure) }, "rm-target"), []);
    const defect = runningCopyTasks({ describeTasks: inTurn(new TypeError("a defect")) }, "rm-target");
    await assert.rejects(defect, TypeError);
  });
});

interface Began {
  readonly at: number;
  readonly facts: TaskFacts;
}

const trace = (...tasks: readonly Began[]) => traceOf(tasks, {});
const traceOfOne = (began: Began, more: Partial<TraceQuestion>) => traceOf([began], more);

function traceOf(tasks: readonly Began[], more: Partial<TraceQuestion>) {
  const describeHistoryTasks = (_instanceId: string, from: Date, to: Date) =>
    Promise.resolve(
      tasks.filter(({ at }) => at >= from.getTime() && at <= to.getTime()).map(({ facts }) => facts),
    );
  return copyTrace({ describeHistoryTasks }, { ...question, ...more });
}

function copy(facts: Partial<TaskFacts> = {}): TaskFacts {
  return task({ status: "Running", database: "orders_qa", ...facts });
}

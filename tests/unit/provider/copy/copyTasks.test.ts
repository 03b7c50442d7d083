import assert from "node:assert/strict";
import {
  copyTrace,
  failedCopyTasks,
  runningCopyTasks,
  type TraceQuestion,
} from "../../../../provider/src/copy/copyTasks";
import type { TaskFacts } from "../../../../provider/src/rds/rdsApi";
import { failures, inTurn, task } from "../scriptedRds";

const minute = 60_000;
const announced = Date.parse("2026-11-25T06:00:00Z");

const question: TraceQuestion = {
  instanceId: "rm-target",
  source: "orders",
  target: "orders_qa",
  since: announced,
  now: announced + 2 * minute,
};

describe("the trace of a copy in the tasks of an instance", () => {
  it("is seen where the service's clock is some minutes ahead", async () => {
    const ended = { at: announced + 14 * minute, facts: copy({ status: "Finish" }) };
    assert.equal(await trace({ ended: [ended] }), "made");
  });

  it("is not sought before the copy was announced, but for a minute that clocks may differ", async () => {
    const ended = (at: number) => ({ at, facts: copy({ status: "Finish" }) });
    assert.equal(await trace({ ended: [ended(announced - minute)] }), "made");
    assert.equal(await trace({ ended: [ended(announced - minute - 1)] }), "none");
  });

  it("is not sought after a minute from when nobody asked any more", async () => {
    const until = announced + minute;
    const ended = (at: number) => ({ at, facts: copy({ status: "Finish" }) });
    assert.equal(await trace({ ended: [ended(until + minute)] }, { until }), "made");
    assert.equal(await trace({ ended: [ended(until + minute + 1)] }, { until }), "none");
    assert.equal(await trace({ running: [copy()] }, { until }), "none");
  });

  it("is a task that runs, or one that ended well; one that failed says that it was not made", async () => {
    const ended = (...statuses: string[]) =>
      statuses.map((status) => ({ at: announced, facts: copy({ status }) }));
    assert.equal(await trace({ running: [copy()] }), "made");
    assert.equal(await trace({ ended: ended("Finish") }), "made");
    assert.equal(await trace({ ended: ended("Failed") }), "failed");
    assert.equal(await trace({ ended: ended("Failed", "Finish") }), "made");
    assert.equal(await trace({ ended: ended("Failed"), running: [copy({ database: "crm" })] }), "failed");
    assert.equal(await trace({}), "none");
  });

  it("names the database, whole and in whatever case, by itself or in its detail", async () => {
    const named = (facts: Partial<TaskFacts>, target = "orders_qa") =>
      trace({ running: [copy({ database: "", ...facts })] }, { target });
    assert.equal(await named({ database: "ORDERS_QA" }), "made");
    assert.equal(await named({ detail: '{"orders":"Orders_QA"}' }), "made");
    assert.equal(await named({ detail: "orders to orders_qa_2" }), "none");
    assert.equal(await named({ detail: "orders to my_orders_qa" }), "none");
    assert.equal(await named({ detail: "" }), "none");
    assert.equal(await named({ detail: "orders to a.b" }, "a.b"), "made");
    assert.equal(await named({ detail: "orders to axb" }, "a.b"), "none");
  });

  it("of a copy that keeps the name of its source says it twice", async () => {
    const kept = (detail: string) =>
      trace({ running: [copy({ database: "", detail })] }, { target: "Orders" });
    assert.equal(await kept("orders to orders_qa"), "none");
    assert.equal(await kept("orders to orders"), "made");
  });

  it("is no task that made, dropped or described the database", async () => {
    for (const action of ["CreateDatabase", "DeleteDatabase", "ModifyDBDescription"])
      assert.equal(await trace({ running: [copy({ action })] }), "none", action);
    assert.equal(await trace({ running: [copy({ action: "RecoveryDBInstance" })] }), "made");
  });

  it("is none where tasks may not be read, and no answer where they could not be read just now", async () => {
    const ask = (running: () => Promise<readonly TaskFacts[]>, ended: () => Promise<readonly TaskFacts[]>) =>
      copyTrace({ describeTasks: running, describeHistoryTasks: ended }, question);
    assert.equal(await ask(inTurn(failures.denied()), inTurn(failures.refused())), "none");
    for (const kind of ["throttled", "unknown", "busy", "unreachable"] as const) {
      await assert.rejects(ask(inTurn(failures[kind]()), inTurn([])), { name: "RdsFailure" });
      await assert.rejects(ask(inTurn([]), inTurn(failures[kind]())), { name: "RdsFailure" });
    }
    await assert.rejects(ask(inTurn(new TypeError("a defect")), inTurn([])), TypeError);
  });
});

describe("the tasks of copies", () => {
  it("are those of that action alone; where they cannot be read, there are none to tell of", async () => {
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

  it("that failed are told with their code, if there is one, and if they are not of another database", async () => {
    const ended = [
      copy({ status: "Failed", errorCode: "DiskFull", database: "ORDERS" }),
      copy({ status: "Failed", database: "" }),
      copy({ status: "Failed", database: "crm" }),
      copy({ status: "Finish", database: "orders" }),
      copy({ status: "Failed", action: "DeleteDatabase" }),
    ];
    const told = await failedCopyTasks(
      { describeHistoryTasks: inTurn(ended) },
      { instanceId: "rm-target", names: ["orders"], since: announced, now: announced },
    );
    assert.deepEqual(told, [
      "The copy task on rm-target failed: DiskFull.",
      "The copy task on rm-target failed.",
    ]);
  });
});

interface Tasks {
  readonly running?: readonly TaskFacts[];
  readonly ended?: readonly { readonly at: number; readonly facts: TaskFacts }[];
}

function trace({ running = [], ended = [] }: Tasks, more: Partial<TraceQuestion> = {}) {
  return copyTrace(
    {
      describeTasks: () => Promise.resolve(running),
      describeHistoryTasks: (_instanceId, from, to) =>
        Promise.resolve(
          ended.filter(({ at }) => at >= from.getTime() && at <= to.getTime()).map(({ facts }) => facts),
        ),
    },
    { ...question, ...more },
  );
}

function copy(facts: Partial<TaskFacts> = {}): TaskFacts {
  return task({ status: "Running", database: "orders_qa", ...facts });
}

import assert from "node:assert/strict";
import { copyTrace, type TraceQuestion } from "../../../../provider/src/copy/copyTasks";
import type { TaskFacts } from "../../../../provider/src/rds/rdsApi";
import { task } from "../scriptedRds";

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

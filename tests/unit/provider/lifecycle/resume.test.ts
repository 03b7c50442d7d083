import assert from "node:assert/strict";
import { markPrefix } from "../../../../provider/src/copy/marks";
import { LifecycleError } from "../../../../provider/src/lifecycle/ending";
import { sortForResume, type ResumeOptions } from "../../../../provider/src/lifecycle/resume";
import type { CopyState, DatabaseState } from "../../../../provider/src/lifecycle/state";
import { databases, inTurn, type RdsCalls } from "../scriptedRds";
import { testRun } from "./testRun";

const resourceUrn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const foreignMark = `${markPrefix("urn:of:another")}0123abcd`;
const creating: DatabaseState = {
  sourceName: "orders",
  targetName: "orders",
  status: "Creating",
  origin: "copied",
  requestId: "R-1",
};
const inputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: { orders: "orders" },
  resourceUrn,
};

/** Where tasks are asked for, none speaks of anything. */
const noTasks = { describeTasks: inTurn([]), describeHistoryTasks: inTurn([]) };

function sort(
  recorded: Partial<DatabaseState> | undefined,
  listed: ReturnType<typeof databases>,
  more: Partial<ResumeOptions> = {},
  script: Partial<RdsCalls> = noTasks,
) {
  const run = testRun(script);
  const state = recorded === undefined ? {} : { orders: { ...creating, ...recorded } };
  const old = { ...inputs, databases: state, startedAt: "2026-03-01T01:00:00Z" } as unknown as CopyState;
  const options: ResumeOptions = {
    rds: run.rds(undefined),
    deadline: run.clock.now() + 3_600_000,
    old,
    inputs,
    names: inputs.dbNames,
    listed,
    recognised: new Set(),
    mayCome: new Set(),
    ...more,
  };
  return { sorted: sortForResume(options, run), calls: run.calls };
}

const nothing = { underWay: {}, missing: {}, beingDeleted: [] };

describe("what is left to do for an unfinished database", () => {
  it("is to wait for it, where the copy that the state tells of is under way", async () => {
    assert.deepEqual(await sort({}, databases({ Orders: "Creating" })).sorted, {
      ...nothing,
      underWay: { orders: { ...creating, targetName: "Orders" } },
    });
  });

  it("is to copy it, where it is not there", async () => {
    assert.deepEqual(await sort({ status: "Missing" }, []).sorted, { ...nothing, missing: inputs.dbNames });
    assert.deepEqual(await sort(undefined, databases({ crm: "Running" })).sorted, {
      ...nothing,
      missing: inputs.dbNames,
    });
  });

  it("is to copy it when it is gone, where somebody is dropping it", async () => {
    assert.deepEqual(await sort({}, databases({ ORDERS: "Deleting" })).sorted, {
      ...nothing,
      missing: inputs.dbNames,
      beingDeleted: ["ORDERS"],
    });
  });

  for (const [what, recorded, listed] of [
    ["was recorded as missing and is there again", { status: "Missing" }, databases({ orders: "Running" })],
    ["was never recorded", undefined, databases({ orders: "Running" })],
    [
      "carries the mark of another resource",
      {},
      databases({ orders: "Running" }).map((one) => ({ ...one, description: foreignMark })),
    ],
    [
      "has no task that speaks for it, and the answer to its copy was lost",
      { status: "Requested", requestId: undefined },
      databases({ orders: "Running" }),
    ],
  ] as const) {
    it(`is nothing, and it is told whose it seems, where it ${what}`, async () => {
      await assert.rejects(
        sort(recorded as Partial<DatabaseState> | undefined, listed).sorted,
        (error) => error instanceof LifecycleError && /\[target-name-taken\].*orders/.test(error.message),
      );
    });

    it(`is to take it over where that was asked for, and it ${what}`, async () => {
      const { sorted } = sort(recorded as Partial<DatabaseState> | undefined, listed, {
        inputs: { ...inputs, adoptExisting: true },
      });
      assert.deepEqual(await sorted, {
        ...nothing,
        underWay: {
          orders: { sourceName: "orders", targetName: "orders", status: "Running", origin: "adopted" },
        },
      });
    });
  }

  it("is to wait for it, whatever else speaks against it, where it was recognised just now", async () => {
    const listed = databases({ orders: "Running" });
    const { sorted, calls } = sort({ status: "Creating", mark: "lost" }, listed, {
      recognised: new Set(["orders"]),
    });
    assert.deepEqual(Object.keys((await sorted).underWay), ["orders"]);
    assert.deepEqual(calls, []);
  });
});

describe("a database that was asked for and is not listed", () => {
  const late = { ...noTasks, describeDatabases: inTurn([], databases({ orders: "Creating" })) };

  it("is given the time to show itself", async () => {
    const { sorted } = sort({ status: "Requested" }, [], {}, late);
    assert.deepEqual(Object.keys((await sorted).underWay), ["orders"]);
  });

  it("also where an earlier copy of this resource may still bring it", async () => {
    const { sorted } = sort({ status: "Missing" }, [], { mayCome: new Set(["orders"]) }, late);
    await assert.rejects(sorted, /\[target-name-taken\]/);
  });

  it("is not waited for where nobody asked for it", async () => {
    const { sorted, calls } = sort({ status: "Missing" }, [], {}, late);
    assert.deepEqual(await sorted, { ...nothing, missing: inputs.dbNames });
    assert.deepEqual(calls, []);
  });
});

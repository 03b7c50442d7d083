import assert from "node:assert/strict";
import {
  isAtRest,
  isGone,
  isRunning,
  neverSeen,
  seen,
  statusText,
  type WatchedDatabase,
} from "../../../../provider/src/copy/watchedDatabase";
import { databases, task } from "../scriptedRds";

const requested = neverSeen("orders");
const creating: WatchedDatabase = { targetName: "orders", spelling: "Orders", status: "Creating" };
const missing: WatchedDatabase = { targetName: "orders", status: "Missing" };

describe("a database that is watched", () => {
  it("is as the look shows it, under the service's spelling", () => {
    for (const before of [requested, creating, missing]) {
      assert.deepEqual(seen(before, databases({ crm: "Running", ORDERS: "Cold" }), []), {
        targetName: "orders",
        spelling: "ORDERS",
        status: "Cold",
      });
    }
  });

  it("is missing when it was there and is no more, gone at the second look, and stays as it was when it never was", () => {
    const others = databases({ orders_2: "Running" });
    assert.deepEqual(seen(requested, others, []), requested);
    const first = seen(creating, others, []);
    assert.deepEqual(first, { ...missing, absentLooks: 1 });
    const second = seen(first, others, []);
    assert.deepEqual(second, { ...missing, absentLooks: 2 });
    assert.deepEqual([creating, requested, first, second].map(isGone), [false, false, false, true]);
  });

  it("is another one where the first look finds it without the mark of an earlier run", () => {
    const [found] = databases({ Orders: "Running" });
    const first = (carriesItsMark: boolean | undefined) =>
      seen(requested, found ? [found] : [], [], () => carriesItsMark).status;
    assert.deepEqual([first(true), first(undefined), first(false)], ["Running", "Running", "Missing"]);
  });

  it("is there again with its mark, whenever; without a mark of ours, after a single look without it", () => {
    const [found] = databases({ Orders: "Creating" });
    const again = (absentLooks: number, carriesItsMark: boolean | undefined) =>
      seen({ ...missing, absentLooks }, found ? [found] : [], [], () => carriesItsMark);
    for (const [absentLooks, carriesItsMark] of [
      [1, true],
      [9, true],
      [1, undefined],
    ] as const)
      assert.deepEqual(again(absentLooks, carriesItsMark), {
        targetName: "orders",
        spelling: "Orders",
        status: "Creating",
      });
    for (const [absentLooks, carriesItsMark] of [
      [1, false],
      [2, false],
      [2, undefined],
    ] as const) {
      const replaced = again(absentLooks, carriesItsMark);
      assert.deepEqual(replaced, { ...missing, absentLooks: 2, isReplaced: true });
      assert.ok(isGone(replaced));
    }
  });

  describe("has the percentage", () => {
    const listed = databases({ Orders: "Creating" });
    const percentBy = (...tasks: Parameters<typeof task>[0][]) =>
      seen(creating, listed, tasks.map(task)).percent;

    it("of its own task, else of the one that names no database, and of no other", () => {
      assert.equal(percentBy({ database: "", percent: 10 }, { database: "ORDERS", percent: 43 }), 43);
      assert.equal(percentBy({ database: "crm", percent: 99 }, { database: "", percent: 10 }), 10);
      assert.equal(percentBy({ database: "crm", percent: 99 }), undefined);
    });

    it("from the first one on, and none where its own task tells none", () => {
      assert.equal(percentBy({ database: "orders", percent: 0 }), 0);
      const untold = seen(creating, listed, [task({ database: "orders" }), task({ percent: 10 })]);
      assert.deepEqual(untold, creating);
    });

    it("no longer when it runs", () => {
      const done = seen(creating, databases({ Orders: "Running" }), [
        task({ database: "orders", percent: 99 }),
      ]);
      assert.deepEqual(done, { ...creating, status: "Running" });
    });
  });

  for (const [status, runs, rests, text] of [
    ["Running", true, true, "Running"],
    ["Requested", false, true, "not seen yet"],
    ["Missing", false, true, "Missing"],
    ["Creating", false, false, "Creating"],
    ["Deleting", false, false, "Deleting"],
    ["", false, false, "of unknown status"],
  ] as const) {
    it(`${runs ? "runs" : "does not run"} and is ${rests ? "" : "not "}at rest: ${text}`, () => {
      const database = { targetName: "orders", status };
      assert.deepEqual([isRunning(database), isAtRest(database), statusText(database)], [runs, rests, text]);
    });
  }
});

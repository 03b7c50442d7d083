import assert from "node:assert/strict";
import { untilListed } from "../../../../provider/src/copy/untilListed";
import { fakeClock } from "../fakeClock";
import { databases, failures, inTurn, scriptedRds, task, type RdsCalls } from "../scriptedRds";

const none = databases({ reports: "Running" });
const there = databases({ reports: "Running", ORDERS: "Creating" });
const busyWith = (database: string) => task({ database, status: "Running" });

async function play(
  script: Partial<RdsCalls>,
  names = ["orders"],
  listed?: typeof none,
  { abortAt }: { readonly abortAt?: number } = {},
) {
  const clock = fakeClock();
  const stop = new AbortController();
  if (abortAt === 0) stop.abort();
  else if (abortAt !== undefined) clock.at(abortAt, () => stop.abort());
  const { rds, names: calls } = scriptedRds(script, clock);
  const found = await untilListed({
    rds,
    clock,
    signal: stop.signal,
    deadline: clock.now() + 30 * 60_000,
    instanceId: "rm-staging",
    names,
    ...(listed ? { listed } : {}),
  });
  return { found, calls, seconds: clock.elapsed() / 1000 };
}

describe("waiting until what was asked for is listed", () => {
  it("ends with the look that shows it, in any case", async () => {
    const { found, seconds } = await play({ describeDatabases: inTurn(none, none, there) });
    assert.deepEqual([found, seconds], [there, 2]);
  });

  it("needs no look where one was made just now, and no wait for no names", async () => {
    const shown = await play({}, ["orders"], there);
    assert.deepEqual([shown.found, shown.calls(), shown.seconds], [there, [], 0]);
    const nothing = await play({}, [], none);
    assert.deepEqual([nothing.found, nothing.calls()], [none, []]);
  });

  it("looks anew after the look that was made before", async () => {
    const { found, calls } = await play({ describeDatabases: inTurn(there) }, ["orders"], none);
    assert.deepEqual([found, calls()], [there, ["describeDatabases"]]);
  });

  it("waits for all of them", async () => {
    const both = databases({ orders: "Creating", crm: "Creating" });
    const { found } = await play({ describeDatabases: inTurn(there, both) }, ["orders", "crm"]);
    assert.deepEqual(found, both);
  });

  it("gives up after a minute in which nothing speaks for it", async () => {
    const { found, seconds } = await play({
      describeDatabases: inTurn(none),
      describeTasks: inTurn([busyWith("crm"), task({ action: "DeleteDatabase", database: "orders" })]),
    });
    assert.deepEqual([found, seconds], [none, 60]);
  });

  it("goes on as long as a running copy names one that is missing", async () => {
    const { found, seconds } = await play({
      describeDatabases: inTurn(none),
      describeTasks: inTurn([busyWith("x"), busyWith("Orders")], [busyWith("orders")], []),
    });
    assert.deepEqual(found, none);
    assert.ok(seconds > 60 && seconds < 70, `${seconds} s`);
  });

  it("does not count a task for one that is listed by now", async () => {
    const { seconds } = await play(
      { describeDatabases: inTurn(there), describeTasks: inTurn([busyWith("orders")]) },
      ["orders", "crm"],
    );
    assert.equal(seconds, 60);
  });

  it("goes on when the tasks cannot be read for a moment, and not when they may not be read", async () => {
    const passing = await play({
      describeDatabases: inTurn(none),
      describeTasks: inTurn(failures.throttled(), failures.unknown(), []),
    });
    assert.ok(passing.seconds > 60, `${passing.seconds} s`);
    const denied = await play({ describeDatabases: inTurn(none), describeTasks: inTurn(failures.denied()) });
    assert.equal(denied.seconds, 60);
    const defect = play({
      describeDatabases: inTurn(none),
      describeTasks: inTurn(new TypeError("a defect")),
    });
    await assert.rejects(defect, TypeError);
  });

  it("ends when it is called off, with the last look, if there was one", async () => {
    const later = await play({ describeDatabases: inTurn(none) }, ["orders"], undefined, { abortAt: 5500 });
    assert.deepEqual([later.found, later.seconds, later.calls().length], [none, 5.5, 6]);
    const atOnce = await play({}, ["orders"], undefined, { abortAt: 0 });
    assert.deepEqual([atOnce.found, atOnce.calls()], [[], []]);
  });

  it("does not go on when the look itself fails", async () => {
    const failing = play({ describeDatabases: inTurn(none, failures.throttled()) });
    await assert.rejects(failing, failures.throttled());
  });

  it("goes on when the tasks cannot be reached or the instance is busy", async () => {
    for (const kind of ["unreachable", "busy"] as const) {
      const { seconds } = await play({
        describeDatabases: inTurn(none),
        describeTasks: inTurn(failures[kind](), []),
      });
      assert.ok(seconds > 60 && seconds < 70, `${kind}: ${seconds} s`);
    }
  });

  it("ends at the deadline, with the last look", async () => {
    const { found, seconds } = await play({
      describeDatabases: inTurn(none),
      describeTasks: inTurn([busyWith("orders")]),
    });
    assert.deepEqual([found, seconds], [none, 1800]);
  });
});

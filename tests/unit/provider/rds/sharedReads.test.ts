import assert from "node:assert/strict";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { sharedReads } from "../../../../provider/src/rds/sharedReads";
import { fakeClock } from "../fakeClock";
import { databases, failures, instance, scriptedRds, type RdsCalls } from "../scriptedRds";

/** Reads that take a second, and tell which call they answer. */
function slowCloud(script: Partial<RdsCalls> = {}) {
  const clock = fakeClock();
  let answers = 0;
  const slowly = async (): Promise<DatabaseFacts[]> => {
    const answer = `answer${++answers}`;
    await clock.sleep(1000);
    return databases({ [answer]: "Running" });
  };
  const scripted = scriptedRds({ describeDatabases: slowly, ...script }, clock);
  return { clock, calls: scripted.calls, shared: sharedReads(scripted.rds, clock) };
}

const names = (facts: readonly DatabaseFacts[]) => facts.map(({ name }) => name).join();

describe("sharedReads", () => {
  it("asks once for all who come at the same moment", async () => {
    const { shared, calls } = slowCloud();
    const asked = Array.from({ length: 20 }, () => shared.describeDatabases("rm-a"));
    assert.deepEqual(new Set((await Promise.all(asked)).map(names)), new Set(["answer1"]));
    assert.deepEqual(calls, ["0s describeDatabases rm-a"]);
  });

  it("asks for each instance by itself", async () => {
    const { shared, calls } = slowCloud();
    await Promise.all([shared.describeDatabases("rm-a"), shared.describeDatabases("rm-b")]);
    assert.deepEqual(calls, ["0s describeDatabases rm-a", "0s describeDatabases rm-b"]);
  });

  it("joins a call that is a quarter of a second old at most, and then the newer one", async () => {
    const { shared, calls, clock } = slowCloud();
    const come = async (after: number) => {
      await clock.sleep(after);
      return names(await shared.describeDatabases("rm-a"));
    };
    assert.deepEqual(await Promise.all([come(0), come(249), come(250), come(300), come(499)]), [
      "answer1",
      "answer1",
      "answer2",
      "answer2",
      "answer2",
    ]);
    assert.deepEqual(calls, ["0s describeDatabases rm-a", "0.25s describeDatabases rm-a"]);
  });

  it("keeps no answer once it is given", async () => {
    const { shared } = slowCloud();
    assert.equal(names(await shared.describeDatabases("rm-a")), "answer1");
    assert.equal(names(await shared.describeDatabases("rm-a")), "answer2");
  });

  it("keeps none even for the moment in which it was given", async () => {
    const { shared, calls } = slowCloud({ describeInstance: () => Promise.resolve(instance()) });
    await shared.describeInstance("rm-a");
    await shared.describeInstance("rm-a");
    assert.deepEqual(calls, ["0s describeInstance rm-a", "0s describeInstance rm-a"]);
  });

  it("does not let an older answer that ends make a newer call forgotten", async () => {
    const { shared, clock, calls } = slowCloud();
    const first = shared.describeDatabases("rm-a");
    await clock.sleep(900);
    const second = shared.describeDatabases("rm-a");
    await first;
    assert.equal(names(await shared.describeDatabases("rm-a")), "answer2");
    await second;
    assert.equal(calls.length, 2);
  });

  it("gives a failure to all who wait for it, and asks anew after it", async () => {
    let tries = 0;
    const { shared, calls } = slowCloud({
      describeInstance: () =>
        ++tries === 1 ? Promise.reject(failures.unknown()) : Promise.resolve(instance()),
    });
    const asked = [shared.describeInstance("rm-a"), shared.describeInstance("rm-a")];
    assert.deepEqual(
      (await Promise.allSettled(asked)).map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.deepEqual(await shared.describeInstance("rm-a"), instance());
    assert.equal(calls.length, 2);
  });

  it("shares no call that changes something", async () => {
    const { shared, calls } = slowCloud({ deleteDatabase: () => Promise.resolve() });
    await Promise.all([shared.deleteDatabase("rm-a", "one"), shared.deleteDatabase("rm-a", "one")]);
    assert.equal(calls.length, 2);
  });

  it("gives no answer to a question that is asked after a change of that instance, and keeps those about others", async () => {
    const { shared, calls, clock } = slowCloud({
      listTags: () => Promise.resolve({}),
      tagInstance: () => Promise.resolve(),
      copyDatabases: () => Promise.resolve({ requestId: "r" }),
    });
    const began = clock.now();
    const askAll = () => Promise.all(["rm-a", "rm-b", "rm-c"].map((id) => shared.listTags(id, began)));
    const asked = async (change: () => Promise<unknown>) => {
      await askAll();
      await change();
      const before = calls.length;
      await askAll();
      return calls.slice(before).map((call) => call.split(" ").slice(1).join(" "));
    };
    assert.deepEqual(await asked(() => shared.tagInstance("rm-a", "key", "value")), ["listTags rm-a"]);
    const copy = {
      sourceDbInstanceId: "rm-a",
      targetDbInstanceId: "rm-b",
      names: { orders: "orders" },
      restorePoint: { backupId: "1" },
      syncUserPrivilege: false,
    };
    assert.deepEqual(await asked(() => shared.copyDatabases(copy)), ["listTags rm-a", "listTags rm-b"]);
  });
});

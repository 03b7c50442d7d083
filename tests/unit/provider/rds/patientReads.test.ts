import assert from "node:assert/strict";
import { patientReads } from "../../../../provider/src/rds/patientReads";
import { fakeClock } from "../fakeClock";
import { failures, inTurn, instance, scriptedRds, type RdsCalls } from "../scriptedRds";

function patient(script: Partial<RdsCalls>, signal?: AbortSignal) {
  const clock = fakeClock();
  const scripted = scriptedRds(script, clock);
  return { clock, ...scripted, reads: patientReads(scripted.rds, clock, signal) };
}

describe("patientReads", () => {
  for (const kind of ["throttled", "unknown", "unreachable", "busy"] as const) {
    it(`asks again after a failure that is ${kind}`, async () => {
      const { reads, calls } = patient({
        describeInstance: inTurn(failures[kind](), failures[kind](), instance()),
      });
      assert.deepEqual(await reads.describeInstance("rm-a"), instance());
      assert.deepEqual(calls, [
        "0s describeInstance rm-a",
        "1s describeInstance rm-a",
        "3s describeInstance rm-a",
      ]);
    });
  }

  for (const kind of ["refused", "notFound", "denied", "signIn"] as const) {
    it(`does not ask again after a failure that is ${kind}`, async () => {
      const { reads, calls } = patient({ describeInstance: inTurn(failures[kind](), instance()) });
      await assert.rejects(reads.describeInstance("rm-a"), { name: "RdsFailure", kind });
      assert.equal(calls.length, 1);
    });
  }

  it("waits as long as the service asks", async () => {
    const { reads, clock } = patient({ describeInstance: inTurn(failures.throttled(9000), instance()) });
    await reads.describeInstance("rm-a");
    assert.deepEqual(clock.delays, [9000]);
  });

  it("gives up with the last failure when the next try would come after its time", async () => {
    const { reads, clock } = patient({ describeInstance: inTurn(failures.unreachable()) });
    await assert.rejects(reads.describeInstance("rm-a"), { kind: "unreachable" });
    assert.deepEqual(clock.delays, [1000, 2000, 4000, 8000, 16_000]);
  });

  it("does not wait at all when it is called off", async () => {
    const { reads, clock } = patient(
      { describeInstance: inTurn(failures.unreachable(), instance()) },
      AbortSignal.abort(),
    );
    await assert.rejects(reads.describeInstance("rm-a"), { kind: "unreachable" });
    assert.deepEqual(clock.delays, []);
  });

  it("gives every read its own minute", async () => {
    const lost = failures.unknown();
    const { reads, calls } = patient({
      describeDatabases: inTurn(lost, lost, lost, lost, lost, [], lost, []),
    });
    await reads.describeDatabases("rm-a");
    await reads.describeDatabases("rm-a");
    assert.deepEqual(
      calls.map((call) => call.split(" ")[0]),
      ["0s", "1s", "3s", "7s", "15s", "31s", "31s", "32s"],
    );
  });

  it("lets an error through that is no failed call", async () => {
    const { reads, calls } = patient({ describeInstance: inTurn(new Error("a bug"), instance()) });
    await assert.rejects(reads.describeInstance("rm-a"), /a bug/);
    assert.equal(calls.length, 1);
  });

  it("never repeats a call that changes something", async () => {
    const lost = () => Promise.reject(failures.unknown());
    const changes = {
      copyDatabases: lost,
      deleteDatabase: lost,
      describeDatabaseAs: lost,
      tagInstance: lost,
      untagInstance: lost,
    };
    const { reads, calls, clock } = patient(changes);
    const request = {
      sourceDbInstanceId: "rm-s",
      targetDbInstanceId: "rm-t",
      names: { a1: "a1" },
      restorePoint: { backupId: "1" },
      syncUserPrivilege: false,
    };
    await assert.rejects(reads.copyDatabases(request));
    await assert.rejects(reads.deleteDatabase("rm-t", "a1"));
    await assert.rejects(reads.describeDatabaseAs("rm-t", "a1", "text"));
    await assert.rejects(reads.tagInstance("rm-t", "key", "value"));
    await assert.rejects(reads.untagInstance("rm-t", "key"));
    assert.equal(calls.length, 5);
    assert.deepEqual(clock.delays, []);
  });

  it("does not wait for tasks, which only add to what is known", async () => {
    const { reads, calls } = patient({
      describeTasks: inTurn(failures.throttled(), []),
      describeHistoryTasks: inTurn(failures.throttled(), []),
    });
    await assert.rejects(reads.describeTasks("rm-a"));
    await assert.rejects(reads.describeHistoryTasks("rm-a", new Date(0), new Date(0)));
    assert.equal(calls.length, 2);
  });
});

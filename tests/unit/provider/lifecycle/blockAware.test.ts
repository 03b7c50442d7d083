import assert from "node:assert/strict";
import { blockAware } from "../../../../provider/src/lifecycle/blockAware";
import { LifecycleError } from "../../../../provider/src/lifecycle/ending";
import { databases, failures, inTurn, instance, type RdsCalls } from "../scriptedRds";
import { testRun } from "./testRun";

const list = (script: Partial<RdsCalls>) => {
  const run = testRun(script);
  return { listed: blockAware(run.rds(undefined)).describeDatabases("rm-target"), calls: run.calls };
};

describe("an instance that is too busy to list its databases", () => {
  it("is asked why, and a block is told as what it is", async () => {
    for (const facts of [{ lockMode: "ManualLock" }, { status: "Deleting" }, { status: "Released" }]) {
      const { listed } = list({
        describeDatabases: inTurn(failures.busy()),
        describeInstance: inTurn(instance(facts)),
      });
      await assert.rejects(
        listed,
        (error) =>
          error instanceof LifecycleError &&
          /rm-target is.*what is recorded|what is recorded.*rm-target is/.test(error.message),
      );
    }
  });

  it("is busy where nothing blocks it, or it cannot be asked", async () => {
    for (const answer of [instance(), undefined, failures.denied()] as const) {
      const { listed } = list({
        describeDatabases: inTurn(failures.busy()),
        describeInstance: inTurn(answer),
      });
      await assert.rejects(listed, { name: "RdsFailure", kind: "busy" });
    }
  });

  it("is not asked about any other failure, nor about none", async () => {
    const { listed, calls } = list({ describeDatabases: inTurn(failures.notFound()) });
    await assert.rejects(listed, { kind: "notFound" });
    assert.equal(calls.length, 1);
    await assert.rejects(list({ describeDatabases: inTurn(new TypeError("a defect")) }).listed, TypeError);
    const there = databases({ orders: "Running" });
    assert.deepEqual(await list({ describeDatabases: inTurn(there) }).listed, there);
  });
});

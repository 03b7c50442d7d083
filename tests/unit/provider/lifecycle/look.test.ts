import assert from "node:assert/strict";
import { blockAware } from "../../../../provider/src/lifecycle/blockAware";
import { LifecycleError } from "../../../../provider/src/lifecycle/ending";
import { lookAt, type Listed } from "../../../../provider/src/lifecycle/look";
import { databases, failures, instance, inTurn, type RdsCalls } from "../scriptedRds";
import { testRun } from "./testRun";

const there = databases({ orders: "Running" });
const withoutOrders = (listed: Listed) => !listed?.some(({ name }) => name === "orders");

async function look(describeDatabases: RdsCalls["describeDatabases"]) {
  const run = testRun({ describeDatabases });
  const listed = await lookAt(run.rds(undefined), "rm-target", run, withoutOrders);
  return { listed, calls: run.calls };
}

describe("a look at the databases of an instance", () => {
  it("is one call where nothing seems gone", async () => {
    const { listed, calls } = await look(inTurn(there));
    assert.deepEqual(listed, there);
    assert.equal(calls.length, 1);
  });

  it("is made twice, two seconds apart, before something is gone", async () => {
    for (const first of [[], failures.notFound()]) {
      const { listed, calls } = await look(inTurn(first, there));
      assert.deepEqual(listed, there);
      assert.deepEqual(calls, ["0s describeDatabases rm-target", "2s describeDatabases rm-target"]);
    }
  });

  it("believes the second one", async () => {
    assert.deepEqual((await look(inTurn([]))).listed, []);
    assert.equal((await look(inTurn(failures.notFound()))).listed, undefined);
  });

  for (const kind of [
    "throttled",
    "busy",
    "denied",
    "signIn",
    "refused",
    "unreachable",
    "unknown",
  ] as const) {
    it(`shows nothing gone because a call was ${kind}`, async () => {
      await assert.rejects(look(inTurn(failures[kind]())), { name: "RdsFailure", kind });
      await assert.rejects(look(inTurn([], failures[kind]())), { name: "RdsFailure", kind });
    });
  }

  it("shows nothing gone because of a defect", () =>
    assert.rejects(look(inTurn(new TypeError("a defect"))), TypeError));
});

describe("an instance that is too busy to list its databases", () => {
  const ask = (list: Error, facts: Parameters<typeof instance>[0] | Error) => {
    const run = testRun({
      describeDatabases: inTurn(list),
      describeInstance: inTurn(facts instanceof Error ? facts : instance(facts)),
    });
    return { asked: blockAware(run.rds(undefined)).describeDatabases("rm-target"), calls: run.calls };
  };

  for (const [what, facts] of [
    ["locked", { lockMode: "LockByExpiration" }],
    ["released", { status: "Released" }],
    ["being deleted", { status: "Deleting" }],
  ] as const) {
    it(`is not waited for when it is ${what}`, async () => {
      await assert.rejects(
        ask(failures.busy(), facts).asked,
        (error) => error instanceof LifecycleError && error.message.includes(what),
      );
    });
  }

  it("is only busy otherwise, and where it cannot be asked", async () => {
    await assert.rejects(ask(failures.busy(), { status: "Restarting" }).asked, { kind: "busy" });
    await assert.rejects(ask(failures.busy(), failures.denied()).asked, { kind: "busy" });
  });

  it("is asked for its reason only then", async () => {
    for (const kind of ["notFound", "throttled", "denied", "signIn", "unreachable", "unknown"] as const) {
      const { asked, calls } = ask(failures[kind](), { status: "Deleting" });
      await assert.rejects(asked, { name: "RdsFailure", kind });
      assert.equal(calls.length, 1);
    }
    await assert.rejects(ask(new TypeError("a defect"), { status: "Deleting" }).asked, TypeError);
  });
});

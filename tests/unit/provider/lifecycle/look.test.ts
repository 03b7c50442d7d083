import assert from "node:assert/strict";
import { lookAt, type Listed } from "../../../../provider/src/lifecycle/look";
import { databases, failures, inTurn, type RdsCalls } from "../scriptedRds";
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

import assert from "node:assert/strict";
import { read } from "../../../../provider/src/lifecycle/read";
import { stateOf } from "../../../../provider/src/lifecycle/state";
import { sharedReads } from "../../../../provider/src/rds/sharedReads";
import { databases } from "../scriptedRds";
import { testSession } from "./testSession";

/** A process in which everything that reads shares its answers, as in production. */
function openProcess() {
  const session = testSession({ describeDatabases: () => Promise.resolve(databases({ orders: "Running" })) });
  const rds = sharedReads(session.rds(undefined), session.clock);
  return { ...session, rds: () => rds };
}

const id = "rm-target:owner000";
const dbNames = { orders: "orders" };
const inputs = { sourceDbInstanceId: "rm-source", targetDbInstanceId: "rm-target", dbNames };

describe("read", () => {
  it("of a resource may take an answer that another one was given, half a minute ago at most", async () => {
    const session = openProcess();
    const foundAt = { region: "cn-shanghai", endpoint: "rds.aliyuncs.com" };
    const adopted = { orders: { phase: "adopted", target: "orders" } } as const;
    const state = stateOf({ ...inputs, foundAt, owner: "owner0000000", databases: adopted, startedAt: "" });
    for (const [waitedMs, calls] of [
      [0, 1],
      [30_000, 1],
      [1, 2],
    ] as const) {
      await session.clock.sleep(waitedMs);
      assert.equal((await read(id, { ...state }, session)).state, "present");
      assert.equal(session.calls.length, calls, `after ${waitedMs} ms more`);
    }
  });

  it("by DatabaseCopy.get asks anew: what the program has just done in another way shows", async () => {
    const session = openProcess();
    for (const calls of [1, 2]) {
      assert.equal((await read(id, inputs, session)).state, "present");
      assert.equal(session.calls.length, calls);
    }
  });

  it("by DatabaseCopy.get shows what is not there as missing, read again or not, and warns of nothing", async () => {
    const session = openProcess();
    const { sourceDbInstanceId: _none, ...given } = inputs;
    const lookup = { ...given, dbNames: { orders: "orders", crm: "crm" } };
    const first = await read(id, lookup, session);
    assert.ok(first.state === "present");
    const again = await read(id, { ...first.resource }, session);
    for (const result of [first, again]) {
      assert.ok(result.state === "present");
      const { orders, crm } = result.resource.databases;
      assert.deepEqual([orders?.status, crm?.status], ["Running", "Missing"]);
    }
    assert.deepEqual(session.said, []);
    await assert.rejects(
      read(id, { ...given, dbNames: { crm: "crm" } }, session),
      /none of crm exists on rm-target/,
    );
  });
});

import assert from "node:assert/strict";
import {
  markOf,
  receiptKey,
  receiptOf,
  receiptValue,
  type MarkedRequest,
} from "../../../../provider/src/copy/marks";
import type { CopyInputs } from "../../../../provider/src/lifecycle/inputs";
import { leftBehind, type LeftBehindOptions } from "../../../../provider/src/lifecycle/leftBehind";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { inTurn } from "../scriptedRds";
import { testRun } from "./testRun";

const urn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const names = { orders: "orders", crm: "crm2" };
const inputs: CopyInputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-target",
  dbNames: names,
  restoreTime: "2026-02-28T12:00:00Z",
  resourceUrn: urn,
};
const point = { kind: "time", restoreTime: "2026-02-28T12:00:00Z" } as const;
const request: MarkedRequest = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-target",
  names,
  restorePoint: { restoreTime: "2026-02-28T12:00:00Z" },
  syncUserPrivilege: false,
  generation: 0,
};
const running = (name: string, description = ""): DatabaseFacts => ({ name, status: "Running", description });
const marked = (of: Partial<MarkedRequest> = {}) =>
  running("Orders", markOf(urn, { ...request, ...of }, "orders"));

interface Story {
  readonly inputs?: Partial<CopyInputs>;
  readonly listed?: readonly DatabaseFacts[];
  readonly receipt?: { readonly names?: Readonly<Record<string, string>>; readonly requestId?: string };
  readonly morePoints?: LeftBehindOptions["morePoints"];
  /** The number of replacements that the state tells of. */
  readonly known?: number;
}

async function left({ inputs: more, listed = [], receipt, morePoints, known }: Story) {
  const tags = receipt && {
    [receiptKey(urn)]: receiptValue(
      receiptOf({ ...request, names: receipt.names ?? names }, "2026-03-01T01:59:00Z", receipt.requestId),
    ),
  };
  const run = testRun({
    listTags: inTurn(tags ?? {}),
    describeTasks: inTurn([]),
    describeHistoryTasks: inTurn([]),
  });
  if (known !== undefined)
    run.memory.sawOld(urn, urn, { targetDbInstanceId: "rm-target", targetNames: [], generation: known });
  const found = await leftBehind(
    {
      rds: run.rds(undefined),
      inputs: { ...inputs, ...more },
      listed,
      names,
      ...(morePoints ? { morePoints } : {}),
    },
    run,
  );
  return { found, calls: run.calls };
}

const state = async (story: Story) => (await left(story)).found.state;

describe("what a run has left without recording it", () => {
  it("is nothing where nothing of ours is there", async () => {
    assert.deepEqual((await left({ listed: [running("orders"), running("crm2")] })).found, {
      state: "nothing",
    });
  });

  it("is not even looked for without marks, without a URN, and beside an original that is still to go", async () => {
    const { resourceUrn: _, ...nameless } = inputs;
    const run = testRun();
    const options = { rds: run.rds(undefined), listed: [marked()], names };
    assert.deepEqual(await leftBehind({ ...options, inputs: nameless }, run), { state: "nothing" });
    for (const more of [{ ownershipMarks: false }, { createFirst: true }]) {
      const { found, calls } = await left({
        inputs: more,
        listed: [marked()],
        receipt: { requestId: "R-1" },
      });
      assert.deepEqual([found, calls], [{ state: "nothing" }, []], JSON.stringify(more));
    }
  });

  it("is a receipt to be taken off, where it is of a copy with other inputs", async () => {
    const { found } = await left({ receipt: { names: { billing: "billing" }, requestId: "R-1" } });
    assert.ok(found.state === "receipt");
    assert.equal(found.receipt.requestId, "R-1");
  });

  it("is what carries its mark, and not what is beside it: without a request, and without a moment of asking", async () => {
    assert.deepEqual((await left({ listed: [marked(), running("crm2")] })).found, {
      state: "copy",
      databases: {
        orders: {
          sourceName: "orders",
          targetName: "orders",
          status: "Creating",
          origin: "copied",
          restorePoint: point,
        },
      },
      restorePoint: point,
      marked: new Set(["orders"]),
    });
  });

  it("is what its receipt speaks of, there or not, with its request and when it was asked for", async () => {
    const common = {
      origin: "copied",
      restorePoint: point,
      requestId: "R-1",
      askedAt: "2026-03-01T01:59:00Z",
    };
    assert.deepEqual((await left({ listed: [running("Orders")], receipt: { requestId: "R-1" } })).found, {
      state: "copy",
      databases: {
        orders: { sourceName: "orders", targetName: "orders", status: "Creating", ...common },
        crm2: { sourceName: "crm", targetName: "crm2", status: "Requested", ...common },
      },
      restorePoint: point,
      marked: new Set(),
      requestId: "R-1",
    });
  });

  it("has no request where its receipt was written before the copy was asked for, and was asked for until now at the latest", async () => {
    const { found } = await left({ receipt: {} });
    assert.ok(found.state === "copy");
    assert.ok(!("requestId" in found) && !("requestId" in (found.databases["orders"] ?? {})));
    const { askedAt, askedUntil } = found.databases["orders"] ?? {};
    assert.deepEqual([askedAt, askedUntil], ["2026-03-01T01:59:00Z", "2026-03-01T02:00:00Z"]);
  });

  it("is told by the number of replacements where the state knows it, and by any where it is lost", async () => {
    const listed = [marked({ generation: 2 })];
    assert.equal(await state({ listed, inputs: { generation: 2 }, known: 1 }), "copy");
    assert.equal(await state({ listed, inputs: { generation: 3 }, known: 1 }), "nothing");
    assert.equal(await state({ listed, inputs: { generation: 3 } }), "copy");
    assert.equal(await state({ listed: [marked()], known: 0 }), "copy");
    assert.equal(await state({ listed, known: 0 }), "nothing");
  });

  it("is told by the rights that were copied, too", async () => {
    const listed = [marked({ syncUserPrivilege: true })];
    assert.equal(await state({ listed, inputs: { syncUserPrivilege: true } }), "copy");
    assert.equal(await state({ listed }), "nothing");
  });

  it("is of the chosen moment, or of one that the state tells of", async () => {
    const listed = [marked({ restorePoint: { backupId: "1001" } })];
    assert.equal(await state({ listed }), "nothing");
    const { found } = await left({ listed, morePoints: [{ kind: "backup", backupId: "1001" }] });
    assert.ok(found.state === "copy");
    assert.deepEqual(found.restorePoint, { kind: "backup", backupId: "1001" });
  });

  it("may leave out what is there only where taking over was asked for: that was there before", async () => {
    const story = { listed: [running("crm2")], receipt: { names: { orders: "orders" }, requestId: "R-1" } };
    assert.equal(await state(story), "receipt");
    const { found } = await left({ ...story, inputs: { adoptExisting: true } });
    assert.ok(found.state === "copy");
    assert.deepEqual(Object.keys(found.databases), ["orders"]);
  });
});

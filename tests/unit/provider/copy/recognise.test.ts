import assert from "node:assert/strict";
import {
  markOf,
  receiptKey,
  receiptOf,
  receiptValue,
  type MarkedRequest,
} from "../../../../provider/src/copy/marks";
import { recognise, type RecogniseOptions } from "../../../../provider/src/copy/recognise";
import { toUtcSeconds } from "../../../../provider/src/time/moment";
import { fakeClock } from "../fakeClock";
import { databases, failures, inTurn, scriptedRds, task, type RdsCalls } from "../scriptedRds";

const urn = "urn:pulumi:prod::shop::pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy::a";
const otherUrn = urn.replace("prod", "qa");

const request: MarkedRequest = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-qa",
  names: { orders: "orders" },
  restorePoint: { backupId: "1001" },
  syncUserPrivilege: false,
  generation: 0,
};

describe("an unmarked database, after a copy of its name was announced and the run was killed", () => {
  it("is ours if a task of the instance says that it was copied since", async () => {
    assert.deepEqual(await recognised({}), ["orders"]);
  });

  it("is not ours if no task says so", async () => {
    assert.deepEqual(await recognised({ tasks: [] }), []);
  });

  it("is not ours if another resource has announced a database of that name, from whatever source", async () => {
    assert.deepEqual(await recognised({ other: { ...request, names: { crm: "Orders", Billing: "b" } } }), []);
  });

  it("is ours if another resource's receipt speaks of other names", async () => {
    const other = { ...request, names: { orders: "orders_qa", Billing: "b" } };
    assert.deepEqual(await recognised({ other }), ["orders"]);
  });
});

interface Story {
  readonly tasks?: readonly ReturnType<typeof task>[];
  readonly other?: MarkedRequest;
}

const copied = task({ status: "Finish", database: "orders", detail: "orders to orders" });

async function recognised({ tasks = [copied], other }: Story): Promise<string[]> {
  const clock = fakeClock();
  const tag = (one: MarkedRequest) => receiptValue(receiptOf(one, toUtcSeconds(clock.now()), undefined));
  const { rds } = scriptedRds(
    {
      listTags: inTurn({
        [receiptKey(urn)]: tag(request),
        ...(other ? { [receiptKey(otherUrn)]: tag(other) } : {}),
      }),
      describeBackups: inTurn([]),
      describeTasks: inTurn([]),
      describeHistoryTasks: inTurn(tasks),
    },
    clock,
  );
  const found = await recognise({
    ...request,
    rds,
    clock,
    urn,
    listed: databases({ orders: "Running" }),
    choice: { kind: "backup", backupId: "1001" },
    generation: 0,
    adoptExisting: false,
  });
  return [...(found?.points.keys() ?? [])];
}

const hour = 3_600_000;
const two: MarkedRequest = { ...request, names: { orders: "orders", crm: "crm2" } };
const named = (id: string) => ({ backupId: id, endTime: "2026-02-28T18:40:00Z" });

interface Left {
  /** The copy of our receipt; `undefined`: there is none. */
  readonly receipt?: MarkedRequest;
  readonly requestId?: string;
  readonly hoursAgo?: number;
  readonly listed?: RecogniseOptions["listed"];
  readonly more?: Partial<RecogniseOptions>;
  readonly script?: Partial<RdsCalls>;
}

async function find({ receipt, requestId, hoursAgo = 0, listed = [], more = {}, script = {} }: Left) {
  const clock = fakeClock();
  const value =
    receipt && receiptValue(receiptOf(receipt, toUtcSeconds(clock.now() - hoursAgo * hour), requestId));
  const { rds } = scriptedRds(
    {
      listTags: inTurn(value === undefined ? {} : { [receiptKey(urn)]: value }),
      describeBackups: inTurn([named("1000"), named("1001")]) as unknown as RdsCalls["describeBackups"],
      describeTasks: inTurn([]),
      describeHistoryTasks: inTurn([]),
      ...script,
    },
    clock,
  );
  const found = await recognise({
    ...two,
    rds,
    clock,
    urn,
    listed,
    choice: { kind: "backup", backupId: "1001" },
    generation: 0,
    adoptExisting: false,
    ...more,
  });
  return {
    found,
    points: Object.fromEntries(
      [...(found?.points ?? [])].map(([name, point]) => [
        name,
        point.kind === "backup" ? point.backupId : point.restoreTime,
      ]),
    ),
    marked: [...(found?.marked ?? [])],
  };
}

const running = (descriptions: Readonly<Record<string, string>>) =>
  Object.entries(descriptions).map(([name, description]) => ({ name, status: "Running", description }));

describe("what an earlier run of a resource has left", () => {
  const mark = markOf(urn, two, "orders");
  const both = { orders: "1001", crm2: "1001" };

  it("is nothing without a receipt and without a mark", async () => {
    assert.equal((await find({ listed: running({ orders: "", crm2: "theirs" }) })).found, undefined);
  });

  it("is a database with its mark, whatever else is there", async () => {
    const { points, marked, found } = await find({ listed: running({ ORDERS: mark, crm2: "" }) });
    assert.deepEqual([points, marked, found?.receipt], [{ orders: "1001" }, ["orders"], undefined]);
  });

  it("is not a database with the mark of another copy of it: another moment, source or name", async () => {
    for (const other of [
      { ...two, restorePoint: { backupId: "1002" } },
      { ...two, sourceDbInstanceId: "rm-other" },
      { ...two, names: { orders: "orders_old" } },
    ]) {
      const { points, marked } = await find({ listed: running({ orders: markOf(urn, other, "orders") }) });
      assert.deepEqual([points, marked], [{}, []]);
    }
  });

  it("is of the number of replacements that is known, and of any where none is", async () => {
    const later = running({ orders: markOf(urn, { ...two, generation: 3 }, "orders") });
    assert.deepEqual((await find({ listed: later })).points, {});
    assert.deepEqual((await find({ listed: later, more: { generation: 3 } })).points, { orders: "1001" });
    assert.deepEqual((await find({ listed: later, more: { generation: undefined } })).points, {
      orders: "1001",
    });
  });

  it("is of the latest backup, whichever that was then, of a moment, or of one that the state tells of", async () => {
    const latest = { choice: { kind: "latest" } } as const;
    assert.deepEqual((await find({ listed: running({ orders: mark }), more: latest })).points, {
      orders: "1001",
    });
    const restoreTime = "2026-02-28T12:00:00Z";
    const timed = { ...two, restorePoint: { restoreTime } };
    const listed = running({ orders: markOf(urn, timed, "orders") });
    assert.deepEqual((await find({ listed, more: { choice: { kind: "time", restoreTime } } })).points, {
      orders: restoreTime,
    });
    for (const choice of [
      { kind: "latest" },
      { kind: "backup", backupId: "1001" },
      { kind: "time", restoreTime: "x" },
    ] as const)
      assert.deepEqual(
        (await find({ listed, more: { choice, morePoints: [{ kind: "time", restoreTime }] } })).points,
        { orders: restoreTime },
      );
  });

  it("tells when a pinned backup ended, where that is listed, and does without", async () => {
    const point = async (script: Partial<RdsCalls>) =>
      (await find({ listed: running({ orders: mark }), script })).found?.points.get("orders");
    assert.deepEqual(await point({}), {
      kind: "backup",
      backupId: "1001",
      backupTime: "2026-02-28T18:40:00Z",
    });
    assert.deepEqual(await point({ describeBackups: inTurn([]) }), { kind: "backup", backupId: "1001" });
  });

  it("is all that an accepted copy's receipt speaks of, there or still to come", async () => {
    for (const listed of [[], running({ orders: "" }), running({ orders: "", crm2: "" })]) {
      const { points, marked, found } = await find({ receipt: two, requestId: "R-1", listed, hoursAgo: 100 });
      assert.deepEqual([points, marked, found?.receipt?.requestId], [both, [], "R-1"]);
    }
  });

  it("is a part of the names, where the receipt is of those alone", async () => {
    const receipt = { ...two, names: { crm: "crm2" } };
    assert.deepEqual((await find({ receipt, requestId: "R-1" })).points, { crm2: "1001" });
    const listed = running({ crm2: "" });
    assert.deepEqual((await find({ receipt, requestId: "R-1", listed })).points, { crm2: "1001" });
    // What is there and is not of the receipt speaks against it, unless it may have been there before.
    const there = running({ orders: "", crm2: "" });
    assert.deepEqual((await find({ receipt, requestId: "R-1", listed: there })).points, {});
    const adopting = { adoptExisting: true };
    assert.deepEqual((await find({ receipt, requestId: "R-1", listed: there, more: adopting })).points, {
      crm2: "1001",
    });
  });

  it("is the receipt alone, where it is of another copy", async () => {
    const receipt = { ...two, restorePoint: { backupId: "0999" } };
    const { found, points } = await find({ receipt, requestId: "R-1", listed: running({ orders: "" }) });
    assert.deepEqual([points, found?.receipt?.requestId], [{}, "R-1"]);
  });

  it("is no database with the mark of another resource, although our receipt speaks of it", async () => {
    const foreign = markOf(otherUrn, two, "orders");
    const listed = running({ orders: foreign, crm2: "" });
    assert.deepEqual((await find({ receipt: two, requestId: "R-1", listed })).points, {});
  });

  it("keeps what its own mark proves where the receipt adds the rest", async () => {
    const { points, marked } = await find({
      receipt: two,
      requestId: "R-1",
      listed: running({ orders: mark, crm2: "" }),
    });
    assert.deepEqual([points, marked], [both, ["orders"]]);
  });

  it("of a copy that was only announced needs no task as long as nothing is there", async () => {
    assert.deepEqual((await find({ receipt: two })).points, both);
    assert.deepEqual((await find({ receipt: two, hoursAgo: 100 })).points, both);
  });

  it("of a copy that was only announced is believed for a day, and only with a task for each", async () => {
    const tasks = (...names: string[]) => ({
      describeHistoryTasks: inTurn(names.map((name) => task({ status: "Finish", database: name }))),
    });
    const listed = running({ orders: "", crm2: "" });
    const story = { receipt: two, listed };
    assert.deepEqual((await find({ ...story, script: tasks("orders", "crm2") })).points, both);
    assert.deepEqual((await find({ ...story, script: tasks("orders") })).points, {});
    assert.deepEqual((await find({ ...story, hoursAgo: 23, script: tasks("orders", "crm2") })).points, both);
    assert.deepEqual((await find({ ...story, hoursAgo: 24, script: tasks("orders", "crm2") })).points, {});
  });

  it("is not known where the tags could not be asked for: that is no answer", async () => {
    await assert.rejects(find({ script: { listTags: inTurn(failures.throttled()) } }), { kind: "throttled" });
    const denied = { listTags: inTurn(failures.denied()) };
    assert.deepEqual((await find({ listed: running({ orders: mark }), script: denied })).points, {
      orders: "1001",
    });
  });

  it("of very many names is sought as a whole only", async () => {
    const names = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`db${index}`, `db${index}`]));
    const more = { names };
    const whole = await find({ receipt: { ...request, names }, requestId: "R-1", more });
    assert.equal(Object.keys(whole.points).length, 30);
    const { db0: _, ...part } = names;
    assert.deepEqual(
      (await find({ receipt: { ...request, names: part }, requestId: "R-1", more })).points,
      {},
    );
  });
});

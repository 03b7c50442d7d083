import assert from "node:assert/strict";
import { check } from "../../../../provider/src/lifecycle/check";
import { unknown } from "../../../../provider/src/lifecycle/unknown";
import { testRun, type TestRun } from "./testRun";

const urn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const good = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: { orders: "orders", crm: "crm2" },
  // Asks nothing of the cloud, and still tells what will be copied.
  preflight: "off",
  resourceUrn: urn,
};

async function checked(news: object, olds: object = {}, run: TestRun = testRun()) {
  const before = run.said.length;
  const { inputs, problems } = await check({ ...olds }, { ...news }, run);
  const told = run.said.slice(before).map((line) => /^info: Copies (.*?) from /.exec(line)?.[1] ?? line);
  return { inputs, problems, told };
}

describe("check tells what will be copied", () => {
  const both = "orders and crm as crm2";
  const told = async (news: object, olds?: object) => (await checked(news, olds)).told;

  it("of a new resource: all of it; of an unchanged one: nothing", async () => {
    assert.deepEqual(await told(good), [both]);
    assert.deepEqual(await told(good, good), []);
    assert.deepEqual(await told({ ...good, timeouts: { create: "5m" } }, good), []);
  });

  it("of one with more names: those; with another name for one: that one; with fewer: nothing", async () => {
    const { orders } = good.dbNames;
    assert.deepEqual(await told(good, { ...good, dbNames: { orders } }), ["crm as crm2"]);
    assert.deepEqual(await told({ ...good, dbNames: { orders, crm: "crm3" } }, good), ["crm as crm3"]);
    assert.deepEqual(await told({ ...good, dbNames: { orders } }, good), []);
  });

  for (const change of [
    { sourceDbInstanceId: "rm-other" },
    { targetDbInstanceId: "rm-other" },
    { backupId: "1001" },
    { restoreTime: "2026-02-28T12:00:00Z" },
    { syncUserPrivilege: true },
    { connection: { region: "cn-beijing" } },
    { connection: { endpoint: "rds.example" } },
  ]) {
    it(`of one that moves: all of it (${JSON.stringify(change)})`, async () =>
      assert.deepEqual(await told({ ...good, ...change }, good), [both]));
  }

  it("of one whose pin is removed, or of whose place nothing changes: nothing", async () => {
    assert.deepEqual(await told(good, { ...good, backupId: "1001" }), []);
    assert.deepEqual(await told({ ...good, connection: { profile: "ci" } }, good), []);
  });

  it("of one whose place is not known yet: nothing can be told", async () => {
    assert.deepEqual(await told({ ...good, connection: { region: unknown } }), []);
  });

  it("of one whose names are not known yet: that, and what is known", async () => {
    const dbNames = { orders: "orders", crm: unknown };
    assert.deepEqual(await told({ ...good, dbNames }), ["orders and more not known yet"]);
    assert.deepEqual(await told({ ...good, dbNames: unknown }), ["databases not known yet"]);
    assert.deepEqual(await told({ ...good, dbNames }, { ...good, dbNames: { orders: "orders" } }), []);
    // An input that is not known yet moves nothing for certain.
    assert.deepEqual(await told({ ...good, backupId: unknown }, good), []);
  });
});

describe("check remembers", () => {
  it("what was there before, and counts the replacements of it", async () => {
    const run = testRun();
    const first = await checked(good, good, run);
    assert.equal(first.inputs.generation, undefined);
    assert.deepEqual(run.memory.oldOf(urn), {
      targetDbInstanceId: "rm-staging",
      targetNames: ["orders", "crm2"],
      generation: 0,
    });
    assert.equal((await checked(good, {}, run)).inputs.generation, 1);

    const again = testRun();
    assert.equal((await checked(good, { ...good, generation: 4 }, again)).inputs.generation, 4);
    assert.equal((await checked(good, {}, again)).inputs.generation, 5);
    assert.equal((await checked(good)).inputs.generation, undefined);
  });

  it("only the names of old inputs that are texts", async () => {
    const run = testRun();
    await checked(
      good,
      { ...good, dbNames: { orders: "orders", crm: unknown }, targetDbInstanceId: unknown },
      run,
    );
    assert.deepEqual(run.memory.oldOf(urn), {
      targetDbInstanceId: "",
      targetNames: ["orders"],
      generation: 0,
    });
    const other = testRun();
    await checked(good, { ...good, dbNames: unknown }, other);
    assert.deepEqual(other.memory.oldOf(urn)?.targetNames, []);
  });

  it("nothing of inputs that have problems", async () => {
    const run = testRun();
    const { problems, told } = await checked({ ...good, backupId: "a b" }, good, run);
    assert.deepEqual([problems.length, told, run.memory.oldOf(urn)], [1, [], undefined]);
  });
});

describe("check refuses a database that another resource of the program declares", () => {
  const other = { ...good, resourceUrn: `${urn}2` };

  it("whatever its case, by the entry, with the other's name", async () => {
    const run = testRun();
    await checked(good, {}, run);
    const { problems, told } = await checked({ ...other, dbNames: { x: "x1", Orders: "Orders" } }, {}, run);
    assert.deepEqual(
      problems.map(({ property }) => property),
      ["dbNames.Orders"],
    );
    assert.ok(
      problems[0]?.reason.includes(
        `Orders on rm-staging, which another resource of this program declares already: ${urn}.`,
      ),
    );
    assert.deepEqual(told, []);
  });

  it("not on another target, not of itself, and not as long as either is not known", async () => {
    const run = testRun();
    await checked(good, {}, run);
    for (const inputs of [
      { ...other, targetDbInstanceId: "rm-qa" },
      good,
      { ...other, targetDbInstanceId: unknown },
      { ...other, dbNames: unknown },
      { ...other, dbNames: { orders: unknown } },
      { ...other, resourceUrn: undefined },
    ])
      assert.deepEqual((await checked(inputs, {}, run)).problems, [], JSON.stringify(inputs));
  });
});

describe("check warns of maxBackupAge beside a pin, which it has no effect on", () => {
  it("with backupId and with restoreTime, and not without", async () => {
    const age = { ...good, maxBackupAge: "36h" };
    const warns = async (inputs: object) =>
      (await checked(inputs, inputs)).told.some((line) => line.startsWith("warn: maxBackupAge"));
    assert.ok(await warns({ ...age, backupId: "1001" }));
    assert.ok(await warns({ ...age, restoreTime: "2026-02-28T12:00:00Z" }));
    assert.ok(!(await warns(age)));
    assert.ok(!(await warns({ ...good, backupId: "1001" })));
  });
});

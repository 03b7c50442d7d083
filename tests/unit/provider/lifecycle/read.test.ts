import assert from "node:assert/strict";
import { markPrefix, receiptKey } from "../../../../provider/src/copy/marks";
import { LifecycleError } from "../../../../provider/src/lifecycle/ending";
import type { CopyInputs } from "../../../../provider/src/lifecycle/inputs";
import { read } from "../../../../provider/src/lifecycle/read";
import type { CopyState, DatabaseState } from "../../../../provider/src/lifecycle/state";
import { databases, failures, inTurn, instance, type RdsCalls } from "../scriptedRds";
import { testRun } from "./testRun";

const resourceUrn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const made = (sourceName: string, more: Partial<DatabaseState> = {}): DatabaseState => ({
  sourceName,
  targetName: sourceName,
  status: "Running",
  origin: "copied",
  ...more,
});
const state: CopyState = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: { orders: "orders", crm: "crm" },
  names: { orders: "orders", crm: "crm" },
  databases: { orders: made("orders"), crm: made("crm") },
  dataVersion: "R-1",
  region: "cn-shanghai",
  startedAt: "2026-03-01T01:00:00Z",
  completedAt: "2026-03-01T01:10:00Z",
  resourceUrn,
};

async function look(script: Partial<RdsCalls>, recorded: CopyState = state) {
  const run = testRun(script);
  const result = await read("rm-staging:R-1", recorded, run);
  return { result, said: run.said, calls: run.calls.map((call) => call.split(" ")[1]) };
}
const listing = (...answers: readonly (Error | ReturnType<typeof databases>)[]) => ({
  describeDatabases: inTurn(...answers),
});
const both = databases({ orders: "Running", crm: "Running" });
const noTags = { listTags: inTurn({}) };
const receipt = { listTags: inTurn({ [receiptKey(resourceUrn)]: "whatever" }) };

describe("a refresh", () => {
  it("asks once where everything is there", async () => {
    const { result, calls, said } = await look(listing(both));
    assert.deepEqual(result, { state: "present", resource: state });
    assert.deepEqual([calls, said], [["describeDatabases"], []]);
  });

  it("records the service's spelling and the status of each, and hands on the names", async () => {
    const { result } = await look(listing(databases({ ORDERS: "Running" })));
    assert.ok(result.state === "present");
    assert.deepEqual(result.resource.names, { orders: "ORDERS", crm: "crm" });
    const { databases: seen } = result.resource;
    assert.deepEqual([seen["orders"]?.targetName, seen["orders"]?.status], ["ORDERS", "Running"]);
    assert.equal(seen["crm"]?.status, "Missing");
  });

  it("lets go of it only when nothing is there at two looks, with a warning that says where it looked", async () => {
    const { result, calls, said } = await look({ ...listing([]), ...noTags });
    assert.deepEqual(result, { state: "gone" });
    assert.deepEqual(calls, ["describeDatabases", "describeDatabases", "listTags"]);
    assert.match(
      said.join(),
      /^warn: None of orders and crm on rm-staging was found in region cn-shanghai \(endpoint rds\.aliyuncs\.com\)/,
    );
    const others = await look({ ...listing(databases({ reports: "Running" })), ...noTags });
    assert.deepEqual(others.result, { state: "gone" });
  });

  it("keeps it where the second look shows it", async () => {
    const { result, said } = await look(listing([], both));
    assert.deepEqual([result.state, said], ["present", []]);
    const found = await look(listing(failures.notFound(), both));
    assert.deepEqual([found.result.state, found.said], ["present", []]);
  });

  it("lets go of it with its instance, whose tags nobody can read any more", async () => {
    const { result, said } = await look(listing(failures.notFound()));
    assert.deepEqual(result, { state: "gone" });
    assert.match(said.join(), /^warn: Instance rm-staging was not found in region cn-shanghai/);
  });

  it("keeps it as long as one is still to come", async () => {
    const coming = {
      ...state,
      databases: { orders: made("orders", { status: "Requested", requestId: "R-1" }) },
    };
    const { result } = await look(listing([]), coming);
    assert.deepEqual(result, { state: "present", resource: coming });
  });

  it("keeps it while its receipt is on the instance: forgotten, nobody would take that off", async () => {
    const { result } = await look({ ...listing([]), ...receipt });
    assert.ok(result.state === "present");
    assert.deepEqual(
      Object.values(result.resource.databases).map(({ status }) => status),
      ["Missing", "Missing"],
    );
  });

  it("asks for no receipt where none can be", async () => {
    for (const change of [{ ownershipMarks: false }, { resourceUrn: undefined }]) {
      const recorded = { ...state, ...change } as CopyState;
      assert.deepEqual((await look(listing([]), recorded)).result, { state: "gone" });
    }
  });

  for (const kind of ["denied", "refused", "signIn"] as const) {
    it(`keeps the state where the look is ${kind}, and says what was tried`, async () => {
      await assert.rejects(
        look(listing(failures[kind]())),
        (error) =>
          error instanceof LifecycleError &&
          error.message.startsWith("Reading the databases on rm-staging failed. Call answered"),
      );
    });
  }

  it("keeps the state where the tags cannot be asked for", async () => {
    const script = { ...listing([]), listTags: inTurn(failures.signIn()) };
    await assert.rejects(look(script), /Reading the tags of rm-staging failed/);
  });

  it("keeps the state where the instance is locked, and says so; a busy one is asked again", async () => {
    const locked = {
      describeInstance: inTurn(instance({ instanceId: "rm-staging", lockMode: "ManualLock" })),
    };
    await assert.rejects(
      look({ ...listing(failures.busy()), ...locked }),
      /cannot be listed, and what is recorded of them is kept\. Instance rm-staging is locked/,
    );
    const free = { describeInstance: inTurn(instance()) };
    assert.equal((await look({ ...listing(failures.busy(), both), ...free })).result.state, "present");
    assert.equal((await look(listing(failures.throttled(), both))).result.state, "present");
  });

  it("warns once of a database that is somebody else's by now", async () => {
    const mark = `${markPrefix(resourceUrn)}0123abcd`;
    const recorded = { ...state, databases: { orders: made("orders", { mark }), crm: made("crm") } };
    const script = { ...listing(both), ...noTags };
    const first = await look(script, recorded);
    assert.ok(first.result.state === "present");
    assert.equal(first.result.resource.databases["orders"]?.status, "Foreign");
    assert.match(first.said.join(), /^warn: Database orders on rm-staging is not the one that was copied/);
    assert.deepEqual((await look(script, first.result.resource)).said, []);
  });
});

describe("databases that are read without being owned", () => {
  const get = async (id: string, given: object, script: Partial<RdsCalls> = listing(both)) => {
    const run = testRun(script);
    return read(id, given as CopyInputs, run);
  };

  it("are those of dbNames, in whatever form it is written, on the instance that the id begins with", async () => {
    for (const dbNames of ["orders,crm", ["orders", "crm"], { orders: "orders", crm: "crm" }]) {
      const result = await get("rm-staging:R-1", { dbNames });
      assert.ok(result.state === "present");
      const { resource } = result;
      assert.equal(resource.targetDbInstanceId, "rm-staging");
      assert.deepEqual(resource.names, { orders: "orders", crm: "crm" });
      assert.deepEqual([resource.dataVersion, resource.region], ["rm-staging:R-1", "cn-shanghai"]);
      assert.deepEqual(
        Object.values(resource.databases).map(({ status, origin }) => [status, origin]),
        [
          ["Running", "adopted"],
          ["Running", "adopted"],
        ],
      );
    }
    const named = await get("rm-staging:R-1", { targetDbInstanceId: "rm-qa", dbNames: "orders" });
    assert.equal(named.state === "present" && named.resource.targetDbInstanceId, "rm-qa");
  });

  for (const [what, id, given, words] of [
    ["no dbNames", "rm-staging:R-1", {}, /give dbNames/],
    ["no instance", "", { dbNames: "orders" }, /give targetDbInstanceId/],
    ["dbNames of no known form", "rm-staging:R-1", { dbNames: 7 }, /\ndbNames must be a list of names/],
    [
      "a name that cannot be one",
      "rm-staging:R-1",
      { dbNames: "master" },
      /\ndbNames\.0 "master" is a system database/,
    ],
  ] as const) {
    it(`cannot be read with ${what}: no call, and the way out`, async () => {
      await assert.rejects(
        get(id, given, {}),
        (error) => error instanceof LifecycleError && words.test(error.message),
      );
    });
  }

  it("do not mind what else is wrong beside their names", async () => {
    const result = await get("rm-staging:R-1", { dbNames: "orders", sourceDbInstanceId: "no id at all" });
    assert.equal(result.state, "present");
  });
});

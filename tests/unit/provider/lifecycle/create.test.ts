import assert from "node:assert/strict";
import { markPrefix, receiptKey } from "../../../../provider/src/copy/marks";
import { create } from "../../../../provider/src/lifecycle/create";
import { LifecycleError, type Ending } from "../../../../provider/src/lifecycle/ending";
import type { CopyInputs } from "../../../../provider/src/lifecycle/inputs";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { databases, failure, failures, inTurn, instance, type RdsCalls } from "../scriptedRds";
import { testRun, type TestRun } from "./testRun";

const urn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const inputs: CopyInputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders" },
  restoreTime: "2026-02-28T12:00:00Z",
  preflight: "off",
  resourceUrn: urn,
};
const old = { targetDbInstanceId: "rm-target", targetNames: ["Orders"], generation: 0 };
const ownMark = `${markPrefix(urn)}0123abcd`;
const there = (description = ""): DatabaseFacts[] => [{ name: "orders", status: "Running", description }];
const done = () => Promise.resolve();

/** Nothing stands against a copy; what is not given fails a test. */
const calm: Partial<RdsCalls> = {
  describeInstance: inTurn(instance()),
  listTags: inTurn({}),
  tagInstance: done,
  untagInstance: done,
  describeDatabaseAs: done,
  describeBackups: inTurn([]),
  describeTasks: inTurn([]),
  describeHistoryTasks: inTurn([]),
};

async function make(
  script: Partial<RdsCalls>,
  more: Partial<CopyInputs> = {},
  prepare?: (run: TestRun) => void,
) {
  const run = testRun({ ...calm, ...script });
  prepare?.(run);
  const ended: { ending?: Ending; error?: Error } = await create({ ...inputs, ...more }, run).then(
    (ending) => ({ ending }),
    (error: unknown) => ({ error: error as Error }),
  );
  const names = run.calls.map((call) => call.split(" ")[1] ?? "");
  return { ...ended, names, said: run.said, calls: run.calls };
}
const changes = (names: readonly string[]) =>
  names.filter((name) => !name.startsWith("describe") && name !== "listTags");

describe("create", () => {
  it("finds that its target is not there at two looks, and says where it looked", async () => {
    const { error, names } = await make({ describeDatabases: inTurn(failures.notFound()) });
    assert.ok(error instanceof LifecycleError);
    assert.match(
      error.message,
      /Instance rm-target, the target, was not found in region cn-shanghai \(endpoint rds\.aliyuncs\.com\), so nothing was copied/,
    );
    assert.deepEqual(names, ["describeDatabases", "describeDatabases"]);
  });

  it("tells a call that failed together with what was tried", async () => {
    const { error } = await make({ describeDatabases: inTurn(failures.denied()) });
    assert.ok(error instanceof LifecycleError);
    assert.match(
      error.message,
      /^Copying orders from rm-prod to rm-target failed\. Call answered Forbidden\.RAM/,
    );
  });

  it("copies over nothing: a name that is taken is refused with the way out, and no call changes anything", async () => {
    const { error, names } = await make({ describeDatabases: inTurn(there()) });
    assert.ok(error instanceof LifecycleError);
    assert.match(error.message, /^\[target-name-taken\].*adoptExisting: true/);
    assert.deepEqual(changes(names), []);
  });

  it("takes off a receipt of another copy where all that it wants is there and taken over", async () => {
    const receipt = `R-1:0123abcd:2026-03-01T01:00:00Z`;
    const script = { describeDatabases: inTurn(there()), listTags: inTurn({ [receiptKey(urn)]: receipt }) };
    const { ending, calls } = await make(script, { adoptExisting: true });
    assert.deepEqual(ending?.reasons, []);
    assert.ok(calls.some((call) => call.endsWith(`untagInstance rm-target ${receiptKey(urn)}`)));
    const without = await make({ describeDatabases: inTurn(there()) }, { adoptExisting: true });
    assert.deepEqual(changes(without.names), []);
  });

  it("does not call it done where what it takes over does not run", async () => {
    const { ending } = await make(
      { describeDatabases: inTurn(databases({ orders: "Recovering" })) },
      { adoptExisting: true, timeouts: { create: "1m" } },
    );
    assert.match(ending?.reasons.join() ?? "", /time-out was reached/);
    assert.equal(ending?.state.completedAt, undefined);
  });

  it("gives an earlier copy of its own with other inputs a minute to show itself, which is then in its way", async () => {
    const receipt = `R-1:0123abcd:2026-03-01T01:00:00Z`;
    const { error, names } = await make({
      describeDatabases: inTurn([], [], there()),
      listTags: inTurn({ [receiptKey(urn)]: receipt }),
    });
    assert.match(error?.message ?? "", /^\[target-name-taken\]/);
    assert.deepEqual(changes(names), []);
  });
});

describe("create in a replacement", () => {
  const sawOld = (run: TestRun) => run.memory.sawOld(urn, urn, old);

  it("never takes over what the deletion of the original is about to drop, whatever was asked for", async () => {
    for (const more of [{}, { adoptExisting: true }]) {
      const script = { describeDatabases: inTurn(there(ownMark)), describeBackups: inTurn([]) };
      const { error, names } = await make(script, { ...more, createFirst: true }, sawOld);
      assert.match(
        error?.message ?? "",
        /^This resource is being replaced, and orders on rm-target still belongs to the one that is about to be deleted/,
      );
      assert.deepEqual(changes(names), []);
    }
  });

  it("knows the original's databases by their names where no marks are written", async () => {
    const script = { describeDatabases: inTurn(there()) };
    const off = { ownershipMarks: false, adoptExisting: true, createFirst: true };
    assert.match((await make(script, off, sawOld)).error?.message ?? "", /^This resource is being replaced/);
  });

  it("takes over what is not the original's: without its mark, on another target, of another name", async () => {
    const script = { describeDatabases: inTurn(there()) };
    const adopting = { adoptExisting: true, createFirst: true };
    assert.deepEqual((await make(script, adopting, sawOld)).ending?.reasons, []);
    const marked = { describeDatabases: inTurn(there(ownMark)) };
    for (const other of [
      { ...old, targetDbInstanceId: "rm-other" },
      { ...old, targetNames: ["crm"] },
    ]) {
      const { ending } = await make(marked, adopting, (run) => run.memory.sawOld(urn, urn, other));
      assert.deepEqual(ending?.reasons, [], JSON.stringify(other));
    }
    const { error } = await make(script, { createFirst: true }, sawOld);
    assert.match(error?.message ?? "", /^\[target-name-taken\]/);
  });

  it("takes no mark and no receipt for its own as long as the original is there", async () => {
    const { names } = await make(
      { describeDatabases: inTurn(there(ownMark)) },
      { createFirst: true },
      sawOld,
    );
    assert.ok(!names.includes("listTags"));
  });

  it("that fails after the old data was dropped says that first", async () => {
    const script = {
      describeDatabases: inTurn([]),
      copyDatabases: inTurn(failure("EngineNotSupported")),
    };
    const { error } = await make(script, {}, (run) => {
      sawOld(run);
      run.memory.deleted(urn, true);
    });
    assert.ok(error instanceof LifecycleError);
    assert.match(
      error.message,
      /^The data is gone that this resource had copied to rm-target: it was dropped for the replacement\..*EngineNotSupported/,
    );
    const kept = await make(script, {}, sawOld);
    assert.match(
      kept.error?.message ?? "",
      /^Copying orders from rm-prod to rm-target was refused, and nothing was started\./,
    );
    const defect = await make({ describeDatabases: inTurn(new TypeError("a defect")) }, {}, (run) => {
      sawOld(run);
      run.memory.deleted(urn, true);
    });
    assert.ok(defect.error instanceof TypeError);
  });
});

describe("the region that create records", () => {
  const ask = async (describeInstance: RdsCalls["describeInstance"]) => {
    const { ending } = await make(
      { describeDatabases: inTurn(there()), describeInstance },
      { adoptExisting: true },
    );
    return [ending?.state.region, ending?.state.askedRegion];
  };

  it("is the target's own, and beside it the one that was asked, where they differ", async () => {
    assert.deepEqual(await ask(inTurn(instance())), ["cn-shanghai", undefined]);
    assert.deepEqual(await ask(inTurn(instance({ regionId: "cn-beijing" }))), ["cn-beijing", "cn-shanghai"]);
  });

  it("is the one that was asked, where the target's own is not told", async () => {
    assert.deepEqual(await ask(inTurn(instance({ regionId: "" }))), ["cn-shanghai", undefined]);
    assert.deepEqual(await ask(inTurn(failures.denied(), instance())), ["cn-shanghai", undefined]);
  });
});

describe("the restore point of a copy", () => {
  const set = (backupId: string, more: object = {}) => ({
    backupId,
    status: "Success",
    type: "FullBackup",
    method: "Physical",
    startTime: `2026-02-${backupId}T18:00:00Z`,
    endTime: `2026-02-${backupId}T18:40:00Z`,
    available: true,
    databases: [],
    ...more,
  });
  const asked = async (more: Partial<CopyInputs>, script: Partial<RdsCalls> = {}) => {
    const points: unknown[] = [];
    const { restoreTime: _, ...unpinned } = inputs;
    const run = testRun({
      ...calm,
      describeDatabases: inTurn([]),
      copyDatabases: ({ restorePoint }) => {
        points.push(Object.values(restorePoint)[0]);
        return Promise.reject(failure("InvalidBackupSet"));
      },
      ...script,
    });
    await assert.rejects(create({ ...unpinned, ...more }, run), /was refused, and nothing was started/);
    return points;
  };

  it("is the one that is pinned, listed or not, and no other after it", async () => {
    assert.deepEqual(await asked({ restoreTime: "2026-02-28T12:00:00Z" }), ["2026-02-28T12:00:00Z"]);
    assert.deepEqual(await asked({ backupId: "27" }), ["27"]);
    assert.deepEqual(await asked({ backupId: "27" }, { describeBackups: inTurn([set("26"), set("27")]) }), [
      "27",
    ]);
  });

  it("is the newest of all backups, and after it four older ones at most", async () => {
    const sets = ["21", "22", "23", "24", "25", "26"].map((id) => set(id));
    assert.deepEqual(await asked({}, { describeBackups: inTurn(sets) }), ["26", "25", "24", "23", "22"]);
    assert.deepEqual(
      await asked({}, { describeBackups: inTurn([set("26", { status: "Failed" }), set("25")]) }),
      ["25"],
    );
    assert.deepEqual(await asked({}), []);
  });

  it("is not asked for where the backups cannot be listed", async () => {
    const run = testRun({
      ...calm,
      describeDatabases: inTurn([]),
      describeBackups: inTurn(failures.denied()),
    });
    const { restoreTime: _, resourceUrn: __, ...unpinned } = inputs;
    await assert.rejects(
      create(unpinned, run),
      /was refused, and nothing was started\. Call answered Forbidden\.RAM.*Allow this identity/,
    );
    assert.ok(!run.calls.some((call) => call.includes("copyDatabases")));
  });
});

describe("the guard of a target", () => {
  const guarded = { requireTargetTags: { env: "staging" } };
  for (const preflight of ["enforce", "warn", "off"] as const) {
    it(`stands with preflight: "${preflight}", also where the tags cannot be seen`, async () => {
      for (const listTags of [inTurn({ env: "production" }), inTurn(failures.denied())] as const) {
        const { error, names } = await make(
          {
            describeDatabases: inTurn([]),
            listTags,
            describeBackupPolicy: inTurn(failures.denied()),
            describeLogBackups: inTurn(failures.denied()),
            describeEncryption: inTurn(failures.denied()),
          },
          { ...guarded, preflight },
        );
        assert.match(error?.message ?? "", /\[target-tags-(missing|unknown)\]/);
        assert.ok(!names.includes("copyDatabases"));
      }
    });
  }
});

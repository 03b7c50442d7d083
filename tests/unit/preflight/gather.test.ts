import assert from "node:assert/strict";
import { gather } from "../../../provider/src/preflight/gather";
import type { CopyPlan } from "../../../provider/src/preflight/plan";
import type { InstanceFacts } from "../../../provider/src/rds/rdsApi";
import { failure, failures, inTurn, instance, type RdsCalls } from "../provider/scriptedRds";
import { copyOfOrders, factsIn } from "./plan";

const source = instance({ instanceId: "rm-prod" });
const target = instance({ instanceId: "rm-staging" });

/** A cloud in which nothing stands against a copy. */
const sound: Partial<RdsCalls> = {
  describeInstance: (id) => Promise.resolve(id === "rm-prod" ? source : target),
  describeDatabases: () => Promise.resolve([]),
  describeBackups: () => Promise.resolve([]),
  describeBackupPolicy: () => Promise.resolve({ method: "Physical", logIntervalMinutes: 30 }),
  describeEncryption: () => Promise.resolve({ enabled: false, databases: undefined }),
  listTags: () => Promise.resolve({}),
};

async function play(script: Partial<RdsCalls> = {}, plan: Partial<CopyPlan> = {}) {
  const { clock, facts, calls } = factsIn({ ...sound, ...script });
  const known = await gather(facts, clock, { ...copyOfOrders, ...plan });
  const unanswered = known.unanswered.map((one) => `${one.action} ${one.failure.code}`);
  return { known, unanswered, calls: calls.map((call) => call.replace(/^\S+ /, "")) };
}

/** An answer for one of the two instances, and the usual one for the other. */
const insteadOf = (id: string, other: Partial<InstanceFacts>): Partial<RdsCalls> => ({
  describeInstance: (asked) =>
    Promise.resolve({ ...(asked === "rm-prod" ? source : target), ...(asked === id ? other : {}) }),
});
const asksSourceFor = (calls: readonly string[]) =>
  calls.flatMap((call) => {
    const [name = "", id] = call.split(" ");
    const isOfSource = id === "rm-prod" || name === "describeBackups";
    return isOfSource && name !== "describeInstance" ? [name] : [];
  });

describe("the preflight asks the source", () => {
  it("for the one backup that is named, or for all of them", async () => {
    for (const [choice, query] of [
      [
        { kind: "backup", backupId: "b-1" },
        { instanceId: "rm-prod", backupId: "b-1" },
      ],
      [{ kind: "latest" }, { instanceId: "rm-prod" }],
      [{ kind: "time", restoreTime: "2026-03-01T01:00:00Z" }, { instanceId: "rm-prod" }],
    ] as const) {
      const asked: unknown[] = [];
      await play({ describeBackups: (one) => Promise.resolve((asked.push(one), [])) }, { choice });
      assert.deepEqual(asked, [query], choice.kind);
    }
  });

  it("for no backup as long as it is not known which one is meant", async () => {
    const { known, calls } = await play({}, { choice: undefined });
    assert.deepEqual(asksSourceFor(calls), ["describeDatabases", "describeEncryption"]);
    assert.equal(known.backups, undefined);
  });

  it("nothing when nothing will be copied, unless there are names that are not known yet", async () => {
    const none = await play({}, { names: {} });
    assert.deepEqual([none.known.copies, asksSourceFor(none.calls)], [false, []]);
    const more = await play({}, { names: {}, moreNames: true });
    assert.equal(more.known.copies, true);
    assert.ok(asksSourceFor(more.calls).includes("describeDatabases"));
  });

  for (const [what, script] of [
    ["runs another engine", insteadOf("rm-prod", { engine: "MySQL" })],
    ["is not listed", { describeInstance: inTurn(undefined) }],
    ["is not found", { describeInstance: inTurn(failures.notFound()) }],
  ] as const) {
    it(`no more than what it is, when it ${what}`, async () => {
      const { calls, unanswered } = await play(script);
      assert.deepEqual([asksSourceFor(calls), unanswered], [[], []]);
    });
  }

  it("everything when it could not be told what it is", async () => {
    const { calls, unanswered } = await play({ describeInstance: inTurn(failures.denied()) });
    assert.deepEqual(asksSourceFor(calls).sort(), [
      "describeBackups",
      "describeDatabases",
      "describeEncryption",
    ]);
    assert.deepEqual(unanswered, [
      "DescribeDBInstanceAttribute Forbidden.RAM",
      "DescribeDBInstanceAttribute Forbidden.RAM",
    ]);
  });

  it("about encryption in every edition but web", async () => {
    for (const [engineVersion, isAsked] of [
      ["2019_web", false],
      ["2019_web_ha", true],
      ["2019_std_ha", true],
      ["", true],
    ] as const) {
      const { calls } = await play(insteadOf("rm-prod", { engineVersion }));
      assert.equal(asksSourceFor(calls).includes("describeEncryption"), isAsked, engineVersion);
    }
  });
});

describe("the tags of the target", () => {
  const guarded = { requireTargetTags: { env: "staging" } };

  it("are asked for when a guard needs them", async () => {
    assert.ok(!(await play()).calls.includes("listTags rm-staging"));
    assert.ok((await play({}, guarded)).calls.includes("listTags rm-staging"));
  });

  for (const [what, script] of [
    ["runs another engine", insteadOf("rm-staging", { engine: "MySQL" })],
    ["is not there", { describeInstance: inTurn(undefined) }],
  ] as const) {
    it(`are not asked for when it ${what}`, async () => {
      assert.ok(!(await play(script, guarded)).calls.includes("listTags rm-staging"));
    });
  }

  it("are asked for when it could not be told what it is", async () => {
    const { calls } = await play({ describeInstance: inTurn(failures.throttled()) }, guarded);
    assert.ok(calls.includes("listTags rm-staging"));
  });
});

describe("a question of the preflight that fails", () => {
  const withoutEncryption = [
    "InvalidEngineVersion.Malformed",
    "InvalidDBInstanceEngineType.Format",
    "EngineNotSupported",
    "Api.NotSupport",
    "UnsupportedOperation",
  ];
  for (const code of withoutEncryption) {
    it(`is an answer to whether something is encrypted, and to nothing else: ${code}`, async () => {
      const encryption = await play({ describeEncryption: inTurn(failure(code)) });
      assert.deepEqual(encryption.unanswered, []);
      assert.equal(encryption.known.encryptionRefused, code);
      const backups = await play({ describeBackups: inTurn(failure(code)) });
      assert.deepEqual(backups.unanswered, [`DescribeBackups ${code}`]);
      assert.equal(backups.known.encryptionRefused, undefined);
    });
  }

  it("is told with its action, and keeps no other question from being asked", async () => {
    const moment = { kind: "time", restoreTime: "2026-03-01T01:00:00Z" } as const;
    const refused = () => Promise.reject(failure("InternalError", { status: 500 }));
    const { unanswered, calls } = await play(
      {
        describeDatabases: refused,
        describeBackups: refused,
        describeBackupPolicy: refused,
        describeEncryption: refused,
        listTags: refused,
      },
      { choice: moment, requireTargetTags: { env: "staging" } },
    );
    assert.deepEqual(unanswered.sort(), [
      "DescribeBackupPolicy InternalError",
      "DescribeBackups InternalError",
      "DescribeDBInstanceTDE InternalError",
      "DescribeDatabases InternalError",
      "DescribeDatabases InternalError",
      "ListTagResources InternalError",
    ]);
    assert.equal(calls.length, 8);
  });

  it("because of a defect is no missing answer", async () => {
    await assert.rejects(play({ describeBackups: inTurn(new TypeError("a defect")) }), TypeError);
  });
});

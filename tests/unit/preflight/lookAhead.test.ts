import assert from "node:assert/strict";
import type { RestorePoint, RestorePointChoice } from "../../../provider/src/copy/restorePoint";
import { lookAhead, type LookAhead } from "../../../provider/src/preflight/lookAhead";
import type { CopyPlan } from "../../../provider/src/preflight/plan";
import { failures, inTurn, type RdsCalls } from "../provider/scriptedRds";
import { at, backupSet, database, sourceInstance, targetInstance } from "./known";
import { copyOfOrders, factsIn } from "./plan";

const sets = [
  backupSet({ backupId: "b-1", endTime: at("01:00") }),
  backupSet({ backupId: "b-3", endTime: at("03:00") }),
  backupSet({ backupId: "b-2", endTime: at("02:00") }),
];

/** A cloud in which nothing stops the copy. */
const fine: Partial<RdsCalls> = {
  describeInstance: (id) => Promise.resolve(id === "rm-prod" ? sourceInstance() : targetInstance()),
  describeDatabases: (id) => Promise.resolve(id === "rm-prod" ? [database("orders")] : []),
  describeBackups: ({ backupId }) =>
    Promise.resolve(sets.filter((set) => backupId === undefined || set.backupId === backupId)),
  describeBackupPolicy: inTurn({ method: "Physical", logIntervalMinutes: 30 }),
  describeLogBackups: inTurn([]),
  describeEncryption: inTurn({ enabled: false, databases: undefined }),
  listTags: inTurn({ env: "staging" }),
};

interface Asked extends Partial<Pick<LookAhead, "before" | "mode" | "held">> {
  readonly choice?: RestorePointChoice;
  readonly plan?: Partial<CopyPlan>;
}

async function ahead(
  { before = "copy", mode = "enforce", held = [], choice = { kind: "latest" }, plan = {} }: Asked,
  script: Partial<RdsCalls> = {},
) {
  const { facts, clock, names } = factsIn({ ...fine, ...script });
  const asked = { ...copyOfOrders, ...plan, sourceDbInstanceId: "rm-prod", choice };
  const answer = await lookAhead({ before, mode, held, plan: asked }, facts, clock);
  return { answer, calls: names() };
}

/** The ids of the restore points that are left, or how it ended. */
async function points(asked: Asked, script: Partial<RdsCalls> = {}) {
  const { answer } = await ahead(asked, script);
  if (answer.state !== "free") return answer.state;
  return answer.points.map((point) => (point.kind === "backup" ? point.backupId : point.restoreTime));
}

const unlisted = { describeBackups: inTurn(failures.unknown()) };
const stopped = { describeInstance: inTurn(targetInstance({ engine: "MySQL" })) };
const held = (...ids: string[]): RestorePoint[] => ids.map((backupId) => ({ kind: "backup", backupId }));
const modes = ["enforce", "warn", "off"] as const;

describe("a look ahead: the restore points", () => {
  it("are all that hold the databases, newest first; with a moment that one", async () => {
    for (const mode of modes) assert.deepEqual(await points({ mode }), ["b-3", "b-2", "b-1"]);
    const moment = { kind: "time", restoreTime: at("02:30") } as const;
    assert.deepEqual(await points({ mode: "off", choice: moment }), [moment.restoreTime]);
  });

  it("are the newest of the held ones that can still be restored, else all; a pin goes before", async () => {
    for (const mode of modes) {
      assert.deepEqual(await points({ mode, held: held("B-1", "b-2") }), ["b-2"]);
      assert.deepEqual(await points({ mode, held: held("b-0") }), ["b-3", "b-2", "b-1"]);
      const moment: RestorePoint = { kind: "time", restoreTime: at("02:30") };
      assert.deepEqual(await points({ mode, held: [moment] }), ["b-3", "b-2", "b-1"]);
      const pin = { kind: "backup", backupId: "b-1" } as const;
      assert.deepEqual(await points({ mode, held: held("b-2"), choice: pin }), ["b-1"]);
    }
  });

  it("hold the databases: a set of others is none", async () => {
    const others = { describeBackups: inTurn([backupSet({ databases: ["crm"] }), ...sets]) };
    assert.deepEqual(await points({ mode: "off" }, others), ["b-3", "b-2", "b-1"]);
    assert.deepEqual(await points({ mode: "off", held: held("b-1") }, others), ["b-1"]);
  });

  it("of a pin are told with the time of its set, and asked for by its id alone", async () => {
    const choice = { kind: "backup", backupId: "b-2" } as const;
    const asked: unknown[] = [];
    const { answer } = await ahead(
      { mode: "off", choice },
      {
        describeBackups: (query) => {
          asked.push(query);
          return Promise.resolve(sets);
        },
      },
    );
    assert.ok(answer.state === "free");
    assert.deepEqual(answer.points, [{ ...choice, backupTime: at("02:00") }]);
    assert.deepEqual(asked, [{ instanceId: "rm-prod", backupId: "b-2" }]);
    const strict = await ahead({ choice });
    assert.ok(strict.answer.state === "free");
    assert.deepEqual(strict.answer.points, answer.points);
    assert.equal(
      strict.calls.filter((call) => call === "describeBackups").length,
      1,
      "it is not asked again",
    );
  });

  it('of a pin need no answer under "off": it is the user\'s word', async () => {
    const choice = { kind: "backup", backupId: "b-9" } as const;
    assert.deepEqual(await points({ mode: "off", choice }, unlisted), ["b-9"]);
    assert.deepEqual(await points({ mode: "off", choice }), ["b-9"]);
    await assert.rejects(points({ mode: "warn", choice }, unlisted), { name: "RdsFailure" });
    const defect = { describeBackups: inTurn(new TypeError("a defect")) };
    await assert.rejects(points({ mode: "off", choice }, defect), TypeError);
    await assert.rejects(points({ mode: "off" }, unlisted), { name: "RdsFailure" });
  });

  it("come with the names that the source spells otherwise", async () => {
    const listed: Partial<RdsCalls> = {
      describeDatabases: (id) =>
        Promise.resolve(id === "rm-prod" ? [database("orders"), database("Crm")] : []),
    };
    const spelled = async (asked: Asked) => {
      const { answer } = await ahead(asked, listed);
      return answer.state === "free" ? answer.spelled : answer.state;
    };
    const names = { orders: "orders", CRM: "crm" };
    assert.deepEqual(await spelled({ plan: { names } }), { CRM: "Crm" });
    assert.deepEqual(await spelled({ plan: { names }, mode: "off" }), {}, "the source is not listed");
  });
});

describe("a look ahead: what stops it", () => {
  it('is what is known to stop the copy: under "enforce", and before a drop under "warn" as well', async () => {
    const ends = [];
    for (const mode of modes)
      for (const before of ["copy", "drop"] as const) {
        const { answer } = await ahead({ mode, before }, stopped);
        ends.push(`${mode} ${before}: ${answer.state}`);
        if (answer.state === "refused") assert.match(answer.reasons.join("\n"), /^\[engine\] .*SQL Server/m);
      }
    assert.deepEqual(ends, [
      "enforce copy: refused",
      "enforce drop: refused",
      "warn copy: free",
      "warn drop: refused",
      "off copy: free",
      "off drop: free",
    ]);
  });

  it("is before a drop any question without an answer, which it names, and nothing else", async () => {
    // A busy instance is a warning of its own.
    const silent: Partial<RdsCalls> = {
      describeEncryption: inTurn(failures.unknown()),
      describeInstance: (id) =>
        Promise.resolve(id === "rm-prod" ? sourceInstance() : targetInstance({ status: "Restoring" })),
    };
    const ends = [];
    for (const mode of modes)
      for (const before of ["copy", "drop"] as const) {
        const { answer } = await ahead({ mode, before }, silent);
        ends.push(`${mode} ${before}: ${answer.state}`);
        if (answer.state !== "unknown") continue;
        assert.equal(answer.reasons.length, 1);
        assert.match(answer.reasons.join(), /^\[not-checked\] .*encrypted \(TDE\)/);
      }
    assert.deepEqual(ends, [
      "enforce copy: free",
      "enforce drop: unknown",
      "warn copy: free",
      "warn drop: unknown",
      "off copy: free",
      "off drop: free",
    ]);
  });

  it("is a target without the required tags, in every mode", async () => {
    const plan = { requireTargetTags: { env: "prod" } };
    for (const mode of modes) {
      const { answer } = await ahead({ mode, plan });
      assert.ok(answer.state === "refused");
      assert.match(answer.reasons.join("\n"), /\[target-tags-missing\]/);
      const met = await ahead({ mode, plan: { requireTargetTags: { env: "staging" } } });
      assert.equal(met.answer.state, "free");
    }
  });

  it('is asked for with no more calls than it needs: the backups alone where "warn" or "off" copies', async () => {
    for (const mode of ["warn", "off"] as const)
      assert.deepEqual((await ahead({ mode })).calls, ["describeBackups"]);
    assert.ok((await ahead({ mode: "warn", before: "drop" })).calls.includes("describeInstance"));
  });
});

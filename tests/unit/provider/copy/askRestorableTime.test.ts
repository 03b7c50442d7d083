import assert from "node:assert/strict";
import { askRestorableTime } from "../../../../provider/src/copy/askRestorableTime";
import type { BackupSet } from "../../../../provider/src/rds/rdsApi";
import { fakeClock } from "../fakeClock";
import { failures, inTurn, instance, scriptedRds, type RdsCalls } from "../scriptedRds";

const at = (time: string, day = "2026-02-28") => `${day}T${time}Z`;
const log = (begin: string, end: string) => ({ begin: at(begin), end: at(end) });

function full(
  backupId: string,
  startTime: string,
  endTime: string,
  more: Partial<BackupSet> = {},
): BackupSet {
  return {
    backupId,
    startTime,
    endTime,
    status: "Success",
    type: "FullBackup",
    method: "Physical",
    available: true,
    databases: [],
    ...more,
  };
}

const older = full("old", at("02:00:00"), at("02:30:00"));
const newer = full("new", at("08:00:00"), at("08:30:00"));

/** What was answered, and for which time log backups were asked for: [from, until] in UTC. */
async function ask(script: Partial<RdsCalls>, ...databases: readonly string[][]) {
  const clock = fakeClock();
  const asked: string[][] = [];
  const { rds } = scriptedRds(
    {
      describeInstance: inTurn(instance({ recoveryModel: "Full" })),
      describeBackups: inTurn([older, newer]),
      describeBackupPolicy: inTurn({ method: "Physical", logIntervalMinutes: 15 }),
      ...script,
      describeLogBackups: (instanceId, since, until) => {
        asked.push([since.toISOString(), until.toISOString()]);
        return script.describeLogBackups?.(instanceId, since, until) ?? Promise.resolve([]);
      },
    },
    clock,
  );
  return { facts: await askRestorableTime(rds, clock, "rm-prod", ...databases), asked };
}

const untilNow = "2026-03-01T02:01:00.000Z";

describe("the restorable time of an instance, asked for", () => {
  it("is told with what it rests on", async () => {
    const logs = [log("02:00", "06:00"), log("07:00", "10:00")];
    const { facts } = await ask({ describeLogBackups: inTurn(logs) });
    assert.deepEqual(facts, {
      instanceId: "rm-prod",
      engine: "SQLServer",
      recoveryModel: "Full",
      logIntervalMinutes: 15,
      fullBackups: ["new", "old"],
      logBackups: 2,
      stretches: [
        { from: at("02:30:00"), to: at("06:00:00"), backupId: "old" },
        { from: at("08:30:00"), to: at("10:00:00"), backupId: "new" },
      ],
      holes: [{ from: at("06:00:00"), to: at("08:30:00") }],
    });
  });

  it("is that of no instance when there is none", async () => {
    for (const answer of [undefined, failures.notFound()])
      assert.equal((await ask({ describeInstance: inTurn(answer) })).facts, undefined);
    await assert.rejects(ask({ describeInstance: inTurn(failures.denied()) }), failures.denied());
  });

  it("rests on sets that hold the databases, if some are named", async () => {
    const part = full("part", at("09:00:00"), at("09:30:00"), { databases: ["crm"] });
    const sets = { describeBackups: inTurn([older, part]) };
    assert.deepEqual((await ask(sets)).facts?.fullBackups, ["part", "old"]);
    assert.deepEqual((await ask(sets, ["crm"])).facts?.fullBackups, ["part", "old"]);
    const { facts } = await ask({ ...sets, describeLogBackups: inTurn([log("09:00", "10:00")]) }, ["orders"]);
    assert.deepEqual([facts?.fullBackups, facts?.stretches], [["old"], []]);
  });
});

describe("the log backups are asked for", () => {
  it("from two intervals before the oldest set began, until a minute from now", async () => {
    assert.deepEqual((await ask({})).asked, [["2026-02-28T01:30:00.000Z", untilNow]]);
  });

  it("as if one were made each half hour where the policy does not tell", async () => {
    const { asked } = await ask({
      describeBackupPolicy: inTurn({ method: "Physical", logIntervalMinutes: undefined }),
    });
    assert.deepEqual(asked, [["2026-02-28T01:00:00.000Z", untilNow]]);
  });

  it("by the end of a set whose beginning cannot be read, and not by one without times", async () => {
    const ended = full("ended", "", at("02:30:00"));
    const timeless = full("timeless", "", "");
    const { asked } = await ask({ describeBackups: inTurn([timeless, newer, ended]) });
    assert.deepEqual(asked, [["2026-02-28T02:00:00.000Z", untilNow]]);
  });

  it("not by a set that cannot be restored, and not at all without one that can", async () => {
    const failed = { ...older, status: "Failed" };
    const { asked } = await ask({ describeBackups: inTurn([failed, newer]) });
    assert.deepEqual(asked, [["2026-02-28T07:30:00.000Z", untilNow]]);
    for (const sets of [[], [failed], [full("timeless", "", "")]]) {
      const none = await ask({ describeBackups: inTurn(sets) });
      assert.deepEqual([none.asked, none.facts?.logBackups, none.facts?.holes], [[], 0, []]);
    }
  });
});

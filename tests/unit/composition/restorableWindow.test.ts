import assert from "node:assert/strict";
import {
  canBeRestoredTo,
  holesIn,
  latestCommonMoment,
  noCommonMoment,
  restorableStretches,
} from "../../../provider/src/copy/restorableWindow";
import type { BackupSet } from "../../../provider/src/rds/rdsApi";

const full = (backupId: string, endTime: string, more: Partial<BackupSet> = {}): BackupSet => ({
  backupId,
  endTime,
  startTime: endTime,
  status: "Success",
  type: "FullBackup",
  method: "Physical",
  available: true,
  databases: [],
  ...more,
});
const log = (from: string, to: string) => ({ begin: `2026-03-01T${from}Z`, end: `2026-03-01T${to}Z` });
const at = (time: string) => `2026-03-01T${time}Z`;

describe("the restorable time of an instance", () => {
  it("begins with the end of the oldest full backup and ends with the last log backup that follows", () => {
    const logs = [log("02:00", "02:30"), log("01:30", "02:00"), log("01:00", "01:30")];
    const sets = [full("new", at("01:50:00")), full("old", at("01:10:20"))];
    assert.deepEqual(restorableStretches(sets, logs), [
      { from: at("01:10:20"), to: at("02:30:00"), backupId: "old" },
    ]);
  });

  it("has a hole where no log backup begins when the one before ends, until the next full backup", () => {
    const logs = [log("01:00", "02:00"), log("03:00", "05:00")];
    const stretches = restorableStretches([full("a", at("01:10:00")), full("b", at("04:00:00"))], logs);
    assert.deepEqual(stretches, [
      { from: at("01:10:00"), to: at("02:00:00"), backupId: "a" },
      { from: at("04:00:00"), to: at("05:00:00"), backupId: "b" },
    ]);
    assert.deepEqual(holesIn(stretches, logs), [{ from: at("02:00:00"), to: at("04:00:00") }]);
  });

  it("has every hole up to the last of its log backups, whichever databases a backup lists", () => {
    const logs = [log("01:00", "02:00"), log("03:00", "04:00"), log("05:00", "06:00"), log("07:00", "08:00")];
    const sets = [full("a", at("01:10:00"), { databases: ["orders"] }), full("b", at("03:10:00"))];
    const stretches = restorableStretches(sets, logs);
    assert.deepEqual(
      stretches.map(({ backupId }) => backupId),
      ["a", "b"],
    );
    assert.deepEqual(holesIn(stretches, logs), [
      { from: at("02:00:00"), to: at("03:10:00") },
      { from: at("04:00:00"), to: at("08:00:00") },
    ]);
  });

  it("ends at a gap after which there is no full backup yet", () => {
    const logs = [log("01:00", "02:00"), log("03:00", "05:00")];
    const stretches = restorableStretches([full("a", at("01:10:00"))], logs);
    assert.equal(stretches.at(-1)?.to, at("02:00:00"));
    assert.deepEqual(holesIn(stretches, logs), [{ from: at("02:00:00"), to: at("05:00:00") }]);
  });

  it("does not begin with a backup that cannot be restored or lacks the database", () => {
    const logs = [log("01:00", "03:00")];
    for (const unusable of [
      full("x", at("01:10:00"), { status: "Failed" }),
      full("x", at("01:10:00"), { type: "IncrementalBackup" }),
      full("x", at("01:10:00"), { available: false }),
      full("x", at("01:10:00"), { databases: ["crm"] }),
    ])
      assert.deepEqual(restorableStretches([unusable], logs, ["orders"]), []);
  });

  it("takes an end that is given in minutes for the end of that minute", () => {
    const [stretch] = restorableStretches([full("a", at("01:10"))], [log("01:00", "03:00")]);
    assert.equal(stretch?.from, at("01:11:00"));
  });

  it("takes an end in minutes for that also where it has a zone of its own", () => {
    for (const [end, from] of [
      ["2026-03-01T09:10+08:00", at("01:11:00")],
      ["2026-03-01T09:10:00+08:00", at("01:10:00")],
    ] as const) {
      const [stretch] = restorableStretches([full("a", end)], [log("01:00", "03:00")]);
      assert.equal(stretch?.from, from, end);
    }
  });

  it("begins with a backup that ended up to a minute before the log does, and up to where the log ends", () => {
    const from = (endTime: string) =>
      restorableStretches([full("a", endTime)], [log("01:00", "03:00")]).map((stretch) => stretch.from);
    assert.deepEqual(from(at("00:58:59")), []);
    assert.deepEqual(from(at("00:59:00")), [at("00:59:00")]);
    assert.deepEqual(from(at("03:00:00")), [at("03:00:00")]);
    assert.deepEqual(from(at("03:00:01")), []);
  });

  it("goes on over a gap of a minute, which is a matter of how times are told, and not of more", () => {
    const to = (begin: string) => {
      const next = { begin: at(begin), end: at("04:00:00") };
      return restorableStretches([full("a", at("01:10:00"))], [log("01:00", "02:00"), next])[0]?.to;
    };
    assert.equal(to("02:01:00"), at("04:00:00"));
    assert.equal(to("02:01:01"), at("02:00:00"));
  });

  it("is not cut short by a log backup that lies within another, nor begun by one of no length", () => {
    const within = [log("01:00", "03:00"), log("01:30", "02:00"), log("02:30", "03:30")];
    assert.equal(restorableStretches([full("a", at("01:10:00"))], within)[0]?.to, at("03:30:00"));
    const sets = [full("a", at("05:00:00"))];
    assert.deepEqual(restorableStretches(sets, [log("05:00", "05:00"), log("05:00", "04:00")]), []);
  });

  it("has no hole where the last log backup ends with the last stretch, and none where nothing is restorable", () => {
    const logs = [log("01:00", "02:00")];
    assert.deepEqual(holesIn(restorableStretches([full("a", at("01:10:00"))], logs), logs), []);
    assert.deepEqual(holesIn([], logs), []);
  });

  it("is nothing without log backups", () => {
    assert.deepEqual(restorableStretches([full("a", at("01:10:00"))], []), []);
  });
});

describe("the common moment of several instances", () => {
  const time = (instanceId: string, ...spans: [string, string][]) => ({
    instanceId,
    stretches: spans.map(([from, to]) => ({ from: at(from), to: at(to), backupId: "b" })),
  });

  it("is the latest one that lies in a stretch of each", () => {
    const times = [
      time("rm-a", ["01:00:00", "02:00:00"], ["04:00:00", "08:00:00"]),
      time("rm-b", ["01:30:00", "05:00:00"]),
      time("rm-c", ["00:00:00", "04:30:00"], ["06:00:00", "09:00:00"]),
    ];
    const moment = latestCommonMoment(times);
    assert.equal(moment, at("04:30:00"));
    for (const each of times) assert.ok(canBeRestoredTo(moment, each));
  });

  it("is the moment itself where stretches only touch", () => {
    const times = [time("rm-a", ["01:00:00", "02:00:00"]), time("rm-b", ["02:00:00", "03:00:00"])];
    assert.equal(latestCommonMoment(times), at("02:00:00"));
  });

  it("is the latest of several, in whatever order the instances are told", () => {
    const times = [
      time("rm-a", ["04:00:00", "06:00:00"], ["01:00:00", "02:00:00"]),
      time("rm-b", ["01:00:00", "07:00:00"]),
    ];
    assert.equal(latestCommonMoment(times), at("06:00:00"));
    assert.equal(latestCommonMoment([...times].reverse()), at("06:00:00"));
    assert.equal(latestCommonMoment([]), undefined);
  });

  it("may be any from the first second of a stretch to its last", () => {
    const one = time("rm-a", ["01:00:00", "02:00:00"]);
    for (const [moment, can] of [
      ["00:59:59", false],
      ["01:00:00", true],
      ["02:00:00", true],
      ["02:00:01", false],
    ] as const)
      assert.equal(canBeRestoredTo(at(moment), one), can, moment);
  });

  it("does not exist where a hole of one is the whole time of another; the sentence names the windows", () => {
    const times = [
      time("rm-a", ["01:00:00", "02:00:00"], ["04:00:00", "05:00:00"]),
      time("rm-b", ["02:30:00", "03:30:00"]),
      time("rm-c"),
    ];
    assert.equal(latestCommonMoment(times), undefined);
    const sentence = noCommonMoment(times);
    assert.match(sentence, /rm-a, rm-b and rm-c/);
    assert.ok(
      sentence.includes(
        `rm-a from ${at("01:00:00")} to ${at("02:00:00")} and ${at("04:00:00")} to ${at("05:00:00")}`,
      ),
    );
    assert.match(sentence, /rm-c to no moment at all/);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  backupPoint,
  chosenRestorePoint,
  describeRestorePoint,
  isRestorable,
  isSamePoint,
  lacking,
  toCopyRestorePoint,
  usableBackups,
  type RestorePoint,
} from "../../../../provider/src/copy/restorePoint";
import type { BackupSet } from "../../../../provider/src/rds/rdsApi";

function set(backupId: string, facts: Partial<BackupSet> = {}): BackupSet {
  return {
    backupId,
    status: "Success",
    type: "FullBackup",
    method: "Physical",
    startTime: "2026-02-28T18:00:00Z",
    endTime: "2026-02-28T18:30:00Z",
    available: true,
    databases: [],
    ...facts,
  };
}

const usable = (sets: readonly BackupSet[], ...sources: string[]) =>
  usableBackups(sets, sources).map(({ backupId }) => backupId);

describe("usableBackups", () => {
  it("takes the newest first, by the end of the backup", () => {
    const older = set("1", { endTime: "2026-02-27T18:30:00Z", startTime: "2026-02-27T18:00:00Z" });
    const newer = set("2", { endTime: "2026-03-01T18:30:00Z", startTime: "2026-02-20T18:00:00Z" });
    assert.deepEqual(usable([older, set("3"), newer]), ["2", "3", "1"]);
  });

  it("leaves out what is newer but cannot be restored, and finds the one set behind it all", () => {
    const newest = { endTime: "2026-03-01T01:00:00Z" };
    const sets = [
      set("running", { ...newest, status: "" }),
      set("failed", { ...newest, status: "Failed" }),
      set("incremental", { ...newest, type: "IncrementalBackup" }),
      set("unavailable", { ...newest, available: false }),
      set("of-one-database", { ...newest, databases: ["crm"] }),
      set("good"),
    ];
    assert.deepEqual(usable(sets, "orders"), ["good"]);
  });

  it("takes a set of single databases that holds all that is wanted, in any case", () => {
    assert.deepEqual(usable([set("1", { databases: ["CRM", "Orders"] })], "orders", "crm"), ["1"]);
    assert.deepEqual(usable([set("1", { databases: ["crm"] })], "orders", "crm"), []);
  });

  it("takes a set that does not tell what it holds", () =>
    assert.deepEqual(usable([set("1")], "orders"), ["1"]));

  it("reads ends without seconds", () => {
    const newer = set("2", { endTime: "2026-02-28T18:31Z" });
    assert.deepEqual(usable([set("1"), newer]), ["2", "1"]);
  });

  it("takes of two that ended together the one that began later, then the one with the larger id", () => {
    const later = set("9", { startTime: "2026-02-28T18:10:00Z" });
    assert.deepEqual(usable([set("100"), later, set("20")]), ["9", "100", "20"]);
  });

  it("puts a set whose end cannot be read behind all others", () => {
    assert.deepEqual(usable([set("1", { endTime: "" }), set("2")]), ["2", "1"]);
    assert.deepEqual(usable([set("2"), set("1", { endTime: "" })]), ["2", "1"]);
    const later = { endTime: "", startTime: "2026-03-01T00:00:00Z" };
    assert.deepEqual(usable([set("1", later), set("2")]), ["2", "1"]);
  });

  it("chooses the same whatever the order of the list, and only what can be restored, newest first", () => {
    const moment = fc
      .constantFrom("2026-02-01T00:00:00Z", "2026-02-01T00:00Z", "2026-02-02T00:00:00Z", "")
      .map((endTime) => ({ endTime }));
    const facts = fc.record({
      status: fc.constantFrom("Success", "Success", "Success", "Failed", ""),
      type: fc.constantFrom("FullBackup", "FullBackup", "IncrementalBackup"),
      available: fc.boolean(),
      databases: fc.subarray(["orders", "crm"]),
      startTime: fc.constantFrom("2026-01-31T00:00:00Z", "2026-01-30T00:00:00Z"),
    });
    const sets = fc
      .array(fc.tuple(facts, moment), { maxLength: 12 })
      .map((all) => all.map(([one, end], index) => set(String(index), { ...one, ...end })));
    const shuffled = sets.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const chosen = usableBackups(all, ["orders"]);
        assert.deepEqual(usableBackups(other, ["orders"]), chosen);
        for (const one of chosen) {
          assert.ok(isRestorable(one));
          assert.deepEqual(lacking(one, ["orders"]), []);
        }
        const ends = chosen.flatMap(({ endTime }) => (endTime === "" ? [] : [Date.parse(endTime)]));
        assert.deepEqual(
          ends,
          [...ends].sort((left, right) => right - left),
        );
        const rest = all.filter((one) => !chosen.includes(one));
        assert.ok(rest.every((one) => !isRestorable(one) || lacking(one, ["orders"]).length > 0));
      }),
    );
  });
});

describe("isRestorable", () => {
  const cases: readonly [string, Partial<BackupSet>, boolean][] = [
    ["an available full backup that succeeded", {}, true],
    ["one that failed", { status: "Failed" }, false],
    ["one whose status is not told", { status: "" }, false],
    ["one whose type is not told", { type: "" }, false],
    ["an incremental one", { type: "IncrementalBackup" }, false],
    ["one that is no longer available", { available: false }, false],
  ];
  for (const [what, facts, expected] of cases) {
    it(`${expected ? "holds" : "does not hold"} for ${what}`, () =>
      assert.equal(isRestorable(set("1", facts)), expected));
  }
});

describe("a restore point", () => {
  const backup: RestorePoint = { kind: "backup", backupId: "7", backupTime: "2026-02-28T18:30:00Z" };
  const time: RestorePoint = { kind: "time", restoreTime: "2026-03-01T00:00:00Z" };

  it("is chosen by the inputs", () => {
    assert.deepEqual(chosenRestorePoint({ backupId: "7" }), { kind: "backup", backupId: "7" });
    assert.deepEqual(chosenRestorePoint({ restoreTime: "2026-03-01T00:00:00Z" }), time);
    const both = { backupId: "7", restoreTime: "2026-03-01T00:00:00Z" };
    assert.deepEqual(chosenRestorePoint(both), { kind: "backup", backupId: "7" });
    assert.deepEqual(chosenRestorePoint({}), { kind: "latest" });
  });

  it("is the same as one that names it, and no other", () => {
    assert.ok(isSamePoint({ kind: "latest" }, backup));
    assert.ok(isSamePoint({ kind: "latest" }, time));
    assert.ok(isSamePoint({ kind: "backup", backupId: "7" }, backup));
    assert.ok(!isSamePoint({ kind: "backup", backupId: "8" }, backup));
    assert.ok(!isSamePoint({ kind: "backup", backupId: "7" }, time));
    assert.ok(isSamePoint({ kind: "time", restoreTime: "2026-03-01T00:00:00Z" }, time));
    assert.ok(!isSamePoint({ kind: "time", restoreTime: "2026-03-01T00:00:01Z" }, time));
    assert.ok(isSamePoint({ kind: "time", restoreTime: "2026-02-28T18:30:00Z" }, backup));
    assert.ok(
      !isSamePoint({ kind: "time", restoreTime: "2026-02-28T18:30:00Z" }, { kind: "backup", backupId: "7" }),
    );
  });

  it("of a set has the set's end in UTC seconds, if the service gave one", () => {
    assert.deepEqual(backupPoint(set("7", { endTime: "2026-02-28T18:30Z" })), backup);
    assert.deepEqual(backupPoint(set("7", { endTime: "" })), { kind: "backup", backupId: "7" });
  });

  it("can be told and sent", () => {
    assert.equal(describeRestorePoint(backup), "backup 7 of 2026-02-28T18:30:00Z");
    assert.equal(describeRestorePoint({ kind: "backup", backupId: "7" }), "backup 7");
    assert.equal(describeRestorePoint(time), "the moment 2026-03-01T00:00:00Z");
    assert.deepEqual(toCopyRestorePoint(backup), { backupId: "7" });
    assert.deepEqual(toCopyRestorePoint(time), { restoreTime: "2026-03-01T00:00:00Z" });
  });
});

import assert from "node:assert/strict";
import { snapshotFindings } from "../../../provider/src/preflight/snapshotFindings";
import { at, backupSet, briefs, database, knownOf, onlyText, type KnownParts } from "./known";

const snapshot = backupSet({ method: "Snapshot" });
const policy = (method: string) => ({ method, logIntervalMinutes: undefined });
const latest = { choice: { kind: "latest" } } as const;
const named = { choice: { kind: "backup", backupId: "b-1" } } as const;
const moment = { choice: { kind: "time", restoreTime: at("10:00") } } as const;

/** By default a snapshot set of `orders`, which is all there is, onto a target that makes snapshots. */
const findingsOf = (parts: KnownParts = {}) =>
  snapshotFindings(knownOf({ backups: [snapshot], targetPolicy: policy("Snapshot"), ...parts }));

describe("a snapshot backup", () => {
  const physical = policy("Physical");
  const setRefused = ["blocks snapshot-target targetDbInstanceId OperationDenied.SnapshotBackupSet"];
  const momentRefused = ["blocks snapshot-target targetDbInstanceId OperationDenied.RestoreTime"];

  it("goes only onto a target that makes snapshots itself", () => {
    for (const plan of [latest, named]) {
      assert.deepEqual(findingsOf({ plan }), []);
      assert.deepEqual(briefs(findingsOf({ plan, targetPolicy: physical })), setRefused);
    }
    assert.deepEqual(findingsOf({ plan: moment }), []);
    assert.deepEqual(briefs(findingsOf({ plan: moment, targetPolicy: physical })), momentRefused);
  });

  it("is not refused onto a target whose policy is not known, or does not tell", () => {
    assert.deepEqual(findingsOf({ targetPolicy: undefined }), []);
    assert.deepEqual(findingsOf({ targetPolicy: policy("") }), []);
  });

  it("is known for a moment by the policy of the source alone", () => {
    const parts = { sourcePolicy: policy("Snapshot"), targetPolicy: physical };
    for (const backups of [undefined, [], [backupSet()]])
      assert.deepEqual(briefs(findingsOf({ ...parts, plan: moment, backups })), momentRefused);
  });

  it("is known of a set by the set alone", () => {
    const parts = { sourcePolicy: policy("Snapshot"), targetPolicy: physical };
    for (const plan of [latest, named])
      for (const backups of [undefined, [], [backupSet()]])
        assert.deepEqual(findingsOf({ ...parts, plan, backups }), []);
  });

  it("is none where neither set nor policy says so, or the choice is not known", () => {
    const sourcePolicy = physical;
    assert.deepEqual(
      findingsOf({ plan: moment, backups: [backupSet()], sourcePolicy, targetPolicy: physical }),
      [],
    );
    assert.deepEqual(findingsOf({ plan: moment, backups: [], targetPolicy: physical }), []);
    assert.deepEqual(findingsOf({ plan: { choice: undefined }, targetPolicy: physical }), []);
  });

  it("is the one that holds what is wanted, not a newer one that does not", () => {
    const newer = backupSet({ backupId: "b-2", endTime: at("03:00"), databases: ["crm"] });
    const backups = [newer, snapshot];
    assert.deepEqual(briefs(findingsOf({ plan: latest, backups, targetPolicy: physical })), setRefused);
  });
});

describe("a part of a snapshot backup", () => {
  const definite = ["blocks snapshot-part dbNames Forbidden.SnapshotRecovery"];
  const likely = ["warns snapshot-part-unclear dbNames Forbidden.SnapshotRecovery"];
  const holding = (...databases: readonly string[]) => [backupSet({ method: "Snapshot", databases })];
  const both = [database("orders"), database("crm")];

  it("is refused by what the set tells that it holds", () => {
    const findings = findingsOf({ backups: holding("orders", "crm"), sourceDatabases: [database("shop")] });
    assert.deepEqual(briefs(findings), definite);
    assert.match(onlyText(findings), /and crm would be left out/);
  });

  it("is likely by what the source has now, where the set leaves nothing out", () => {
    for (const backups of [holding(), holding("ORDERS")]) {
      const findings = findingsOf({ backups, sourceDatabases: both });
      assert.deepEqual(briefs(findings), likely);
      assert.match(onlyText(findings), /and crm would be left out/);
    }
  });

  it("is likely for a moment without a set, by what the source has now", () => {
    const parts = { plan: moment, backups: [], sourcePolicy: policy("Snapshot") };
    assert.deepEqual(findingsOf(parts), []);
    assert.deepEqual(briefs(findingsOf({ ...parts, sourceDatabases: both })), likely);
  });

  it("is none where all of it is wanted, in whatever case", () => {
    const plan = { names: { Orders: "a", CRM: "b" } };
    assert.deepEqual(findingsOf({ plan, backups: holding("orders", "crm"), sourceDatabases: both }), []);
  });

  it("is none that is known while there may be more names, or there are none", () => {
    const parts = { backups: holding("orders", "crm"), sourceDatabases: both };
    assert.deepEqual(findingsOf({ ...parts, plan: { moreNames: true } }), []);
    assert.deepEqual(findingsOf({ ...parts, names: {} }), []);
    assert.deepEqual(briefs(findingsOf({ ...parts, plan: { moreNames: false } })), definite);
  });

  it("is told besides a target that does not fit", () => {
    const parts = { backups: holding("orders", "crm"), targetPolicy: policy("Physical") };
    assert.deepEqual(
      findingsOf(parts).map(({ code }) => code),
      ["snapshot-target", "snapshot-part"],
    );
  });
});

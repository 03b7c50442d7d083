import assert from "node:assert/strict";
import { roomFindings } from "../../../provider/src/preflight/roomFindings";
import type { InstanceFacts } from "../../../provider/src/rds/rdsApi";
import {
  at,
  backupSet,
  briefs,
  database,
  gibibyte,
  knownOf,
  onlyText,
  sourceInstance,
  targetInstance,
  type KnownParts,
} from "./known";

const tooMany = ["blocks database-count dbNames DBCountLimitExceeded"];
const full = ["blocks no-space targetDbInstanceId StorageLimitExceeded"];
const tooSmall = ["blocks no-space targetDbInstanceId InvalidRecoveryDbInstance.StorageSize"];
const unclear = ["unchecked space-unclear targetDbInstanceId -"];

const using = (GiB: number): Partial<InstanceFacts> => ({ diskUsedBytes: GiB * gibibyte });

/** By default a source that uses 1 GiB, and an empty target of 100 GiB. */
const findingsOf = (parts: KnownParts = {}, target: Partial<InstanceFacts> = {}) =>
  roomFindings(
    knownOf({
      source: sourceInstance(using(1)),
      target: targetInstance({ ...using(0), ...target }),
      targetDatabases: [],
      ...parts,
    }),
  );

describe("how many databases a target takes", () => {
  const two = [database("one"), database("two")];
  const count = (maxDatabases: number | undefined, parts: KnownParts = {}) =>
    findingsOf({ targetDatabases: two, ...parts }, { maxDatabases });

  it("may be reached exactly, and not exceeded", () => {
    assert.deepEqual(count(3), []);
    assert.deepEqual(briefs(count(2)), tooMany);
  });

  it("counts every name that is copied", () => {
    const names = { orders: "orders", crm: "crm" };
    assert.deepEqual(count(4, { names }), []);
    assert.deepEqual(briefs(count(3, { names })), tooMany);
    assert.match(onlyText(count(3, { names })), /at most 3 databases; it has 2, and 2 would be added/);
  });

  it("does not count what this resource drops first", () => {
    const plan = { dropped: ["ONE", "elsewhere"] };
    assert.deepEqual(count(2, { plan }), []);
    assert.match(count(1, { plan })[0]?.text ?? "", /at most 1 databases; it has 1, and 1 would be added/);
  });

  it("is not judged while the list or the limit is not known", () => {
    assert.deepEqual(count(0, { targetDatabases: undefined }), []);
    assert.deepEqual(count(undefined), []);
  });
});

describe("the room on a target", () => {
  it("is not judged where nothing is copied, or the target was not found", () => {
    assert.deepEqual(findingsOf({ copies: false }, using(100)), []);
    assert.deepEqual(findingsOf({ target: undefined }), []);
    assert.deepEqual(findingsOf({ target: "not found" }), []);
    assert.deepEqual(findingsOf({ names: {} }, using(100)), []);
  });

  it("is not known where the disk or its use is not told", () => {
    assert.deepEqual(briefs(findingsOf({}, { diskUsedBytes: undefined })), unclear);
    assert.deepEqual(briefs(findingsOf({}, { storageGiB: undefined })), unclear);
    assert.match(onlyText(findingsOf({}, { storageGiB: undefined })), /disk use of rm-staging is not told/);
  });

  it("is none on a disk that is full, or fuller than full", () => {
    for (const GiB of [100, 101]) {
      const findings = findingsOf({}, using(GiB));
      assert.deepEqual(briefs(findings), full);
      assert.match(onlyText(findings), /^Instance rm-staging has 0 GiB of 100 GiB free\. Enlarge its disk/);
    }
  });

  it("is not made by a list that is not known", () => {
    const parts = { plan: { dropped: ["old"] }, targetDatabases: undefined };
    assert.deepEqual(briefs(findingsOf(parts, using(100))), full);
  });

  it("suffices in silence when the source as a whole takes less", () => {
    const most = 10 * gibibyte;
    assert.deepEqual(findingsOf({ source: sourceInstance({ diskUsedBytes: most - 1 }) }, using(90)), []);
    const exactly = findingsOf({ source: sourceInstance({ diskUsedBytes: most }) }, using(90));
    assert.deepEqual(briefs(exactly), unclear);
    assert.match(onlyText(exactly), /rm-staging has 10 GiB free, and rm-prod as a whole uses 10 GiB\./);
  });

  it("is not known where the source does not tell its disk use", () => {
    const findings = findingsOf({ source: sourceInstance() });
    assert.deepEqual(briefs(findings), unclear);
    assert.match(onlyText(findings), /rm-staging has 100 GiB free\. The API/);
  });

  it("is nothing to speak of where the source is not known", () => {
    assert.deepEqual(findingsOf({ source: undefined }), []);
    assert.deepEqual(findingsOf({ source: "not found" }), []);
  });

  it("is told in tenths of a GiB", () => {
    const source = sourceInstance(using(12.34));
    assert.match(onlyText(findingsOf({ source }, using(90.04))), /has 10 GiB free, .* uses 12\.3 GiB\./);
  });
});

describe("a backup of exactly the wanted databases", () => {
  const holding = (bytes: number, facts: Parameters<typeof backupSet>[0] = {}) => ({
    source: sourceInstance(using(1000)),
    backups: [backupSet({ databases: ["ORDERS"], sizeBytes: bytes, ...facts })],
  });
  const named = { plan: { choice: { kind: "backup", backupId: "b-1" } } } as const;
  const ten = 10 * gibibyte;

  it("does not fit into less room than it takes, nor into exactly as much", () => {
    assert.deepEqual(briefs(findingsOf(holding(ten), using(90))), full);
    assert.deepEqual(briefs(findingsOf({ ...holding(ten), ...named }, using(90))), full);
    assert.deepEqual(briefs(findingsOf(holding(ten - 1), using(90))), unclear);
    assert.match(
      onlyText(findingsOf(holding(ten), using(95))),
      /has 5 GiB of 100 GiB free, and the databases take 10 GiB at least\./,
    );
  });

  it("has another answer when the whole disk is smaller, also where something is dropped first", () => {
    const parts = { plan: { dropped: ["old"] }, targetDatabases: [database("old")] };
    for (const more of [{}, parts]) {
      const findings = findingsOf({ ...holding(ten + 1), ...more }, { storageGiB: 10 });
      assert.deepEqual(briefs(findings), tooSmall);
      assert.match(
        onlyText(findings),
        /^The databases take 10 GiB at least, and the disk of rm-staging has 10 GiB\./,
      );
    }
    assert.deepEqual(briefs(findingsOf(holding(ten), { storageGiB: 10 })), full);
  });

  it("may fit after all where something is dropped first", () => {
    const parts = { plan: { dropped: ["OLD"] }, targetDatabases: [database("old")] };
    assert.deepEqual(briefs(findingsOf({ ...holding(ten), ...parts }, using(95))), unclear);
    assert.deepEqual(briefs(findingsOf({ ...holding(ten), ...parts }, using(100))), unclear);
    assert.deepEqual(briefs(findingsOf({ ...holding(ten), ...parts, targetDatabases: [] }, using(95))), full);
  });

  const others: readonly (readonly [string, KnownParts])[] = [
    ["that holds another database too", holding(ten, { databases: ["orders", "crm"] })],
    ["that does not tell what it holds", holding(ten, { databases: [] })],
    ["that is an incremental one", { ...holding(ten, { type: "IncrementalBackup" }), ...named }],
    ["that does not tell its size", holding(ten, { sizeBytes: undefined })],
    [
      "that is not the one that is asked for",
      { ...holding(ten), plan: { choice: { kind: "backup", backupId: "b-9" } } },
    ],
    [
      "of a moment, after which it may have shrunk",
      { ...holding(ten), plan: { choice: { kind: "time", restoreTime: at("10:00") } } },
    ],
    ["while the choice is not known", { ...holding(ten), plan: { choice: undefined } }],
    ["while the backups are not known", { ...holding(ten), backups: undefined }],
  ];
  for (const [what, parts] of others)
    it(`${what}: nobody can tell`, () => {
      assert.deepEqual(briefs(findingsOf(parts, using(95))), unclear);
    });

  it("may hold several, if all of them are wanted", () => {
    const plan = { names: { orders: "a", crm: "b", shop: "c" } };
    const parts = { ...holding(ten, { databases: ["crm", "orders"] }), ...named };
    assert.deepEqual(briefs(findingsOf({ ...parts, plan: { ...plan, ...named.plan } }, using(95))), full);
  });
});

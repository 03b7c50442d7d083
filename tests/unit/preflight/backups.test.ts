import assert from "node:assert/strict";
import { backupFindings } from "../../../provider/src/preflight/backupFindings";
import type { BackupSet } from "../../../provider/src/rds/rdsApi";
import { at, backupSet, briefs, database, knownOf, onlyText, type KnownParts } from "./known";

const findingsOf = (parts: KnownParts) => backupFindings(knownOf(parts));
const named = { choice: { kind: "backup", backupId: "b-1" } } as const;
const latest = { choice: { kind: "latest" } } as const;

describe("the backup of a copy", () => {
  const unfit = [backupSet({ status: "Failed" })];

  it("is found fault with for a named and for the latest one", () => {
    assert.equal(findingsOf({ plan: named, backups: unfit }).length, 1);
    assert.equal(findingsOf({ plan: latest, backups: unfit }).length, 1);
  });

  it("is not looked for where nothing is to be copied", () => {
    assert.deepEqual(findingsOf({ copies: false, backups: unfit }), []);
  });

  it("is not looked for while the source, the choice or the backups are not known", () => {
    assert.deepEqual(findingsOf({ plan: { sourceDbInstanceId: undefined }, backups: unfit }), []);
    assert.deepEqual(findingsOf({ plan: { choice: undefined }, backups: unfit }), []);
    assert.deepEqual(findingsOf({ plan: latest }), []);
  });

  it("is the log chain's matter when a moment is asked for", () => {
    const plan = { choice: { kind: "time", restoreTime: at("10:00") } } as const;
    assert.deepEqual(findingsOf({ plan, backups: [] }), []);
  });
});

describe("the backup that was named", () => {
  const faults: readonly (readonly [string, Partial<BackupSet>, readonly string[]])[] = [
    ["is sound", {}, []],
    ["is an incremental one, which can be named", { type: "IncrementalBackup" }, []],
    ["failed", { status: "Failed" }, ["blocks backup-failed backupId InvalidBackupSetID"]],
    ["is being made", { status: "Running" }, ["blocks backup-unfinished backupId InvalidBackupSetID"]],
    ["does not tell its status", { status: "" }, ["blocks backup-unfinished backupId InvalidBackupSetID"]],
    ["has expired", { available: false }, ["blocks backup-expired backupId InvalidBackupSetID"]],
    [
      "failed and is not available either",
      { status: "Failed", available: false },
      ["blocks backup-failed backupId InvalidBackupSetID"],
    ],
    [
      "is in cold storage",
      { archived: true },
      ["warns backup-archived backupId InvalidRestoreTimeSpecified"],
    ],
    ["is not in cold storage", { archived: false }, []],
    ["holds the database in another case", { databases: ["crm", "ORDERS"] }, []],
    [
      "holds another database",
      { databases: ["crm"] },
      ["blocks backup-lacks-database backupId InvalidBackupSet"],
    ],
    [
      "has every fault at once",
      { available: false, archived: true, databases: ["crm"] },
      [
        "blocks backup-expired backupId InvalidBackupSetID",
        "warns backup-archived backupId InvalidRestoreTimeSpecified",
        "blocks backup-lacks-database backupId InvalidBackupSet",
      ],
    ],
  ];
  for (const [what, facts, expected] of faults)
    it(what, () => {
      assert.deepEqual(briefs(findingsOf({ plan: named, backups: [backupSet(facts)] })), expected);
    });

  it("is not there, whatever others are", () => {
    const backups = [backupSet({ backupId: "b-2" })];
    assert.deepEqual(briefs(findingsOf({ plan: named, backups })), [
      "blocks backup-missing backupId InvalidBackupSetID",
    ]);
  });

  it("is judged and not the one beside it", () => {
    const backups = [backupSet({ backupId: "b-2", status: "Failed" }), backupSet()];
    assert.deepEqual(findingsOf({ plan: named, backups }), []);
    assert.equal(findingsOf({ plan: { choice: { kind: "backup", backupId: "b-2" } }, backups }).length, 1);
  });

  it("is told to lack only what it lacks", () => {
    const names = { orders: "orders", crm: "crm", billing: "billing" };
    const backups = [backupSet({ databases: ["crm", "shop"] })];
    assert.match(
      onlyText(findingsOf({ plan: { ...named, names }, backups })),
      /holds crm and shop, but not orders and billing\. Choose a backup of the whole instance/,
    );
  });

  it("says how far it is, as far as that is told", () => {
    const text = (status: string) => onlyText(findingsOf({ plan: named, backups: [backupSet({ status })] }));
    assert.match(text("Running"), /not finished \(Running\)/);
    assert.match(text(""), /not finished \(its status is not told\)/);
  });
});

describe("the latest backup", () => {
  const lacks = ["blocks backup-lacks-database dbNames InvalidBackupSet"];
  const none = ["blocks no-usable-backup sourceDbInstanceId InvalidBackupSetID"];

  it("is there", () => {
    assert.deepEqual(findingsOf({ plan: latest, backups: [backupSet()] }), []);
    const backups = [backupSet({ backupId: "b-2", endTime: at("03:00"), databases: ["crm"] }), backupSet()];
    assert.deepEqual(findingsOf({ plan: latest, backups }), []);
  });

  const unusable: readonly (readonly [string, Partial<BackupSet>])[] = [
    ["failed", { status: "Failed" }],
    ["is incremental", { type: "IncrementalBackup" }],
    ["has expired", { available: false }],
  ];
  for (const [what, facts] of unusable)
    it(`is none when the only one ${what}`, () => {
      const backups = [backupSet({ ...facts, databases: ["crm"] })];
      assert.deepEqual(briefs(findingsOf({ plan: latest, backups })), none);
    });

  it("lacks a database when no usable one holds it", () => {
    const backups = [backupSet({ databases: ["crm"] }), backupSet({ backupId: "b-2", status: "Failed" })];
    const findings = findingsOf({ plan: latest, backups });
    assert.deepEqual(briefs(findings), lacks);
    assert.match(onlyText(findings), /the newest, b-1, lacks orders\./);
  });

  it("must hold all of the databases together, and the newest tells what is lacking", () => {
    const plan = { ...latest, names: { orders: "orders", crm: "crm" } };
    const backups = [
      backupSet({ backupId: "b-1", databases: ["orders"] }),
      backupSet({ backupId: "b-2", endTime: at("03:00"), databases: ["CRM"] }),
    ];
    const findings = findingsOf({ plan, backups });
    assert.deepEqual(briefs(findings), lacks);
    assert.match(onlyText(findings), /holds orders and crm together; the newest, b-2, lacks orders\./);
  });

  it("is not blamed for lacking what the source does not have either", () => {
    const plan = { names: { orders: "orders", crm: "crm" } };
    const backups = [backupSet({ databases: ["orders"] })];
    const sourceDatabases = [database("orders")];
    assert.deepEqual(findingsOf({ plan, backups, sourceDatabases }), []);
    assert.deepEqual(findingsOf({ plan: { ...plan, ...named }, backups, sourceDatabases }), []);
    assert.deepEqual(briefs(findingsOf({ plan, backups })), lacks);
  });
});

describe("the age of the latest backup", () => {
  const aged = (maxBackupAge: string | undefined, facts: Partial<BackupSet> = {}) =>
    findingsOf({ plan: { ...latest, maxBackupAge }, backups: [backupSet(facts)] });
  const tooOld = ["blocks backup-too-old maxBackupAge -"];

  it("may be what is allowed exactly, and no second more", () => {
    assert.deepEqual(aged("9h30m"), []);
    assert.deepEqual(briefs(aged("9h29m59s")), tooOld);
    assert.deepEqual(briefs(aged("9h30m", { endTime: at("02:29:59") })), tooOld);
  });

  it("does not matter unless it is asked for", () => {
    assert.deepEqual(aged(undefined), []);
    assert.deepEqual(aged("no duration"), []);
  });

  it("is not called too high where the time of the backup cannot be read", () => {
    assert.deepEqual(aged("1h", { endTime: "yesterday" }), []);
  });

  it("does not matter for a backup that was named", () => {
    assert.deepEqual(findingsOf({ plan: { ...named, maxBackupAge: "1h" }, backups: [backupSet()] }), []);
  });

  it("is told with what is allowed", () => {
    assert.match(
      onlyText(aged("6h")),
      /^The latest usable backup, b-1 of 2026-11-25T02:30:00Z, is 9h30m old; maxBackupAge allows 6h\./,
    );
  });
});

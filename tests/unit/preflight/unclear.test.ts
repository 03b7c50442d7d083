import assert from "node:assert/strict";
import { findingText } from "../../../provider/src/preflight/finding";
import type { Known } from "../../../provider/src/preflight/known";
import { coverage } from "../../../provider/src/preflight/logCoverage";
import { restoreTimeFindings } from "../../../provider/src/preflight/restoreTimeFindings";
import { roomFindings } from "../../../provider/src/preflight/roomFindings";
import { snapshotFindings } from "../../../provider/src/preflight/snapshotFindings";
import {
  encryptionUnclear,
  sourceDatabaseFindings,
} from "../../../provider/src/preflight/sourceDatabaseFindings";
import type { BackupSet } from "../../../provider/src/rds/rdsApi";
import { instance } from "../provider/scriptedRds";
import { copyOfOrders } from "./plan";

/** Answers that the simulator never gives: findings are pure functions of what was answered. */
const known: Known = {
  plan: copyOfOrders,
  region: "cn-hangzhou",
  endpoint: "rds.aliyuncs.com",
  now: Date.parse("2026-11-25T12:00:00Z"),
  names: { orders: "orders" },
  copies: true,
  unanswered: [],
};

const set: BackupSet = {
  backupId: "b-1",
  status: "Success",
  type: "FullBackup",
  method: "Physical",
  startTime: "2026-11-25T02:00:00Z",
  endTime: "2026-11-25T02:30:00Z",
  available: true,
  databases: [],
};

const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code);

describe("preflight: answers that tell less or more than usual", () => {
  it("encryption of an instance as a whole is no definite fact about a database", () => {
    const whole = { ...known, encryption: { enabled: true, databases: undefined } };
    assert.deepEqual(codes([...encryptionUnclear(whole), ...sourceDatabaseFindings(whole)]), [
      "encryption-unclear",
    ]);
    const single = { ...known, encryption: { enabled: true, databases: ["ORDERS"] } };
    assert.deepEqual(codes([...encryptionUnclear(single), ...sourceDatabaseFindings(single)]), [
      "database-encrypted",
    ]);
    assert.deepEqual(
      encryptionUnclear({ ...known, encryption: { enabled: false, databases: undefined } }),
      [],
    );
  });

  it("a snapshot set that tells its databases is a definite fact", () => {
    const backups = [{ ...set, method: "Snapshot", databases: ["orders", "crm"] }];
    assert.deepEqual(codes(snapshotFindings({ ...known, backups })), ["snapshot-part"]);
    assert.deepEqual(snapshotFindings({ ...known, backups, names: { orders: "o", CRM: "c" } }), []);
  });

  it("nobody claims that a part is wanted while names are not known yet", () => {
    const backups = [{ ...set, method: "Snapshot", databases: ["orders", "crm"] }];
    assert.deepEqual(snapshotFindings({ ...known, plan: { ...known.plan, moreNames: true }, backups }), []);
  });

  it("a disk whose use is not told is not called full", () => {
    const target = instance({ storageGiB: 10, maxDatabases: undefined });
    assert.deepEqual(codes(roomFindings({ ...known, target, targetDatabases: [] })), ["space-unclear"]);
  });

  it("what this resource drops first makes room and frees names", () => {
    const plan = { ...known.plan, dropped: ["Orders"] };
    const target = instance({ storageGiB: 10, diskUsedBytes: 10 * 1024 ** 3, maxDatabases: 1 });
    const targetDatabases = [{ name: "orders", status: "Running", description: "" }];
    assert.deepEqual(codes(roomFindings({ ...known, plan, source: instance(), target, targetDatabases })), [
      "space-unclear",
    ]);
    assert.deepEqual(codes(roomFindings({ ...known, target, targetDatabases })), [
      "database-count",
      "no-space",
    ]);
  });

  it("a hole shorter than the interval of the log may be a matter of how times are told", () => {
    const plan = { ...known.plan, choice: { kind: "time", restoreTime: "2026-11-25T10:00:00Z" } } as const;
    const logs = [
      { begin: "2026-11-25T02:00Z", end: "2026-11-25T05:00Z" },
      { begin: "2026-11-25T05:20Z", end: "2026-11-25T12:00Z" },
    ];
    const unclear = { ...known, plan, backups: [set], logs };
    assert.deepEqual(codes(restoreTimeFindings(unclear)), ["restore-time-unclear"]);
    const often = { ...unclear, sourcePolicy: { method: "Physical", logIntervalMinutes: 5 } };
    assert.deepEqual(codes(restoreTimeFindings(often)), ["restore-time-in-hole"]);
  });

  it("log times that end with the minutes leave no hole of seconds", () => {
    const from = Date.parse("2026-11-25T02:30:45Z");
    const to = Date.parse("2026-11-25T03:29:59Z");
    const logs = [
      { begin: "2026-11-25T03:00Z", end: "2026-11-25T03:29Z" },
      { begin: "2026-11-25T02:31Z", end: "2026-11-25T03:00Z" },
    ];
    assert.deepEqual(coverage(logs, from, to), { state: "covered" });
    assert.deepEqual(coverage([], from, to), { state: "ends", at: from });
  });

  it("what may happen is not announced as certain", () => {
    const [unclear] = restoreTimeFindings({
      ...known,
      plan: { ...known.plan, choice: { kind: "time", restoreTime: "2026-11-25T11:59:00Z" } },
      backups: [set],
      logs: [{ begin: "2026-11-25T02:00Z", end: "2026-11-25T11:30Z" }],
    });
    assert.ok(unclear);
    assert.match(findingText(unclear), /\(the cloud may answer InvalidParamTableMeta\.RestoreTime\)$/);
  });
});

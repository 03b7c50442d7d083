import assert from "node:assert/strict";
import type { CopyPlan } from "../../../provider/src/preflight/plan";
import { checkGuard, preflight } from "../../../provider/src/preflight/preflight";
import type { BackupSet } from "../../../provider/src/rds/rdsApi";
import { databases, failures, inTurn, instance, type RdsCalls } from "../provider/scriptedRds";
import { copyOfOrders, factsIn } from "./plan";

const [newest, older] = [set("b-2", "2026-03-01"), set("b-1", "2026-02-28")];
const taken = databases({ orders: "Running" });

const script: Partial<RdsCalls> = {
  describeInstance: (instanceId) => Promise.resolve(instance({ instanceId })),
  describeDatabases: (instanceId) => Promise.resolve(instanceId === "rm-prod" ? taken : []),
  describeBackups: inTurn([older, newest]),
  describeBackupPolicy: inTurn({ method: "Physical", logIntervalMinutes: 30 }),
  describeLogBackups: inTurn([{ begin: "2026-02-28T00:00Z", end: "2026-03-01T02:00Z" }]),
  describeEncryption: inTurn({ enabled: false, databases: undefined }),
  listTags: inTurn({}),
};

const open = (more: Partial<RdsCalls>) => factsIn({ ...script, ...more });

async function look(more: Partial<RdsCalls> = {}, wanted: Partial<CopyPlan> = {}) {
  const { facts, clock } = open(more);
  const seen = await preflight(facts, clock, { ...copyOfOrders, ...wanted });
  return { ...seen, codes: seen.findings.map(({ code, property }) => `${code} ${property}`) };
}

async function guard(more: Partial<RdsCalls>, wanted: Partial<CopyPlan>) {
  const { facts, clock, names } = open(more);
  const { findings } = await checkGuard(facts, clock, { ...copyOfOrders, ...wanted });
  return { codes: findings.map(({ code }) => code), names: names() };
}

describe("the set that a preflight tells of", () => {
  it("is the newest one, or the one that is named", async () => {
    assert.equal((await look()).set, newest);
    const named = await look({}, { choice: { kind: "backup", backupId: "b-1" } });
    assert.equal(named.set, older);
  });

  it("is none for a moment, although the backups are told", async () => {
    const { set, backups } = await look(
      {},
      { choice: { kind: "time", restoreTime: "2026-03-01T01:00:00Z" } },
    );
    assert.equal(set, undefined);
    assert.deepEqual(backups, [older, newest]);
  });

  it("is none as long as the choice or the backups are not known", async () => {
    assert.equal((await look({}, { choice: undefined })).set, undefined);
    assert.equal((await look({ describeBackups: inTurn(failures.denied()) })).set, undefined);
  });
});

describe("a preflight that finds nothing to copy", () => {
  const adopting = { names: {} };
  const withOrders = { describeDatabases: inTurn(taken) };

  it("says nothing when nothing is wrong", async () => {
    assert.deepEqual((await look(withOrders, adopting)).codes, []);
  });

  it("still says what is wrong with the target, and not what is wrong with the source", async () => {
    const locked = (instanceId: string) => Promise.resolve(instance({ instanceId, lockMode: "ManualLock" }));
    const { codes } = await look({ ...withOrders, describeInstance: locked }, adopting);
    assert.deepEqual(codes, ["instance-locked targetDbInstanceId"]);
  });

  it("still says that the target lacks a tag, and what could not be found out", async () => {
    const guarded = { ...adopting, requireTargetTags: { env: "staging" } };
    assert.deepEqual((await look(withOrders, guarded)).codes, ["target-tags-missing requireTargetTags.env"]);
    const { codes } = await look({ ...withOrders, listTags: inTurn(failures.denied()) }, guarded);
    assert.deepEqual(codes, ["target-tags-unknown requireTargetTags", "not-checked sourceDbInstanceId"]);
  });
});

describe("the guard by itself", () => {
  const guarded = { requireTargetTags: { env: "staging" } };

  it("asks for no more than the tags, and only where some are required", async () => {
    assert.deepEqual(await guard({}, {}), { codes: [], names: [] });
    const { names } = await guard({}, guarded);
    assert.deepEqual(names.sort(), ["describeInstance", "listTags"]);
  });

  it("says that a tag is missing, or that it cannot be seen", async () => {
    assert.deepEqual((await guard({ listTags: inTurn({ env: "staging" }) }, guarded)).codes, []);
    assert.deepEqual((await guard({}, guarded)).codes, ["target-tags-missing"]);
    const { codes } = await guard({ listTags: inTurn(failures.denied()) }, guarded);
    assert.deepEqual(codes, ["target-tags-unknown", "not-checked"]);
  });
});

function set(backupId: string, day: string): BackupSet {
  return {
    backupId,
    status: "Success",
    type: "FullBackup",
    method: "Physical",
    startTime: `${day}T00:00:00Z`,
    endTime: `${day}T00:30:00Z`,
    available: true,
    databases: [],
  };
}

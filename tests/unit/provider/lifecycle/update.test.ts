import assert from "node:assert/strict";
import { LifecycleError } from "../../../../provider/src/lifecycle/ending";
import type { CopyInputs } from "../../../../provider/src/lifecycle/inputs";
import type { CopyState } from "../../../../provider/src/lifecycle/state";
import { unknown } from "../../../../provider/src/lifecycle/unknown";
import { update } from "../../../../provider/src/lifecycle/update";
import { testRun } from "./testRun";

const inputs: CopyInputs = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-target",
  dbNames: { orders: "orders" },
  resourceUrn: "urn:pulumi:prod::shop::DatabaseCopy::data",
};
const restorePoint = { kind: "backup", backupId: "1001" } as const;
const old: CopyState = {
  ...inputs,
  syncUserPrivilege: false,
  adoptExisting: false,
  preflight: "enforce",
  ownershipMarks: true,
  timeouts: { create: "2h", update: "2h", delete: "30m" },
  names: { orders: "ORDERS" },
  databases: {
    orders: {
      sourceName: "orders",
      targetName: "ORDERS",
      status: "Running",
      origin: "copied",
      restorePoint,
      requestId: "R-1",
      copiedAt: "2026-02-01T02:10:00Z",
    },
  },
  restorePoint,
  dataVersion: "R-1",
  requestId: "R-1",
  region: "cn-shanghai",
  startedAt: "2026-02-01T02:00:00Z",
  completedAt: "2026-02-01T02:10:00Z",
};

async function updated(more: Partial<CopyInputs>, before: CopyState = old) {
  // No call has an answer: whatever asks the cloud fails.
  const run = testRun();
  const { id, state, reasons } = await update("rm-target:R-1", before, { ...inputs, ...more }, run);
  assert.deepEqual([id, reasons], ["rm-target:R-1", []]);
  return { state, said: run.said, calls: run.calls };
}

describe("an update that changes nothing in the cloud", () => {
  it("records the new inputs with their defaults; all that was done stays", async () => {
    const { state, said, calls } = await updated({ maxBackupAge: "36h", timeouts: { create: "1h" } });
    assert.deepEqual(state, {
      ...old,
      maxBackupAge: "36h",
      timeouts: { create: "1h", update: "2h", delete: "30m" },
    });
    assert.deepEqual([said, calls], [[], []]);
  });

  it("records nothing new where nothing changed", async () => {
    const { state, said } = await updated({});
    assert.deepEqual([state, said], [old, []]);
  });

  it("says that the data stays, where a pin changes and names no other moment", async () => {
    const { state, said } = await updated({ backupId: "1001" });
    assert.deepEqual(state, { ...old, backupId: "1001" });
    assert.deepEqual(said, [
      "info: The data stays as it was copied, from backup 1001: the changed pin names no other moment.",
    ]);
  });

  it("takes an input out that is no longer declared", async () => {
    const { state } = await updated(
      {},
      { ...old, maxBackupAge: "36h", requireTargetTags: { env: "staging" } },
    );
    assert.deepEqual(state, old);
  });

  it("keeps where the copy was asked for, and invents no request and no moment of what was taken over", async () => {
    const { restorePoint: _point, requestId: _request, ...adopted } = old;
    const before: CopyState = {
      ...adopted,
      askedRegion: "cn-hangzhou",
      databases: {
        orders: { sourceName: "orders", targetName: "orders", status: "Running", origin: "adopted" },
      },
      names: { orders: "orders" },
    };
    const { state } = await updated({ maxBackupAge: "36h" }, before);
    assert.deepEqual(state, { ...before, maxBackupAge: "36h" });
  });
});

describe("an update that cannot be one", () => {
  const refused = async (more: object) => {
    const run = testRun();
    const error: unknown = await update("rm-target:R-1", old, { ...inputs, ...more }, run).catch(
      (error: unknown) => error,
    );
    assert.ok(error instanceof LifecycleError);
    assert.deepEqual(run.calls, []);
    return error.message;
  };

  it("does nothing and says why it would have to be a replacement", async () => {
    assert.equal(
      await refused({ sourceDbInstanceId: "rm-other", syncUserPrivilege: true }),
      "DatabaseCopy rm-target:R-1 cannot be changed in place, because the source changes from rm-prod to rm-other; " +
        'syncUserPrivilege changes from false to true. Nothing was done; replace it with "pulumi up --target-replace".',
    );
  });

  it("does nothing with an input that is not known", async () => {
    assert.match(
      await refused({ maxBackupAge: unknown }),
      /^DatabaseCopy rm-target:R-1 cannot be changed in place\. /,
    );
  });
});

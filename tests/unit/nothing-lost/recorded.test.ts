import assert from "node:assert/strict";
import type { CopyState } from "../../../provider/src/lifecycle/state";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { oneCopy, openPlayedStage, type PlayedStage } from "./stage";

const friday = { kind: "backup", backupId: "1001", backupTime: "2026-02-27T18:40:00Z" } as const;
const saturday = { kind: "backup", backupId: "1002", backupTime: "2026-02-28T18:40:00Z" } as const;
const uuid = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

function saved({ engine }: PlayedStage) {
  const found = engine.state["data"];
  assert.ok(found);
  return found;
}

/** The part of a state that does not differ from run to run. */
function databasesOf({ databases }: CopyState) {
  return Object.fromEntries(
    Object.entries(databases).map(([name, { sourceName, targetName, status, origin, restorePoint }]) => [
      name,
      [
        sourceName,
        targetName,
        status,
        origin,
        restorePoint?.kind === "backup" ? restorePoint.backupId : "none",
      ],
    ]),
  );
}

const tagsOf = ({ cloud }: PlayedStage) => cloud.world.instances.find(({ id }) => id === "rm-staging")?.tags;

const failed = (code: string, status?: number) =>
  new RdsFailure({
    action: "CopyDatabaseBetweenInstances",
    code,
    status,
    message: "No luck.",
    requestId: "F00D",
  });

describe("what is recorded of a copy", () => {
  it("is everything that was asked for and done, with the request that did it", async () => {
    const stage = openPlayedStage();
    assert.deepEqual(
      (await stage.engine.up(oneCopy({ orders: "orders", crm: "crm2" }, { backupId: "1001" }))).errors,
      [],
    );
    const { id, outputs } = saved(stage);
    const { requestId, startedAt, completedAt, databases, resourceUrn: _urn, ...rest } = outputs;
    assert.match(requestId ?? "", uuid);
    assert.equal(id, `rm-staging:${requestId}`);
    assert.equal(startedAt, "2026-03-01T02:00:00Z");
    assert.ok(completedAt !== undefined && completedAt > startedAt);
    assert.deepEqual(rest, {
      sourceDbInstanceId: "rm-prod",
      targetDbInstanceId: "rm-staging",
      dbNames: { orders: "orders", crm: "crm2" },
      names: { orders: "orders", crm: "crm2" },
      backupId: "1001",
      restorePoint: friday,
      dataVersion: requestId,
      region: "cn-hangzhou",
      syncUserPrivilege: false,
      adoptExisting: false,
      ownershipMarks: true,
      preflight: "enforce",
      timeouts: { create: "2h", update: "2h", delete: "30m" },
    });
    for (const [name, source] of Object.entries({ orders: "orders", crm2: "crm" })) {
      const { mark, copiedAt, ...database } = databases[name] ?? {};
      assert.equal(mark, stage.hands.database("rm-staging", name)?.description);
      assert.equal(copiedAt, completedAt);
      assert.deepEqual(database, {
        sourceName: source,
        targetName: name,
        status: "Running",
        origin: "copied",
        restorePoint: friday,
        requestId,
        askedAt: startedAt,
      });
    }
    assert.deepEqual(tagsOf(stage), {});
  });

  it("is that it was taken over, where all was there: no copy, no request, no mark, no receipt", async () => {
    const stage = openPlayedStage();
    const { errors, infos } = await stage.engine.up(
      oneCopy({ orders: "reports" }, { adoptExisting: true, preflight: "off" }),
    );
    assert.deepEqual(errors, []);
    assert.match(
      infos.join("\n"),
      /Takes over reports on rm-staging as found, to be neither overwritten nor dropped\./,
    );
    const { id, outputs } = saved(stage);
    const [instance, tail = ""] = id.split(":");
    assert.equal(instance, "rm-staging");
    assert.match(tail.replace(/^adopted-/, ""), uuid);
    assert.equal(outputs.dataVersion, tail);
    assert.deepEqual([outputs.requestId, outputs.restorePoint], [undefined, undefined]);
    assert.deepEqual(outputs.databases, {
      reports: { sourceName: "orders", targetName: "reports", status: "Running", origin: "adopted" },
    });
    assert.deepEqual(outputs.names, { orders: "reports" });
    assert.ok(outputs.completedAt);
    assert.deepEqual(tagsOf(stage), {});
    assert.equal(stage.hands.database("rm-staging", "reports")?.description, "");
    assert.deepEqual(
      [stage.accepted("CopyDatabaseBetweenInstances"), stage.accepted("TagResources")],
      [0, 0],
    );
  });

  it("tells what was taken over from what was copied, where both were wanted", async () => {
    const stage = openPlayedStage();
    assert.deepEqual(
      (await stage.engine.up(oneCopy({ orders: "orders", crm: "reports" }, { adoptExisting: true }))).errors,
      [],
    );
    assert.deepEqual(databasesOf(saved(stage).outputs), {
      orders: ["orders", "orders", "Running", "copied", "1002"],
      reports: ["crm", "reports", "Running", "adopted", "none"],
    });
    assert.match(saved(stage).id, /^rm-staging:(?!adopted)/);
    assert.equal(stage.hands.database("rm-staging", "reports")?.content, "reports-of-others");
  });

  it("is an older backup, where the service says that the newest lacks a database", async () => {
    const stage = openPlayedStage();
    stage.cloud.addFault({
      action: "CopyDatabaseBetweenInstances",
      when: { nth: 1 },
      then: { error: { status: 400, code: "InvalidBackupSet" } },
    });
    const { errors, infos } = await stage.engine.up(oneCopy(["orders"]));
    assert.deepEqual(errors, []);
    assert.match(infos.join("\n"), /backup 1002 of 2026-02-28T18:40:00Z does not hold all of orders\./);
    assert.deepEqual(saved(stage).outputs.restorePoint, friday);
    assert.equal(saved(stage).outputs.databases["orders"]?.restorePoint?.kind, "backup");
  });

  it("is nothing, where no backup holds it: its receipt is taken off, too", async () => {
    const stage = openPlayedStage();
    stage.cloud.addFault({
      action: "CopyDatabaseBetweenInstances",
      then: { error: { status: 400, code: "InvalidBackupSet" } },
    });
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.match(
      errors.join(),
      /Copying orders from rm-prod to rm-staging was refused, and nothing was started\. .*InvalidBackupSet/,
    );
    assert.equal(
      stage.cloud.calls.filter(({ action }) => action === "CopyDatabaseBetweenInstances").length,
      2,
    );
    assert.deepEqual([stage.engine.state, tagsOf(stage)], [{}, {}]);
  });

  it("is nothing after a refusal, which is not tried with an older backup", async () => {
    const stage = openPlayedStage();
    stage.cloud.addFault({
      action: "CopyDatabaseBetweenInstances",
      then: { error: { status: 400, code: "EngineNotSupported" } },
    });
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.match(errors.join(), /was refused, and nothing was started\. .*EngineNotSupported/);
    assert.equal(
      stage.cloud.calls.filter(({ action }) => action === "CopyDatabaseBetweenInstances").length,
      1,
    );
    assert.deepEqual([stage.engine.state, tagsOf(stage)], [{}, {}]);
  });
});

describe("what is recorded of a copy whose answer was lost", () => {
  it("has no request id where only its effect was seen, and is finished all the same", async () => {
    const stage = openPlayedStage();
    stage.cloud.addFault({
      action: "CopyDatabaseBetweenInstances",
      when: { nth: 1 },
      then: { drop: "after" },
    });
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).errors, []);
    const { id, outputs } = saved(stage);
    assert.match(id.replace(/^rm-staging:unanswered-/, ""), uuid);
    assert.equal(outputs.dataVersion, id.slice("rm-staging:".length));
    assert.equal(outputs.requestId, undefined);
    assert.equal(outputs.databases["orders"]?.requestId, undefined);
    assert.equal(outputs.databases["orders"]?.status, "Running");
    assert.deepEqual(tagsOf(stage), {});
  });

  it("is when it may have been accepted, where nothing appeared: not done, with its receipt left on", async () => {
    const stage = openPlayedStage();
    stage.seeThrough(() => ({ copyDatabases: () => Promise.reject(failed("ECONNRESET")) }));
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.match(
      errors.join(),
      /Whether the copy to rm-staging was accepted is not known.*A second try was not answered either/,
    );
    const { id, outputs, initErrors } = saved(stage);
    assert.match(id, /^rm-staging:unanswered-/);
    assert.deepEqual([outputs.completedAt, outputs.requestId, initErrors.length], [undefined, undefined, 1]);
    assert.deepEqual(outputs.restorePoint, saturday);
    const { askedAt, askedUntil, ...database } = outputs.databases["orders"] ?? {};
    assert.deepEqual(database, {
      sourceName: "orders",
      targetName: "orders",
      status: "Requested",
      origin: "copied",
      restorePoint: saturday,
    });
    assert.equal(askedAt, "2026-03-01T02:00:00Z");
    assert.ok(askedUntil !== undefined && askedUntil > askedAt);
    assert.equal(Object.keys(tagsOf(stage) ?? {}).length, 1);

    stage.seeThrough(undefined);
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).errors, []);
    const next = saved(stage).outputs;
    assert.deepEqual(databasesOf(next), { orders: ["orders", "orders", "Running", "copied", "1002"] });
    assert.match(next.requestId ?? "", uuid);
    assert.equal(next.dataVersion, next.requestId);
    assert.ok(next.completedAt);
    assert.deepEqual(tagsOf(stage), {});
  });
});

describe("what a change records", () => {
  async function copied(names: unknown, more: object = {}) {
    const stage = openPlayedStage();
    assert.deepEqual((await stage.engine.up(oneCopy(names, more))).errors, []);
    stage.time.advance(3_600_000);
    return { stage, before: saved(stage).outputs };
  }

  it("is the new copy beside what was there: its request, its moment, its version", async () => {
    const { stage, before } = await copied(["orders"], { backupId: "1001" });
    const { errors, infos } = await stage.engine.up(oneCopy(["orders", "crm"]));
    assert.deepEqual(errors, []);
    assert.match(infos.join("\n"), /Copied crm from backup 1002/);
    const after = saved(stage).outputs;
    assert.deepEqual(after.databases["orders"], before.databases["orders"]);
    assert.deepEqual(databasesOf(after)["crm"], ["crm", "crm", "Running", "copied", "1002"]);
    assert.notEqual(after.requestId, before.requestId);
    assert.deepEqual(
      [after.dataVersion, after.databases["crm"]?.requestId],
      [after.requestId, after.requestId],
    );
    assert.deepEqual(after.restorePoint, saturday);
    assert.ok(after.startedAt > (before.completedAt ?? "") && (after.completedAt ?? "") > after.startedAt);
  });

  it("is no new version where something is only dropped", async () => {
    const { stage, before } = await copied(["orders", "crm"]);
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).errors, []);
    const after = saved(stage).outputs;
    const { crm: _, ...rest } = before.databases;
    assert.deepEqual(after.databases, rest);
    for (const name of ["dataVersion", "requestId", "startedAt", "restorePoint"] as const)
      assert.deepEqual(after[name], before[name], name);
    assert.ok((after.completedAt ?? "") > (before.completedAt ?? ""));
    assert.equal(stage.hands.database("rm-staging", "crm"), undefined);
  });

  it("is the new inputs alone where the data stays, without a call: the moment of the copy stays, too", async () => {
    const { stage, before } = await copied(["orders"], { backupId: "1001" });
    const calls = stage.cloud.calls.length;
    const { errors, infos, steps } = await stage.engine.up(
      oneCopy(["orders"], { timeouts: { delete: "5m" } }),
    );
    assert.deepEqual([errors, steps], [[], ["update data"]]);
    assert.match(infos.join("\n"), /The data stays as it was copied, from backup 1001/);
    assert.equal(stage.cloud.calls.length, calls);
    const { backupId: _, ...rest } = before;
    assert.deepEqual(saved(stage).outputs, {
      ...rest,
      timeouts: { create: "2h", update: "2h", delete: "5m" },
    });
  });

  it("is nothing where a new copy was refused: the state is as true as before, and all of it stays", async () => {
    const { stage, before } = await copied(["orders"]);
    stage.cloud.addFault({
      action: "CopyDatabaseBetweenInstances",
      then: { error: { status: 400, code: "EngineNotSupported" } },
    });
    const { errors } = await stage.engine.up(oneCopy(["crm"]));
    assert.match(
      errors.join(),
      /^data: Copying crm from rm-prod to rm-staging was refused\. .*EngineNotSupported/,
    );
    assert.deepEqual(saved(stage).outputs, before);
    assert.deepEqual(tagsOf(stage), {});
    assert.ok(stage.hands.database("rm-staging", "orders"));
  });

  it("is what came of it where something else was finished before a copy was refused", async () => {
    const stage = openPlayedStage();
    await stage.engine.up(oneCopy(["orders"], { timeouts: { create: "5s" } }));
    assert.ok(saved(stage).initErrors.length > 0);
    stage.cloud.addFault({
      action: "CopyDatabaseBetweenInstances",
      then: { error: { status: 400, code: "EngineNotSupported" } },
    });
    const { errors } = await stage.engine.up(oneCopy(["orders", "crm"]));
    assert.match(errors.join(), /Copying crm from rm-prod to rm-staging was refused\. .*EngineNotSupported/);
    const { outputs, initErrors } = saved(stage);
    assert.deepEqual(databasesOf(outputs), { orders: ["orders", "orders", "Running", "copied", "1002"] });
    assert.deepEqual([outputs.completedAt, initErrors.length], [undefined, 1]);
  });

  it("keeps what applications read until everything new runs: an unfinished copy drops nothing", async () => {
    const { stage } = await copied(["orders"]);
    const renamed = oneCopy({ orders: "orders_new" }, { timeouts: { update: "5s" } });
    assert.match((await stage.engine.up(renamed)).errors.join(), /time-out was reached/);
    assert.ok(stage.hands.database("rm-staging", "orders"));
    assert.deepEqual(Object.keys(saved(stage).outputs.databases).sort(), ["orders", "orders_new"]);
    assert.equal(stage.accepted("DeleteDatabase"), 0);
    assert.deepEqual((await stage.engine.up(oneCopy({ orders: "orders_new" }))).errors, []);
    assert.deepEqual(Object.keys(saved(stage).outputs.databases), ["orders_new"]);
    assert.equal(stage.hands.database("rm-staging", "orders"), undefined);
  });

  it("waits until a database that somebody is dropping is gone, and then copies it again", async () => {
    const { stage } = await copied(["orders", "crm"]);
    stage.cloud.world = {
      ...stage.cloud.world,
      instances: stage.cloud.world.instances.map((one) => ({
        ...one,
        databases: one.databases.map((database) =>
          one.id === "rm-staging" && database.name === "orders"
            ? { ...database, status: "Deleting" as const }
            : database,
        ),
      })),
    };
    await stage.engine.refresh();
    let looks = 0;
    stage.seeThrough((rds) => ({
      describeDatabases: async (id) => {
        const listed = await rds.describeDatabases(id);
        if (id === "rm-staging" && ++looks === 5) stage.hands.drop("rm-staging", "orders");
        return listed;
      },
    }));
    assert.deepEqual((await stage.engine.up(oneCopy(["orders", "crm"]))).errors, []);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 2);
    assert.equal(saved(stage).outputs.databases["orders"]?.status, "Running");
  });

  it("is another case of a name as the same database", async () => {
    const { stage, before } = await copied(["orders"]);
    assert.deepEqual(
      (await stage.engine.up(oneCopy({ orders: "Orders" }, { preflight: "off" }))).errors.length,
      1,
    );
    assert.deepEqual((await stage.engine.up(oneCopy({ ORDERS: "orders" }, { preflight: "off" }))).errors, []);
    const { outputs } = saved(stage);
    assert.deepEqual(outputs.databases, { orders: { ...before.databases["orders"], sourceName: "ORDERS" } });
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
  });
});

describe("what is recorded when a run went on with what another one left", () => {
  /** Kills the first run at the first call of an action after the given one. */
  async function killedAt(action: string, before?: string) {
    for (let nth = 0; nth < 60; nth++) {
      const stage = openPlayedStage();
      stage.cloud.cut(nth, "gone");
      await stage.engine.up(oneCopy(["orders"]));
      const actions = stage.cloud.calls.map((call) => call.action);
      if (actions.at(-1) === action && (before === undefined || actions.includes(before))) return stage;
    }
    throw new Error(`no run is killed at ${action}`);
  }

  it("is the request of its receipt, and that it was resumed", async () => {
    const stage = await killedAt("TagResources", "CopyDatabaseBetweenInstances");
    const { errors, infos } = await stage.engine.up(oneCopy(["orders"]));
    assert.deepEqual(errors, []);
    assert.match(
      infos.join("\n"),
      /A copy of this very resource to rm-staging \(orders\) is there that its state does not tell of/,
    );
    const { id, outputs } = saved(stage);
    assert.match(outputs.requestId ?? "", uuid);
    assert.deepEqual([id, outputs.dataVersion], [`rm-staging:${outputs.requestId}`, outputs.requestId]);
    assert.deepEqual(databasesOf(outputs), { orders: ["orders", "orders", "Running", "copied", "1002"] });
    assert.deepEqual(outputs.restorePoint, saturday);
    assert.equal(outputs.databases["orders"]?.requestId, outputs.requestId);
    assert.ok(outputs.databases["orders"]?.mark && outputs.completedAt);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
    assert.deepEqual(tagsOf(stage), {});
  });

  it("says that nobody knows whether it was accepted, where it was only announced and nothing is there", async () => {
    const stage = await killedAt("TagResources");
    const { errors, infos } = await stage.engine.up(oneCopy(["orders"]));
    assert.deepEqual(errors, []);
    assert.match(
      infos.join("\n"),
      /An earlier run was cut off around asking for the copy of orders to rm-staging\. Whether it was accepted is not known/,
    );
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
    const { id, outputs } = saved(stage);
    assert.match(id, /^rm-staging:resumed-/);
    assert.match(outputs.requestId ?? "", uuid);
    assert.equal(outputs.dataVersion, outputs.requestId);
  });

  it("has an id of its own where the answer was lost and no receipt tells the request", async () => {
    const stage = await killedAt("CopyDatabaseBetweenInstances");
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.deepEqual(errors, []);
    const { id, outputs } = saved(stage);
    assert.match(id.replace(/^rm-staging:resumed-/, ""), uuid);
    assert.deepEqual([outputs.requestId, outputs.dataVersion], [undefined, id.slice("rm-staging:".length)]);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
  });
});

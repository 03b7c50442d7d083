import assert from "node:assert/strict";
import { oneCopy } from "./harness/program";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";

describe("engine: a copy from the latest backup", () => {
  it("has all outputs that its class declares, those of inputs that are not given too, which is no difference", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(`
      const copy = ${oneCopy({ dbNames: ["orders"] })}
      exports.users = copy.syncUserPrivilege;
      exports.mode = copy.preflight;
      exports.longest = copy.timeouts.apply((timeouts) => timeouts.create);
      exports.tags = copy.requireTargetTags.apply((tags) => tags === undefined ? "none" : tags);`);
    const up = await stage.previewedUp();
    assert.equal(up.exitCode, 0, up.text);
    const { text } = await stage.pulumi("stack", "output", "--json");
    assert.deepEqual(JSON.parse(text), { users: false, mode: "enforce", longest: "2h", tags: "none" });
    const { inputs = {} } = (await stage.resource()) ?? {};
    assert.deepEqual(Object.keys(inputs).sort(), [
      "__provider",
      "dbNames",
      "foundAt",
      "resourceUrn",
      "sourceDbInstanceId",
      "targetDbInstanceId",
    ]);
    const again = await stage.preview("--expect-no-changes");
    assert.equal(again.exitCode, 0, again.text);
  });

  it("is previewed, made, left alone, and dropped", async () => {
    await using stage = await openStage({ program: "process", world: company });
    await stage.program(oneCopy({ dbNames: { orders: "orders", crm: "crm_staging" } }));

    const preview = await stage.preview();
    assert.equal(preview.exitCode, 0, preview.text);
    assert.match(preview.text, /Copies crm as crm_staging and orders as of .* from rm-prod to rm-staging/);
    assert.match(preview.text, /latest usable backup/);
    assert.deepEqual(stage.changes(), []);

    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), ["copy crm as crm_staging, orders from backup 1002"]);
    assert.deepEqual(stage.contents(), { crm_staging: "crm-1002", orders: "orders-1002" });

    const { id, outputs = {}, sourcePosition } = (await stage.resource()) ?? {};
    assert.match(sourcePosition ?? "", /\/index\.js#3,1$/);
    const requestId = stage.simulator
      .journal()
      .find(({ action }) => action === "CopyDatabaseBetweenInstances")?.requestId;
    assert.ok(requestId);
    assert.match(id ?? "", /^rm-staging:[0-9a-z]{8}$/);
    const restorePoint = {
      kind: "backup",
      backupId: "1002",
      backupTime: backupEnd(stage.simulator.world(), "1002"),
    };
    const { databases, startedAt, completedAt, owner, dataVersion, ...rest } = outputs;
    assert.deepEqual(rest, {
      __provider: 'exports.handler=()=>require("pulumi-alicloud-rds-copy/provider")',
      resourceUrn: "urn:pulumi:dev::engine-test::pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy::copy",
      sourceDbInstanceId: "rm-prod",
      targetDbInstanceId: "rm-staging",
      dbNames: { orders: "orders", crm: "crm_staging" },
      names: { orders: "orders", crm: "crm_staging" },
      syncUserPrivilege: false,
      adoptExisting: false,
      preflight: "enforce",
      ownershipMarks: true,
      timeouts: { create: "2h", update: "2h", delete: "30m" },
      region: "cn-hangzhou",
      foundAt: { region: "cn-hangzhou", endpoint: stage.simulator.endpoint },
      stateVersion: 1,
      restorePoint,
      requestId,
    });
    assert.match(String(owner), /^[0-9a-z]{12}$/);
    assert.match(String(dataVersion), /^[0-9a-z]{16}$/);
    assert.deepEqual(Object.keys(databases as object).sort(), ["crm_staging", "orders"]);
    const {
      copiedAt,
      askedAt,
      id: copyId,
      ...orders
    } = (databases as Record<string, Record<string, unknown>>)["orders"] ?? {};
    assert.deepEqual(orders, {
      phase: "filled",
      source: "orders",
      target: "orders",
      status: "Running",
      point: restorePoint,
      requestId,
    });
    const marked = stage.simulator.world().instances.find(({ id: one }) => one === "rm-staging")
      ?.databases[0];
    assert.ok(
      marked?.description.startsWith(`pulumi-${String(owner)}-${String(copyId)}-b1002--from_rm-prod_db_`),
    );
    for (const moment of [startedAt, completedAt, copiedAt, askedAt])
      assert.match(String(moment), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    stage.callCount();
    const again = await stage.up();
    assert.equal(again.exitCode, 0, again.text);
    assert.match(again.text, /2 unchanged/);
    assert.equal(stage.callCount(), 0, "an unchanged resource costs no call");

    const refreshed = await stage.preview("--refresh", "--expect-no-changes");
    assert.equal(refreshed.exitCode, 0, refreshed.text);

    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual([...stage.changes()].sort(), ["drop crm_staging", "drop orders"]);
    assert.deepEqual(stage.contents(), {});
    assert.deepEqual(stage.contents("rm-prod"), {
      orders: "orders-today",
      crm: "crm-today",
      billing: "billing-today",
    });
  });
});

function backupEnd(
  world: {
    readonly instances: readonly {
      readonly backups: readonly { readonly id: string; readonly end: string }[];
    }[];
  },
  backupId: string,
): string | undefined {
  return world.instances.flatMap(({ backups }) => backups).find(({ id }) => id === backupId)?.end;
}

import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { backup, company } from "./harness/world";
import { oneCopy } from "./harness/program";

describe("engine: a database that someone dropped", () => {
  it("is forgotten by a refresh and copied again by itself, from the restore point that the others have", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ dbNames: { orders: "orders", crm: "crm_staging" } }));
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    stage.changes();
    const before = (await stage.resource())?.outputs ?? {};

    // Meanwhile a newer backup was made.
    stage.simulator.setWorld({
      ...stage.simulator.world(),
      instances: stage.simulator.world().instances.map((instance) =>
        instance.id === "rm-prod"
          ? {
              ...instance,
              backups: [backup("1003", 1, { orders: "orders-1003", crm: "crm-1003" }), ...instance.backups],
            }
          : { ...instance, databases: instance.databases.filter(({ name }) => name !== "crm_staging") },
      ),
    });

    const refresh = await stage.refresh();
    assert.equal(refresh.exitCode, 0, refresh.text);
    const databases = (await stage.resource())?.outputs?.["databases"] as Record<string, { status: string }>;
    assert.deepEqual(Object.keys(databases), ["orders"]);
    assert.equal(databases["orders"]?.status, "Running");

    const preview = await stage.preview();
    assert.match(preview.text, /1 to update/);
    assert.match(preview.text, /Copies crm as crm_staging as of backup 1002 .* from rm-prod to rm-staging/);
    const repair = await stage.up();
    assert.equal(repair.exitCode, 0, repair.text);
    assert.deepEqual(stage.changes(), ["copy crm as crm_staging from backup 1002"]);
    assert.deepEqual(stage.contents(), { crm_staging: "crm-1002", orders: "orders-1002" });
    const after = (await stage.resource())?.outputs ?? {};
    assert.notEqual(after["dataVersion"], before["dataVersion"]);
    assert.deepEqual(after["restorePoint"], before["restorePoint"]);

    stage.callCount();
    const quiet = await stage.up("--expect-no-changes");
    assert.equal(quiet.exitCode, 0, quiet.text);
    assert.equal(stage.callCount(), 0);
  });
});

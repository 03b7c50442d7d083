import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";
import { oneCopy } from "./harness/program";

/** Copies take longer than anybody waits for them here. */
const longCopies = { ...company, copy: { minimumSeconds: 3600 } };

describe("engine: a copy that is not finished", () => {
  it("outlasts its timeout: kept with a sentence, refreshed, and finished by the next up with no second copy", async () => {
    await using stage = await openStage({ world: longCopies, clock: "virtual" });
    await stage.program(
      oneCopy({
        dbNames: { orders: "orders", crm: "crm_staging" },
        timeouts: { create: "1m" },
      }),
    );
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0);
    assert.match(
      up.text,
      /Timed out before crm_staging and orders were ready on rm-staging \((Creating|not listed)\)\. Run `pulumi up` again to continue/,
    );
    assert.doesNotMatch(up.text, stackTrace);
    const half = await stage.resource();
    assert.ok(half);
    assert.match(half.id ?? "", /^rm-staging:/);
    assert.equal(half.outputs?.["__provider"], half.inputs?.["__provider"]);
    assert.equal(half.outputs?.["completedAt"], undefined);
    assert.equal(half.initErrors?.length, 1);

    // A refresh wipes the engine's own memory of the failure.
    const refresh = await stage.refresh();
    assert.equal(refresh.exitCode, 0, refresh.text);
    stage.simulator.advance("2h");
    const finished = await stage.up();
    assert.equal(finished.exitCode, 0, finished.text);
    assert.deepEqual(stage.changes(), ["copy crm as crm_staging, orders from backup 1002"]);
    assert.deepEqual(stage.contents(), { crm_staging: "crm-1002", orders: "orders-1002" });
    const whole = await stage.resource();
    assert.equal(whole?.id, half.id);
    assert.ok(whole?.outputs?.["completedAt"]);
    assert.equal(whole.outputs["dataVersion"], half.outputs?.["dataVersion"]);
  });

  it("is waited for again without a refresh in between, and can be destroyed while it is under way", async () => {
    await using stage = await openStage({ world: { ...longCopies, drop: { seconds: 0 } }, clock: "virtual" });
    await stage.program(
      oneCopy({ dbNames: ["orders"], timeouts: { create: "40s", update: "40s", delete: "2m" } }),
    );
    assert.notEqual((await stage.up()).exitCode, 0);
    const still = await stage.up();
    assert.notEqual(still.exitCode, 0, "success is never reported for a half copy");
    assert.deepEqual(stage.changes(), ["copy orders from backup 1002"]);

    const early = await stage.destroy();
    assert.notEqual(early.exitCode, 0);
    assert.match(
      early.text,
      /Timed out before orders was ready on rm-staging|Database orders on rm-staging could not be dropped: .*Creating/,
    );
    assert.ok(await stage.resource());
    stage.simulator.advance("2h");
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.changes(), ["drop orders"]);
    assert.deepEqual(stage.contents(), {});
  });

  it("in which one database failed is kept, and the next up copies only that one", async () => {
    const world = { ...company, copy: { failDatabases: ["crm"] } };
    await using stage = await openStage({ world });
    await stage.program(oneCopy({ dbNames: ["orders", "crm", "billing"] }));
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0);
    assert.match(
      up.text,
      /The copy of crm to rm-staging from backup 1002 .*failed according to its task\. Run `pulumi up` again/,
    );
    assert.deepEqual(stage.changes(), ["copy billing, crm, orders from backup 1002"]);
    assert.deepEqual(stage.contents(), { billing: "billing-1002", orders: "orders-1002" });

    stage.simulator.setWorld({ ...stage.simulator.world(), copy: { failDatabases: [] } });
    const again = await stage.up();
    assert.equal(again.exitCode, 0, again.text);
    assert.deepEqual(stage.changes(), ["copy crm from backup 1002"]);
    assert.deepEqual(stage.contents(), { billing: "billing-1002", crm: "crm-1002", orders: "orders-1002" });
  });
});

const stackTrace = /^\s+at .+:\d+:\d+/m;

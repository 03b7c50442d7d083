import assert from "node:assert/strict";
import { openStage, type Stage } from "./harness/stage";
import { ago, company, production, staging } from "./harness/world";
import { oneCopy } from "./harness/program";

describe("engine: replacement", () => {
  it("drops first and copies then, for every input that cannot change in place, and the preview says why", async () => {
    await using stage = await openStage({
      world: {
        instances: [production, { ...production, id: "rm-prod-two" }, staging, { id: "rm-staging-two" }],
      },
    });
    const dbNames = { orders: "orders", crm: "crm" };
    assert.deepEqual(await become(stage, oneCopy({ dbNames, backupId: "1001" })), [
      "copy crm, orders from backup 1001",
    ]);
    const dropped = ["drop crm", "drop orders"];

    await stage.program(oneCopy({ dbNames, backupId: "1002" }));
    const preview = await stage.preview();
    assert.equal(preview.exitCode, 0, preview.text);
    assert.match(preview.text, /\+-1 to replace/);
    assert.match(preview.text, /backup 1001 of .* asks for backup 1002/);
    assert.deepEqual(stage.changes(), [], "a preview changes nothing");
    assert.deepEqual(sorted(await become(stage, oneCopy({ dbNames, backupId: "1002" }))), [
      ...dropped,
      "copy crm, orders from backup 1002",
    ]);

    const moment = ago(20);
    const otherwise = {
      dbNames,
      restoreTime: moment,
      syncUserPrivilege: true,
      sourceDbInstanceId: "rm-prod-two",
    };
    assert.deepEqual(sorted(await become(stage, oneCopy(otherwise))), [
      ...dropped,
      `copy crm, orders as of ${moment} with users`,
    ]);
    const elsewhere = { ...otherwise, targetDbInstanceId: "rm-staging-two" };
    assert.deepEqual(sorted(await become(stage, oneCopy(elsewhere))), [
      ...dropped,
      `copy crm, orders as of ${moment} with users`,
    ]);
    assert.deepEqual(stage.contents(), {});
    assert.deepEqual(Object.keys(stage.contents("rm-staging-two")).sort(), ["crm", "orders"]);
  });

  it("by replacementTrigger fills the same names again, old ones first", async () => {
    await using stage = await openStage({ world: company });
    const triggered = (value: string) =>
      oneCopy({ dbNames: ["orders"] }, `{ replacementTrigger: "${value}" }`);
    await become(stage, triggered("2026-w47"));
    const before = (await stage.resource())?.outputs?.["dataVersion"];
    assert.deepEqual(await become(stage, triggered("2026-w48")), [
      "drop orders",
      "copy orders from backup 1002",
    ]);
    assert.notEqual((await stage.resource())?.outputs?.["dataVersion"], before);
    assert.deepEqual(stage.contents(), { orders: "orders-1002" });
  });

  it("never drops a database whose name goes to another source before it can be copied", async () => {
    await using stage = await openStage({ world: company });
    await become(stage, oneCopy({ dbNames: { orders: "data" } }));
    assert.deepEqual(await become(stage, oneCopy({ dbNames: { crm: "data" } })), [
      "drop data",
      "copy crm as data from backup 1002",
    ]);
    assert.deepEqual(stage.contents(), { data: "crm-1002" });
  });
});

async function become(stage: Stage, program: string): Promise<readonly string[]> {
  await stage.program(program);
  const up = await stage.up();
  assert.equal(up.exitCode, 0, up.text);
  return stage.changes();
}

/** Drops of one resource go side by side: their order among themselves means nothing, the copy after them does. */
function sorted(changes: readonly string[]): readonly string[] {
  const firstCopy = changes.findIndex((change) => change.startsWith("copy"));
  return [...changes.slice(0, firstCopy).sort(), ...changes.slice(firstCopy)];
}

import assert from "node:assert/strict";
import type { WorldInput } from "alicloud-rds-simulator";
import { oneCopy } from "../harness/program";
import { openStage, type Stage } from "../harness/stage";
import { production, staging } from "../harness/world";

/** What is refused before is in ownership/beforeTheDrop.test.ts; here is what only the run, or the copy call, tells. */
describe("engine: a replacement that is refused late", () => {
  const good = { dbNames: ["orders", "crm"] };
  const copied = { orders: "orders-1002", crm: "crm-1002" };
  const elsewhere = { id: "rm-other" };

  async function withCopy(): Promise<Stage> {
    const world: WorldInput = { instances: [production, elsewhere, staging] };
    const stage = await openStage({ world });
    await stage.program(oneCopy(good));
    const { exitCode, text } = await stage.up();
    assert.equal(exitCode, 0, text);
    stage.changes();
    return stage;
  }

  it("a target that turns out to be the source once its Output is known", async () => {
    await using stage = await withCopy();
    const first = oneCopy({ targetDbInstanceId: "rm-other", dbNames: ["billing"] }).replace(
      '"copy"',
      '"first"',
    );
    const copy = oneCopy({ ...good, targetDbInstanceId: "" }).replace(
      '"targetDbInstanceId":""',
      'targetDbInstanceId: first.requestId.apply(() => "rm-prod")',
    );
    await stage.program(`const first = ${first}\n${copy}`);
    const preview = await stage.preview();
    assert.equal(preview.exitCode, 0, preview.text);
    assert.doesNotMatch(preview.text, /replace/);
    const { exitCode, text } = await stage.up();
    assert.notEqual(exitCode, 0, text);
    assert.match(text, /targetDbInstanceId is the source itself/);
    assert.deepEqual(stage.changes(), ["copy billing from backup 1002"]);
    assert.deepEqual(stage.contents(), copied);
  });

  it("where a race wins all the same, the message says that the databases were dropped, and the next run copies", async () => {
    await using stage = await withCopy();
    await stage.program(oneCopy({ ...good, backupId: "1001" }));
    // The set vanishes when the drops have begun: every look before was answered.
    stage.simulator.addFault({
      action: "CopyDatabaseBetweenInstances",
      when: { times: 1 },
      then: { error: { status: 400, code: "InvalidBackupSetID", message: "The backup set does not exist." } },
    });
    const { exitCode, text } = await stage.up();
    assert.notEqual(exitCode, 0, text);
    assert.match(
      text,
      /error: .*The databases that this resource had copied to rm-staging were dropped for the replacement; the next `pulumi up` copies them/,
    );
    assert.match(text, /InvalidBackupSetID/);
    assert.deepEqual(stage.contents(), {});
    const again = await stage.up();
    assert.equal(again.exitCode, 0, again.text);
    assert.deepEqual(stage.contents(), { orders: "orders-1001", crm: "crm-1001" });
  });
});

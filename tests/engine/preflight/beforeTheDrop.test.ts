import assert from "node:assert/strict";
import type { WorldInput } from "alicloud-rds-simulator";
import { oneCopy } from "../harness/program";
import { openStage, type Stage } from "../harness/stage";
import { ago, backup, production, staging } from "../harness/world";

/** A replacement drops first and copies then, so whatever can be refused is refused while the old data is still there. */
describe("engine: a replacement is refused before anything is dropped", () => {
  const good = { dbNames: ["orders", "crm"] };
  const copied = { orders: "orders-1002", crm: "crm-1002" };
  const elsewhere = {
    id: "rm-other",
    databases: [{ name: "orders" }],
    backups: [backup("2001", 3, { orders: "x" })],
  };

  async function withCopy(): Promise<Stage> {
    const world: WorldInput = { instances: [production, elsewhere, staging] };
    const stage = await openStage({ world });
    await stage.program(oneCopy(good));
    const { exitCode, text } = await stage.up();
    assert.equal(exitCode, 0, text);
    stage.changes();
    return stage;
  }

  async function refused(stage: Stage, code: RegExp): Promise<void> {
    const { exitCode, text } = await stage.up();
    assert.notEqual(exitCode, 0, text);
    assert.match(text, code);
    assert.doesNotMatch(text, /is gone|data is gone/);
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(stage.contents(), copied);
  }

  it("a backup that was deleted between the preview and the run", async () => {
    await using stage = await withCopy();
    await stage.program(oneCopy({ ...good, backupId: "1001" }));
    assert.equal((await stage.preview()).exitCode, 0);
    withoutBackup(stage, "1001");
    await refused(stage, /backupId: \[backup-missing\] Instance rm-prod has no backup 1001/);
  });

  it("a source without one of the databases, and a moment before the first backup", async () => {
    await using stage = await withCopy();
    await stage.program(oneCopy({ ...good, sourceDbInstanceId: "rm-other" }));
    await refused(stage, /dbNames\.crm: \[source-database-missing\] Instance rm-other has no database crm/);

    await stage.program(oneCopy({ ...good, restoreTime: ago(60) }));
    await refused(stage, /restoreTime: \[restore-time-too-early\]/);
  });

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

  it("where a race wins all the same, the first sentence says that the data is gone, and the next run copies", async () => {
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
    assert.match(text, /error: (\S+ )?The data is gone that this resource had copied to rm-staging/);
    assert.match(text, /InvalidBackupSetID/);
    assert.deepEqual(stage.contents(), {});
    const again = await stage.up();
    assert.equal(again.exitCode, 0, again.text);
    assert.deepEqual(stage.contents(), { orders: "orders-1001", crm: "crm-1001" });
  });
});

function withoutBackup({ simulator }: Stage, backupId: string): void {
  const world = simulator.world();
  simulator.setWorld({
    ...world,
    instances: world.instances.map((instance) => ({
      ...instance,
      backups: instance.backups.filter(({ id }) => id !== backupId),
    })),
  });
}

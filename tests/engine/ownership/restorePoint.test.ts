import assert from "node:assert/strict";
import { copiedStage } from "../harness/copiedStage";
import { oneCopy } from "../harness/program";
import type { Stage } from "../harness/stage";
import { backup } from "../harness/world";
import { dropByHand, succeeds } from "./target";

describe("engine: ownership, the restore point that the state keeps", () => {
  it("fills a lost database again although it was the only one, a refresh came in between and a newer set exists", async () => {
    await using stage = await copiedStage(oneCopy({ dbNames: ["orders"] }));
    dropByHand(stage, "orders");
    addBackup(stage, "1003");
    await succeeds(stage, stage.refresh());
    assert.ok(await stage.resource(), "a refresh lets no resource go for missing databases");
    assert.deepEqual(await succeeds(stage, stage.up()), ["copy orders from backup 1002"]);
  });

  it("named by a pin is no other data: nothing is copied, and the preview says so", async () => {
    await using stage = await copiedStage(oneCopy({ dbNames: ["orders", "crm"] }));
    await stage.program(oneCopy({ dbNames: ["orders", "crm"], backupId: "1002" }));
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    assert.doesNotMatch(text, /Copies/);
    assert.match(text, /1002/);
    assert.match(text, /nothing is copied|no database is copied|not copied/i);
    assert.deepEqual(await succeeds(stage, stage.up()), []);
  });
});

function addBackup({ simulator }: Stage, id: string): void {
  const world = simulator.world();
  simulator.setWorld({
    ...world,
    instances: world.instances.map((one) =>
      one.id === "rm-prod"
        ? { ...one, backups: [backup(id, 1, { orders: `orders-${id}`, crm: `crm-${id}` }), ...one.backups] }
        : one,
    ),
  });
}

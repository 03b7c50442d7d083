import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";
import { oneCopy } from "./harness/program";

describe("engine: the three forms of dbNames", () => {
  it("mean the same, so that changing between them changes nothing and costs no call", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ dbNames: "orders, crm" }));
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), ["copy crm, orders from backup 1002"]);
    stage.callCount();
    for (const dbNames of [["crm", "orders"], { orders: "orders", crm: "crm" }]) {
      await stage.program(oneCopy({ dbNames }));
      const other = await stage.up("--expect-no-changes");
      assert.equal(other.exitCode, 0, other.text);
    }
    assert.equal(stage.callCount(), 0);
  });
});

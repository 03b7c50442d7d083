import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";
import { oneCopy } from "./harness/program";

describe("engine: changed names", () => {
  it("copy only what is added, drop only what is removed, and rename without a gap", async () => {
    await using stage = await openStage({ world: company });
    const become = async (dbNames: Record<string, string>) => {
      await stage.program(oneCopy({ dbNames }));
      const up = await stage.up();
      assert.equal(up.exitCode, 0, up.text);
      return stage.changes();
    };

    assert.deepEqual(await become({ orders: "orders" }), ["copy orders from backup 1002"]);
    assert.deepEqual(await become({ orders: "orders", crm: "crm" }), ["copy crm from backup 1002"]);
    await stage.program(oneCopy({ dbNames: { orders: "orders_v2", crm: "crm" } }));
    const renaming = await stage.preview();
    assert.match(renaming.text, /Copies orders as orders_v2 from rm-prod/);
    assert.match(
      renaming.text,
      /An update drops what is no longer declared, after everything else runs: orders on rm-staging/,
    );
    assert.deepEqual(await become({ orders: "orders_v2", crm: "crm" }), [
      "copy orders as orders_v2 from backup 1002",
      "drop orders",
    ]);
    const names = (await stage.resource())?.outputs?.["names"];
    assert.deepEqual(names, { orders: "orders_v2", crm: "crm" });
    assert.deepEqual(await become({ orders: "orders_v2" }), ["drop crm"]);
    assert.deepEqual(stage.contents(), { orders_v2: "orders-1002" });
  });
});

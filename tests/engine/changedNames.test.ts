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

    assert.deepEqual(await become({ orders: "orders", crm: "crm" }), ["copy crm, orders from backup 1002"]);
    const changed = { orders: "orders_v2", billing: "billing" };
    await stage.program(oneCopy({ dbNames: changed }));
    const preview = await stage.preview();
    assert.match(preview.text, /Copies billing and orders as orders_v2 as of .* from rm-prod/);
    for (const name of ["orders", "crm"])
      assert.match(
        preview.text,
        new RegExp(`warning: Database ${name} on rm-staging will be dropped .*backup 1002`),
      );
    const [copy, ...drops] = await become(changed);
    assert.equal(copy, "copy billing, orders as orders_v2 from backup 1002");
    assert.deepEqual([...drops].sort(), ["drop crm", "drop orders"]);
    assert.deepEqual((await stage.resource())?.outputs?.["names"], changed);
    assert.deepEqual(stage.contents(), { billing: "billing-1002", orders_v2: "orders-1002" });
  });
});

import assert from "node:assert/strict";
import { production } from "../harness/world";
import { openExample, previewAndUp } from "./openExample";
import { assertShownIsPrinted } from "./printed";

describe("examples/environment", () => {
  it("makes an instance, fills it, and lets the application in; destroy takes it all away", async () => {
    await using example = await openExample("environment", {
      world: { instances: [production] },
      settings: { production: "rm-prod", vswitchId: "vsw-staging" },
      secrets: { shopPassword: "Shop-2026!" },
    });
    assertShownIsPrinted("environment", await previewAndUp(example));
    const made = example.story();
    assert.deepEqual([...made].sort(), [
      "copy crm, orders from backup 1002",
      "create account shop_app",
      "create instance",
      "grant ReadWrite on crm to shop_app",
      "grant ReadWrite on orders to shop_app",
    ]);
    assert.equal(made[0], "create instance");
    assert.deepEqual(
      made.slice(3).map((line) => line.split(" ")[0]),
      ["grant", "grant"],
    );
    const { server, databases } = await example.outputs();
    assert.match(String(server), /^rm-sim\d+\.sqlserver\.rds\.aliyuncs\.com$/);
    assert.deepEqual(databases, { orders: "orders", crm: "crm" });
    const id = String(server).split(".")[0] ?? "";
    assert.deepEqual(example.contents(id), { orders: "orders-1002", crm: "crm-1002" });

    await example.well("destroy", "--yes", "--skip-preview");
    // The databases go with the instance.
    assert.deepEqual(example.story(), [
      "revoke crm from shop_app",
      "revoke orders from shop_app",
      "delete account shop_app",
      "delete instance",
    ]);
    assert.deepEqual(
      example.simulator.world().instances.map((instance) => instance.id),
      ["rm-prod"],
    );
  });
});

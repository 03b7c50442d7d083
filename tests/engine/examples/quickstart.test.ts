import assert from "node:assert/strict";
import { company } from "../harness/world";
import { openExample, previewAndUp } from "./openExample";
import { assertShownIsPrinted } from "./printed";

describe("examples/quickstart", () => {
  it("copies two databases without their users, and drops them at the end", async () => {
    await using example = await openExample("quickstart", {
      world: company,
      settings: { source: "rm-prod", target: "rm-staging" },
    });
    assertShownIsPrinted("quickstart", await previewAndUp(example));
    assert.deepEqual(example.contents("rm-staging"), { orders: "orders-1002", crm_staging: "crm-1002" });
    const { databases } = await example.outputs();
    assert.deepEqual(databases, { orders: "orders", crm: "crm_staging" });
    await example.well("destroy", "--yes", "--skip-preview");
    assert.deepEqual(example.story(), [
      "copy crm as crm_staging, orders from backup 1002",
      "drop crm_staging",
      "drop orders",
    ]);
  });
});

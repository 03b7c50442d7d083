import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { production } from "./harness/world";

describe("engine: DatabaseCopy.get", () => {
  it("reads databases in any form of their names, and never changes or drops them", async () => {
    const world = {
      instances: [production, { id: "rm-staging", databases: [{ name: "orders", content: "theirs" }] }],
    };
    await using stage = await openStage({ world });
    await stage.program(`
      const found = DatabaseCopy.get("copy", "rm-staging:OF-SOMEBODY-ELSE", { dbNames: ["orders"] });
      exports.names = found.names;
      exports.status = found.databases.apply((databases) => databases.orders.status);`);
    for (const run of [await stage.previewedUp(), await stage.refresh()])
      assert.equal(run.exitCode, 0, run.text);
    const { outputs } = (await stage.resources()).find(({ type }) => type === "pulumi:pulumi:Stack") ?? {};
    assert.deepEqual(outputs, { names: { orders: "orders" }, status: "Running" });
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(stage.contents(), { orders: "theirs" });
  });

  it("fails where there is nothing to read, instead of going on without values", async () => {
    await using stage = await openStage({ world: { instances: [production, { id: "rm-staging" }] } });
    for (const target of ["rm-staging", "rm-nowhere"]) {
      await stage.program(`DatabaseCopy.get("copy", "${target}:REQUEST", { dbNames: ["orders"] });`);
      const preview = await stage.preview();
      assert.notEqual(preview.exitCode, 0, preview.text);
      assert.match(
        preview.text,
        /DatabaseCopy rm-\w+:REQUEST cannot be read: (none of orders exists on rm-staging|Instance rm-nowhere was not found) in region cn-hangzhou/,
      );
    }
  });
});

import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";

/** A copy in a component, with Pulumi's options on the component: the copy inherits them. */
const inComponent = (dbNames: readonly string[], options: string) => `
  const parent = new pulumi.ComponentResource("test:index:Team", "team", {}, ${options});
  new DatabaseCopy("copy", {
    sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ${JSON.stringify(dbNames)},
  }, { parent });`;

describe("engine: Pulumi's options", () => {
  it("protect of a parent: a name removed is refused in check, and nothing is dropped", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(inComponent(["orders", "crm"], "{ protect: true }"));
    const first = await stage.up();
    assert.equal(first.exitCode, 0, first.text);
    assert.equal((await stage.resource())?.inputs?.["protect"], true);
    stage.changes();
    await stage.program(inComponent(["orders"], "{ protect: true }"));
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0);
    assert.match(
      up.text,
      /dbNames no longer declares crm, which would be dropped, and this resource is protected/,
    );
    assert.deepEqual(stage.changes(), []);
  });

  it("retainOnDelete of a parent: a name removed is left and said, and a replacement onto kept names is refused", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(inComponent(["orders", "crm"], "{ retainOnDelete: true }"));
    assert.equal((await stage.up()).exitCode, 0);
    stage.changes();
    await stage.program(inComponent(["orders"], "{ retainOnDelete: true }"));
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.match(up.text, /crm on rm-staging is retained \(retainOnDelete\)/);
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(Object.keys(stage.contents()).sort(), ["crm", "orders"]);
    await stage.program(
      inComponent(["orders"], "{ retainOnDelete: true }").replace('"rm-prod"', '"rm-staging-2"'),
    );
    const replaced = await stage.up();
    assert.notEqual(replaced.exitCode, 0);
    assert.match(replaced.text, /retainOnDelete keeps the databases, and a replacement needs their names/);
    assert.deepEqual(stage.changes(), []);
  });
});

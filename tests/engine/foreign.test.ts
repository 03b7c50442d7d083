import assert from "node:assert/strict";
import { oneCopy } from "./harness/program";
import { openStage, type Stage } from "./harness/stage";
import { company } from "./harness/world";

describe("engine: somebody dropped a database and made a new one of its name", () => {
  it("refresh warns once, up does nothing to it, destroy leaves it with its content and says so", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ dbNames: ["orders", "crm"] }));
    const first = await stage.up();
    assert.equal(first.exitCode, 0, first.text);
    makeAnew(stage, "orders", "made by hand");
    stage.changes();

    const refresh = await stage.refresh();
    assert.equal(refresh.exitCode, 0, refresh.text);
    assert.match(
      refresh.text,
      /warning: Database orders on rm-staging is not the one that was copied: .*somebody dropped it and made another one.*It is left as it is\./,
    );
    assert.equal(await statusOf(stage, "orders"), "Foreign");
    const again = await stage.refresh();
    assert.doesNotMatch(again.text, /is not the one that was copied/);

    const up = await stage.up("--expect-no-changes");
    assert.equal(up.exitCode, 0, up.text);
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.match(
      destroy.text,
      /Database orders on rm-staging is not the one that was copied: .*It is left as it is\./,
    );
    assert.deepEqual(stage.changes(), ["drop crm"]);
    assert.deepEqual(stage.contents(), { orders: "made by hand" });
  });

  it("destroy without a refresh before it leaves it, too", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ dbNames: ["orders"] }));
    await stage.up();
    makeAnew(stage, "orders", "made by hand");
    stage.changes();
    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.match(
      destroy.text,
      /Database orders on rm-staging is not the one that was copied: .*It is left as it is\./,
    );
    assert.deepEqual(stage.changes(), []);
    assert.deepEqual(stage.contents(), { orders: "made by hand" });
  });
});

function makeAnew({ simulator }: Stage, name: string, content: string): void {
  const world = simulator.world();
  simulator.setWorld({
    ...world,
    instances: world.instances.map((instance) =>
      instance.id === "rm-staging"
        ? {
            ...instance,
            databases: [...instance.databases.filter((one) => one.name !== name), { name, content }],
          }
        : instance,
    ),
  });
}

async function statusOf(stage: Stage, name: string): Promise<string | undefined> {
  const databases = (await stage.resource())?.outputs?.["databases"] as Record<string, { status: string }>;
  return databases[name]?.status;
}

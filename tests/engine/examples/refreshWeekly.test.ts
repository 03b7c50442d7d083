import assert from "node:assert/strict";
import { backup, production } from "../harness/world";
import { openExample, previewAndUp, type Example } from "./openExample";
import { assertShownIsPrinted } from "./printed";

describe("examples/refresh-weekly", () => {
  it("fills the new names, waits until they run, and drops the old ones after that", async () => {
    await using example = await openRefreshWeekly();
    await previewAndUp(example);
    assert.deepEqual(example.story(), ["copy crm as crm_2026w47, orders as orders_2026w47 from backup 1002"]);
    assert.deepEqual((await example.outputs())["databases"], week47.names);

    newBackup(example);
    await example.set({ week: "2026w48" });
    assertShownIsPrinted("refresh-weekly", await previewAndUp(example));
    const story = example.storyWithRunning();
    assert.equal(story[0], "copy crm as crm_2026w48, orders as orders_2026w48 from backup 1003");
    assert.deepEqual([...story.slice(1, 3)].sort(), ["crm_2026w48 runs", "orders_2026w48 runs"]);
    assert.deepEqual([...story.slice(3)].sort(), ["drop crm_2026w47", "drop orders_2026w47"]);
    assert.deepEqual((await example.outputs())["databases"], week48.names);
    assert.deepEqual(example.contents("rm-staging"), week48.contents);

    await example.well("destroy", "--yes", "--skip-preview");
    assert.deepEqual(example.contents("rm-staging"), {});
  });

  it("keeps the old names and points at them while the copy of a new week fails", async () => {
    await using example = await openRefreshWeekly();
    await example.well("up", "--yes", "--skip-preview");
    newBackup(example, { failDatabases: ["crm_2026w48"] });
    await example.set({ week: "2026w48" });
    await example.badly("up", "--yes", "--skip-preview");
    assert.deepEqual((await example.outputs())["databases"], week47.names);
    const { crm_2026w47, orders_2026w47 } = example.contents("rm-staging");
    assert.deepEqual({ crm_2026w47, orders_2026w47 }, week47.contents);
    assert.ok(!example.story().some((line) => line.startsWith("drop")));

    // The cloud is well again: what is missing is copied, and the old week goes.
    const world = example.simulator.world();
    example.simulator.setWorld({ ...world, copy: { ...world.copy, failDatabases: [] } });
    await example.well("up", "--yes", "--skip-preview");
    assert.deepEqual(example.story(), [
      "copy crm as crm_2026w48 from backup 1003",
      "drop crm_2026w47",
      "drop orders_2026w47",
    ]);
    assert.deepEqual((await example.outputs())["databases"], week48.names);
    assert.deepEqual(example.contents("rm-staging"), week48.contents);
  });
});

const week47 = week("2026w47", "1002");
const week48 = week("2026w48", "1003");

function week(name: string, set: string) {
  return {
    names: { orders: `orders_${name}`, crm: `crm_${name}` },
    contents: { [`crm_${name}`]: `crm-${set}`, [`orders_${name}`]: `orders-${set}` },
  };
}

function openRefreshWeekly(): Promise<Example> {
  return openExample("refresh-weekly", {
    world: { instances: [production, { id: "rm-staging", tags: { env: "staging" } }] },
    settings: { production: "rm-prod", staging: "rm-staging", week: "2026w47" },
  });
}

/** A week passes: there is a newer backup. */
function newBackup(example: Example, copy = {}): void {
  const world = example.simulator.world();
  const newer = {
    ...world.instances[0]?.backups[0],
    ...backup("1003", 1, { orders: "orders-1003", crm: "crm-1003" }),
  };
  example.simulator.setWorld({
    ...world,
    copy: { ...world.copy, ...copy },
    instances: world.instances.map((instance) =>
      instance.id === "rm-prod"
        ? { ...instance, backups: [newer as (typeof instance.backups)[number], ...instance.backups] }
        : instance,
    ),
  });
}

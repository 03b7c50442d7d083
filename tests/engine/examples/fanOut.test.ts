import assert from "node:assert/strict";
import { production } from "../harness/world";
import { openExample, previewAndUp, type Example } from "./openExample";
import { assertShownIsPrinted } from "./printed";

describe("examples/fan-out", () => {
  it("fills twenty instances from one backup, and drops what it made at the end", async () => {
    await using example = await openFanOut();
    assertShownIsPrinted("fan-out", await previewAndUp(example));
    assert.deepEqual(
      example.story(),
      teams.map(() => "copy crm, orders from backup 1002"),
    );
    for (const team of teams)
      assert.deepEqual(example.contents(`rm-${team}`), { crm: "crm-1002", orders: "orders-1002" });
    const { whatIsWhere, dataAsOf } = await example.outputs();
    assert.deepEqual(
      whatIsWhere,
      teams.flatMap((team) => [`${team}: crm on rm-${team}`, `${team}: orders on rm-${team}`]),
    );
    assert.deepEqual(dataAsOf, { kind: "backup", backupId: "1002" });

    await example.well("destroy", "--yes", "--skip-preview");
    assert.equal(example.story().filter((line) => line.startsWith("drop")).length, 40);
    for (const team of teams) assert.deepEqual(example.contents(`rm-${team}`), {});
  });

  it("goes on with the others where one fails, if asked to, and copies the missing one from the same backup", async () => {
    await using example = await openFanOut();
    example.simulator.addFault({
      action: "CopyDatabaseBetweenInstances",
      when: { nth: 1 },
      then: { error: { status: 400, code: "InvalidParameters.Format", message: "No." } },
    });
    await example.badly("up", "--yes", "--skip-preview", "--continue-on-error");
    assert.equal(example.story().length, teams.length - 1);
    await example.well("up", "--yes", "--skip-preview");
    assert.deepEqual(example.story(), ["copy crm, orders from backup 1002"]);
    for (const team of teams)
      assert.deepEqual(example.contents(`rm-${team}`), { crm: "crm-1002", orders: "orders-1002" });
  });
});

function openFanOut(): Promise<Example> {
  return openExample("fan-out", {
    world: {
      instances: [production, ...teams.map((team) => ({ id: `rm-${team}`, tags: { env: "development" } }))],
    },
    settings: {
      production: "rm-prod",
      ...Object.fromEntries(teams.map((team) => [`teams.${team}`, `rm-${team}`])),
    },
  });
}

const teams = Array.from({ length: 20 }, (_, index) => `team${String(index + 1).padStart(2, "0")}`);

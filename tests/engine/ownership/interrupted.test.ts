import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { oneCopy } from "../harness/program";
import { secretsProvider } from "../harness/keyService";
import { openStage, type Stage } from "../harness/stage";
import { company } from "../harness/world";
import { busy, intentsOn, makeByHand, markOn, refused, succeeds } from "./target";

const two = { dbNames: ["orders", "crm"], timeouts: { create: "4m" } };
const copied = { orders: "orders-1002", crm: "crm-1002" };

describe("engine: ownership, a run that ended unfinished", () => {
  it("hands its intent to its state: after a stack rename the renamed stack finishes, and a new stack of the old name owns nothing", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy(two));
    stage.simulator.addFault({ action: "ModifyDBDescription", then: busy });
    const unfinished = await stage.up();
    assert.notEqual(unfinished.exitCode, 0, unfinished.text);
    stage.simulator.clearFaults();
    const [id = ""] = Object.keys(intentsOn(stage));
    assert.match(intentsOn(stage)[id] ?? "", /^1:[0-9a-z]{12}:[0-9a-z]{7}:r:b1002:[0-9a-z]{4}:[0-9a-z]{8}$/);
    stage.changes();

    const configuration = await readFile(join(stage.folder, "Pulumi.dev.yaml"), "utf8");
    await succeeds(stage, stage.bare("stack", "rename", "renamed", "--stack", "dev"));
    await succeeds(stage, stage.bare("stack", "init", "dev", "--secrets-provider", secretsProvider));
    await stage.file("Pulumi.dev.yaml", configuration);
    await refused(stage, stage.up(), id, `pulumi-database-copy:${id}`);
    assert.deepEqual(await succeeds(stage, stage.destroy()), []);
    assert.deepEqual(stage.contents(), copied);

    assert.deepEqual(await succeeds(stage, inRenamed(stage, "up")), []);
    assert.equal(markOn(stage, "orders").id, id);
    assert.deepEqual(intentsOn(stage), {});
    const dropped = await succeeds(stage, inRenamed(stage, "destroy"));
    assert.deepEqual([...dropped].sort(), ["drop crm", "drop orders"]);

    makeByHand(stage, "orders", "crm");
    await refused(stage, stage.up());
    assert.deepEqual(await succeeds(stage, stage.destroy()), []);
    assert.deepEqual(stage.contents(), { orders: "orders by hand", crm: "crm by hand" });
  });

  it("because a busy instance refused the marks until the timeout: the intent stays, and the next up marks without a copy", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy(two));
    stage.simulator.addFault({ action: "ModifyDBDescription", then: busy });
    const unfinished = await stage.up();
    assert.notEqual(unfinished.exitCode, 0, unfinished.text);
    assert.deepEqual(stage.changes(), ["copy crm, orders from backup 1002"]);
    const [id = "", ...more] = Object.keys(intentsOn(stage));
    assert.ok(id, "the intent stays while a mark is missing");
    assert.deepEqual(more, []);

    stage.simulator.clearFaults();
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    for (const name of two.dbNames) assert.equal(markOn(stage, name).id, id);
    assert.deepEqual(intentsOn(stage), {});
  });

  it("is none where the busy instance takes the marks within the timeout", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ dbNames: ["orders"] }));
    stage.simulator.addFault({ action: "ModifyDBDescription", when: { times: 12 }, then: busy });
    assert.deepEqual(await succeeds(stage, stage.up()), ["copy orders from backup 1002"]);
    markOn(stage, "orders");
    assert.deepEqual(intentsOn(stage), {});
  });
});

function inRenamed(stage: Stage, command: "up" | "destroy") {
  return stage.bare(command, "--yes", "--skip-preview", "--stack", "renamed");
}

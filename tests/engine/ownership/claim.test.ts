import assert from "node:assert/strict";
import { copiedStage } from "../harness/copiedStage";
import { oneCopy } from "../harness/program";
import { openStage } from "../harness/stage";
import { company } from "../harness/world";
import { busy, intentsOn, markOn, refused, succeeds, writeDescription } from "./target";

const two = { dbNames: ["orders", "crm"] };
const copied = { orders: "orders-1002", crm: "crm-1002" };

describe("engine: ownership, databases that no state knows of", () => {
  it("after a run that was killed when its intent had gone: refused with the id, restore point and age; claim takes them over", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy(two));
    {
      using running = await stage.start("up", "--yes", "--skip-preview");
      stage.onceCalled({ action: "UntagResources", nth: 1 }, running.killAll);
      const { exitCode, text } = await running.ended;
      assert.equal(exitCode, undefined, text);
    }
    assert.deepEqual(stage.changes(), ["copy crm, orders from backup 1002"]);
    assert.deepEqual(intentsOn(stage), {});
    await stage.unlock();

    const { id } = markOn(stage, "orders");
    // A preview is not told a lost state from --target-replace: it warns, and the run refuses.
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    assert.match(text, new RegExp(`warning: .*\\b8 ?h.*claim: \\["${id}"\\]`));
    await refused(stage, stage.up(), `claim: ["${id}"]`, "1002", /\b8 ?h/);
    await stage.program(oneCopy({ ...two, claim: [id] }));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    assert.notEqual(markOn(stage, "orders").id, id);
    assert.deepEqual(stage.contents(), copied);
  });

  it("after the state was lost: adoptExisting and another id do not help, the id that the refusal names does", async () => {
    await using stage = await copiedStage(oneCopy(two));
    const { urn = "" } = (await stage.resource()) ?? {};
    await succeeds(stage, stage.bare("state", "delete", urn, "--stack", "dev", "--yes"));
    const { id } = markOn(stage, "orders");
    for (const more of [{ adoptExisting: true }, { claim: ["aaaaaaaa"] }]) {
      await stage.program(oneCopy({ ...two, ...more }));
      await refused(stage, stage.up(), `claim: ["${id}"]`);
    }
    await stage.program(oneCopy({ ...two, claim: [id] }));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    assert.deepEqual(stage.contents(), copied);
  });

  it("unmarked, under an intent that a state had recorded: refused with the mark to write; written and claimed, they are taken over", async () => {
    await using stage = await openStage({ world: company });
    await stage.program(oneCopy({ ...two, timeouts: { create: "4m" } }));
    stage.simulator.addFault({ action: "ModifyDBDescription", then: busy });
    const unfinished = await stage.up();
    assert.notEqual(unfinished.exitCode, 0, unfinished.text);
    stage.simulator.clearFaults();
    stage.changes();
    const [id = ""] = Object.keys(intentsOn(stage));
    const { urn = "" } = (await stage.resource()) ?? {};
    await succeeds(stage, stage.bare("state", "delete", urn, "--stack", "dev", "--yes"));

    const key = `pulumi-database-copy:${id}`;
    const text = await refused(stage, stage.up(), key, `claim: ["${id}"]`);
    const [mark = ""] = new RegExp(`pulumi-[0-9a-z]{12}-${id}-b1002[\\w-]*`).exec(text) ?? [];
    for (const name of two.dbNames) writeDescription(stage, name, mark);
    await stage.program(oneCopy({ ...two, claim: [id] }));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    assert.deepEqual(intentsOn(stage), {}, "it says nothing any more");
    assert.notEqual(markOn(stage, "orders").id, id);
    assert.deepEqual([...(await succeeds(stage, stage.destroy()))].sort(), ["drop crm", "drop orders"]);
  });
});

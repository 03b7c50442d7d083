import assert from "node:assert/strict";
import { copiedStage } from "../harness/copiedStage";
import { oneCopy } from "../harness/program";
import { intentsOn, markOn, refused, succeeds } from "./target";

const two = { dbNames: ["orders", "crm"] };
const copied = { orders: "orders-1002", crm: "crm-1002" };

describe("engine: ownership, a resource that gets another name", () => {
  it("without an alias is refused with owner and id, and told to write aliases or claim, not to adopt", async () => {
    await using stage = await copiedStage(oneCopy(two, "{}", "one"));
    const { owner, id } = markOn(stage, "orders");
    await stage.program(oneCopy(two, "{}", "two"));
    const text = await refused(stage, stage.up(), owner, `claim: ["${id}"]`, "aliases");
    assert.doesNotMatch(text, /adoptExisting/);

    // The way out; from there on the old name is free for other databases.
    await stage.program(oneCopy(two, '{ aliases: [{ name: "one" }] }', "two"));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    await stage.program(oneCopy(two, "{}", "two") + oneCopy({ dbNames: ["billing"] }, "{}", "one"));
    assert.deepEqual(await succeeds(stage, stage.up()), ["copy billing from backup 1002"]);
    await stage.program(oneCopy(two, "{}", "two"));
    assert.deepEqual(await succeeds(stage, stage.up()), ["drop billing"]);
    assert.equal(markOn(stage, "orders").id, id);
  });

  it("without an alias, with adoptExisting, is refused as well: what carries a mark is never adopted", async () => {
    await using stage = await copiedStage(oneCopy({ ...two, adoptExisting: true }, "{}", "one"));
    await stage.program(oneCopy({ ...two, adoptExisting: true }, "{}", "two"));
    await refused(stage, stage.up(), "aliases", "claim:");
    assert.deepEqual(stage.contents(), copied);
    assert.ok(await stage.resource("one"), "the former resource keeps its record");
    assert.equal(await stage.resource("two"), undefined);
  });

  it("without an alias, with claim, takes the databases over under a new id; the deletion of the old one leaves them", async () => {
    await using stage = await copiedStage(oneCopy(two, "{}", "one"));
    const { id } = markOn(stage, "orders");
    const before = (await stage.resource("one"))?.outputs?.["dataVersion"];
    await stage.program(oneCopy({ ...two, claim: [id] }, "{}", "two"));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    for (const name of ["orders", "crm"]) assert.notEqual(markOn(stage, name).id, id);
    assert.equal(await stage.resource("one"), undefined);
    assert.notEqual((await stage.resource("two"))?.outputs?.["dataVersion"], before);

    // The line may stay in the program.
    stage.callCount();
    await succeeds(stage, stage.up("--expect-no-changes"));
    assert.equal(stage.callCount(), 0);
    assert.deepEqual([...(await succeeds(stage, stage.destroy()))].sort(), ["drop crm", "drop orders"]);
    assert.deepEqual(intentsOn(stage), {});
  });

  it("with an alias, in an earlier run, and a changed trigger: its own databases are dropped and copied again", async () => {
    const options = (trigger: string) => `{ aliases: [{ name: "one" }], replacementTrigger: "${trigger}" }`;
    await using stage = await copiedStage(oneCopy(two, options("1"), "one"));
    const { id } = markOn(stage, "orders");
    // Nothing but the name: the engine saves the inputs with the new URN, and leaves the outputs with the former one.
    await stage.program(oneCopy(two, options("1"), "two"));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    await stage.program(oneCopy(two, options("2"), "two"));
    const changes = await succeeds(stage, stage.up());
    assert.deepEqual([...changes].sort(), ["copy crm, orders from backup 1002", "drop crm", "drop orders"]);
    assert.notEqual(markOn(stage, "orders").id, id);
    assert.deepEqual(stage.contents(), copied);
  });

  it("by state rename, while the program declares the old name: refused as unrecorded; the renamed one keeps its databases", async () => {
    await using stage = await copiedStage(oneCopy(two, "{}", "one"));
    const { id } = markOn(stage, "orders");
    const { urn = "" } = (await stage.resource("one")) ?? {};
    await succeeds(stage, stage.bare("state", "rename", urn, "two", "--stack", "dev", "--yes"));
    await refused(stage, stage.up(), `claim: ["${id}"]`);
    await stage.program(oneCopy(two, "{}", "two"));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
    assert.deepEqual(stage.contents(), copied);
  });
});

import assert from "node:assert/strict";
import { openStage, type Stage } from "../harness/stage";
import { company } from "../harness/world";

describe("engine: names and dataVersion in a preview", () => {
  it("are not known while a fill is due, and the old ones when nothing is", async () => {
    await using stage = await openStage({ world: company });
    const program = (dbNames: string, more = "") => `
      const copy = new DatabaseCopy("copy", {
        sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ${dbNames} ${more} });
      // An apply runs in a preview only with values that are known.
      copy.names.apply((names) => pulumi.log.info("names are " + JSON.stringify(names)));
      copy.dataVersion.apply((version) => pulumi.log.info("version is " + version));`;

    await stage.program(program(`["orders"]`));
    assert.deepEqual(await knownInPreview(stage), [], "a first fill");
    await stage.up();
    const version = String((await stage.resource())?.outputs?.["dataVersion"]);
    const old = ['names are {"orders":"orders"}', `version is ${version}`];
    assert.deepEqual(await knownInPreview(stage), old, "nothing to do");

    await stage.program(program(`["orders", "crm"]`));
    assert.deepEqual(await knownInPreview(stage), [], "a fill of one more");

    // An update in a preview answers with the inputs alone (docs/composition.md): not known, though nothing is filled.
    await stage.program(program(`["orders"]`, `, preflight: "warn"`));
    assert.deepEqual(await knownInPreview(stage), [], "a change of the record");
    await stage.up();
    assert.equal((await stage.resource())?.outputs?.["dataVersion"], version);

    // The same where a database is only dropped: the data of the others does not change either.
    await stage.program(program(`["orders", "crm"]`, `, preflight: "warn"`));
    await stage.up();
    const both = (await stage.resource())?.outputs?.["dataVersion"];
    assert.notEqual(both, version);
    await stage.program(program(`["orders"]`, `, preflight: "warn"`));
    assert.deepEqual(await knownInPreview(stage), [], "a drop alone");
    await stage.up();
    assert.equal((await stage.resource())?.outputs?.["dataVersion"], both);
  });
});

async function knownInPreview(stage: Stage): Promise<string[]> {
  const preview = await stage.preview();
  assert.equal(preview.exitCode, 0, preview.text);
  return [...new Set(preview.text.match(/(names are .*|version is \S+)$/gm))].sort();
}

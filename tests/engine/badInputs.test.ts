import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { company } from "./harness/world";

describe("engine: bad inputs", () => {
  it("are all told at once, each with its property, in sentences and without a call", async () => {
    await using stage = await openStage({ program: "process", world: company });
    await stage.program(`
      const source = pulumi.output("rm-prod");
      new DatabaseCopy("copy", {
        sourceDbInstanceId: "rm-prod",
        targetDbInstanceId: "RM-PROD",
        dbNames: { orders: "Orders!", crm: "crm-" + source, master: "master_copy", billing: "sales", shop: "sales" },
        backupId: "1001",
        restoreTime: "2026-03-01T02:00:00",
        preflite: "off",
        timeouts: { create: "two hours" },
      });`);
    const preview = await stage.preview();
    assert.notEqual(preview.exitCode, 0);
    for (const sentence of [
      /targetDbInstanceId is the source itself/,
      /dbNames\.orders is "Orders!", which cannot be the name on the target/,
      /dbNames\.crm is an Output that was pasted into a text\..*pulumi\.interpolate/,
      /dbNames\.master: "master" is a system database/,
      /dbNames\.shop has the target name "sales", which "billing" has already/,
      /restoreTime cannot be given together with backupId/,
      /restoreTime is "2026-03-01T02:00:00", without a time zone/,
      /preflite is not an input; did you mean preflight\?/,
      /timeouts\.create is "two hours", which is no duration/,
    ])
      assert.match(preview.text, sentence);
    assert.doesNotMatch(preview.text, /^\s+at .+:\d+:\d+|<nil>|undefined/m);
    assert.match(preview.text, /9 errors/);
    assert.equal(stage.callCount(), 0);
  });

  it("that are not known yet are skipped in the preview and checked in the run", async () => {
    await using stage = await openStage({ program: "process", world: company });
    const program = (target: string) => `
      class Late extends pulumi.dynamic.Resource {
        constructor(name) {
          super({ create: async () => ({ id: "late", outs: { instance: ${JSON.stringify(target)} } }) }, name, { instance: undefined });
        }
      }
      const late = new Late("late");
      new DatabaseCopy("copy", {
        sourceDbInstanceId: "rm-prod",
        targetDbInstanceId: late.instance,
        dbNames: { orders: pulumi.interpolate\`orders_\${late.instance.apply((id) => id.slice(-4))}\` },
      });`;
    await stage.program(program("rm-prod"));
    const preview = await stage.preview();
    assert.equal(preview.exitCode, 0, preview.text);
    const refused = await stage.up();
    assert.notEqual(refused.exitCode, 0);
    assert.match(refused.text, /targetDbInstanceId is the source itself/);
    assert.deepEqual(stage.changes(), []);
  });
});

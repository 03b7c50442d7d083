import assert from "node:assert/strict";
import { handsOn } from "../../player/hands";
import { accepted, copyAction, one, open, saved, two } from "./played";

/** The world stands still between a preview and its run: both say the same. */
describe("player: a preview says what the run does", () => {
  it("retainOnDelete turned off together with a name taken out: the preview says what the run does, that it is left", async () => {
    const { cloud, time, engine } = open();
    assert.deepEqual((await engine.up({ data: { ...two.data, retainOnDelete: true } })).errors, []);
    const previewed = await engine.preview(one);
    const ended = await engine.up(one);
    const left = /Database crm on rm-staging will be left in place \(retainOnDelete\)/;
    for (const { warnings, infos, errors } of [previewed, ended]) {
      assert.deepEqual(errors, []);
      assert.match(warnings.join("\n"), left);
      assert.doesNotMatch([...warnings, ...infos].join("\n"), /[Dd]rop/);
    }
    assert.ok(handsOn(cloud, time.now).database("rm-staging", "crm"));
  });

  it("a pin that is no backup, with preflight warn: the preview of the replacement refuses as the run does", async () => {
    const { cloud, time, engine } = open();
    const pinned = (backupId: string) => ({ data: { ...one.data, preflight: "warn", backupId } });
    assert.deepEqual((await engine.up(pinned("1002"))).errors, []);
    for (const { errors } of [await engine.preview(pinned("9999")), await engine.up(pinned("9999"))])
      assert.match(errors.join("\n"), /\[backup-missing\]/);
    assert.ok(handsOn(cloud, time.now).database("rm-staging", "orders"));
  });

  it("a killed first run, a new backup and one more name: the preview names the restore point that the run continues", async () => {
    const { cloud, time, engine } = open();
    let copies = 0;
    cloud.observe({
      after: ({ action, process }) => void (action === copyAction && ++copies === 1 && process.kill(0)),
    });
    assert.ok((await engine.up(one)).killed);
    time.advance(60 * 60_000);
    cloud.settle();
    handsOn(cloud, time.now).backUp("rm-prod", "1003");
    time.advance(60_000);
    assert.match((await engine.preview(two)).infos.join("\n"), /Copies crm .*backup 1002/);
    assert.deepEqual((await engine.up(two)).errors, []);
    assert.equal(handsOn(cloud, time.now).database("rm-staging", "crm")?.content, "crm-saturday");
  });

  it("a move to another target: announced are the restore point that the run takes, and where it drops", async () => {
    const { cloud, time, engine } = open();
    assert.deepEqual((await engine.up(one)).errors, []);
    time.advance(60 * 60_000);
    handsOn(cloud, time.now).backUp("rm-prod", "1003");
    time.advance(60_000);
    const moved = { data: { ...one.data, targetDbInstanceId: "rm-qa" } };
    const { infos, warnings } = await engine.preview(moved);
    assert.match(
      infos.join("\n"),
      /Copies orders .*backup, now 1003 .* to rm-qa\..* Drops orders on the former target\./,
    );
    assert.doesNotMatch(warnings.join("\n"), /two restore points/);
    assert.deepEqual((await engine.up(moved)).errors, []);
    assert.match(JSON.stringify(saved(engine, "data").outputs.restorePoint), /1003/);
  });

  it("replaced although it is to be retained: refused in the preview, since the new copy would find its names taken", async () => {
    const { cloud, engine } = open();
    const retained = { data: { ...one.data, retainOnDelete: true } };
    assert.deepEqual((await engine.up(retained)).errors, []);
    const { errors, steps } = await engine.up(retained, { replaced: ["data"] });
    assert.match(errors.join("\n"), /orders on rm-staging exists.*the state does not record it/);
    assert.deepEqual([steps, accepted(cloud, "DeleteDatabase")], [[], 0]);
  });
});

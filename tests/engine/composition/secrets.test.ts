import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { WorldInput } from "alicloud-rds-simulator";
import { openStage, type Stage } from "../harness/stage";
import { backup } from "../harness/world";

describe("engine: secret inputs", () => {
  it("appear nowhere in clear: neither in the state, the id, the history, nor in what is printed", async () => {
    await using stage = await openStage({ world });
    await stage.program(`
      const copy = new DatabaseCopy("copy", {
        sourceDbInstanceId: pulumi.secret("rm-hidden-source"),
        targetDbInstanceId: pulumi.secret("rm-hidden-target"),
        dbNames: pulumi.secret({ hiddenorders: "hidden_copy" }),
        backupId: pulumi.secret("777001"),
      });
      exports.names = copy.names;
      exports.databases = copy.databases;
      exports.restorePoint = copy.restorePoint;`);
    for (const run of [await stage.previewedUp("--diff"), await stage.refresh()]) {
      assert.equal(run.exitCode, 0, run.text);
      assert.doesNotMatch(run.text, hidden);
    }
    const shown = await stage.pulumi("stack", "output", "--json", "--show-secrets");
    const outputs = JSON.parse(shown.text) as Record<string, unknown>;
    assert.deepEqual(outputs["names"], { hiddenorders: "hidden_copy" });

    const { id = "", outputs: recorded = {} } = (await stage.resource()) ?? {};
    assert.match(id, /^secret:/);
    for (const name of ["names", "databases", "restorePoint", "dbNames", "backupId"])
      assert.ok(isSecret(recorded[name]), `${name} is marked`);
    assert.equal(isSecret(recorded["dataVersion"]), false);
    await nothingHidden(stage);

    const destroy = await stage.destroy();
    assert.equal(destroy.exitCode, 0, destroy.text);
    assert.doesNotMatch(destroy.text, hidden);
    assert.deepEqual(stage.changes(), [
      "copy hiddenorders as hidden_copy from backup 777001",
      "drop hidden_copy",
    ]);
  });

  it("are hidden in the form that they are brought to: a moment with an offset", async () => {
    await using stage = await openStage({ world });
    const program = (time: string) =>
      stage.program(`new DatabaseCopy("copy", {
        sourceDbInstanceId: "rm-hidden-source", targetDbInstanceId: "rm-hidden-target",
        dbNames: ["hiddenorders"], restoreTime: pulumi.secret("${time}") });`);
    await program("2020-03-01T01:00:00+08:00");
    const early = await stage.preview("--diff");
    assert.notEqual(early.exitCode, 0);
    assert.match(early.text, /No usable full backup of \S+ ended before \[secret\]/);
    assert.doesNotMatch(early.text, /2020-0[23]/);
    await program("2020-03-01T01:00:00");
    const ambiguous = await stage.preview();
    assert.match(ambiguous.text, /Write \[secret\] if you mean UTC, or \[secret\] if you mean China time/);
    assert.doesNotMatch(ambiguous.text, /2020-0[23]/);
  });

  it("are hidden in the reasons of an unfinished copy, too, which the state keeps", async () => {
    await using stage = await openStage({
      program: "process",
      world: { ...world, copy: { failDatabases: ["hidden_copy"] } },
    });
    await stage.program(`
      new DatabaseCopy("copy", {
        sourceDbInstanceId: "rm-hidden-source", targetDbInstanceId: pulumi.secret("rm-hidden-target"),
        dbNames: { hiddenorders: pulumi.secret("hidden_copy") },
      });`);
    const up = await stage.up();
    assert.notEqual(up.exitCode, 0);
    const resource = await stage.resource();
    assert.ok((resource?.initErrors ?? []).length > 0);
    for (const text of [up.text, JSON.stringify(resource)]) {
      assert.match(text, /\[secret\]/);
      assert.doesNotMatch(text, /hidden_copy|rm-hidden-target/);
    }
  });

  it("stay hidden when an environment speaks of them", async () => {
    await using stage = await openStage({ world });
    await stage.program(`
      const { EnvironmentDatabases } = require("pulumi-alicloud-rds-copy");
      const source = { dbInstanceId: pulumi.secret("rm-hidden-source"), databases: pulumi.secret(["hiddenorders"]) };
      const env = new EnvironmentDatabases("env", {
        sources: { prod: source }, targets: { staging: pulumi.secret("rm-hidden-target") }, restorePoint: "latestCommon" });
      exports.databases = env.databases;`);
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.doesNotMatch(up.text, named);
    assert.doesNotMatch(JSON.stringify(await stage.resources()), named);
    stage.simulator.setWorld({ ...world, instances: [] });
    await stage.program(`
      const { CommonRestorePoint } = require("pulumi-alicloud-rds-copy");
      new CommonRestorePoint("point", {
        kind: "latestCommon", sources: { prod: { dbInstanceId: pulumi.secret("rm-hidden-source"), databases: [] } } });`);
    const preview = await stage.preview();
    assert.notEqual(preview.exitCode, 0);
    assert.match(preview.text, /Instance \[secret\] was not found/);
    assert.doesNotMatch(preview.text, named);
  });

  it("stay hidden when they are replaced by others: neither the old ones nor the new ones are named", async () => {
    const [source, target] = world.instances;
    const older = backup("777000", 30, { hiddenorders: "as-of-777000" });
    const backups = [...(source?.backups ?? []), older];
    const instances = [{ ...source, backups }, target, { id: "rm-hidden-target-2" }];
    await using stage = await openStage({ world: { instances } as WorldInput });
    const program = (targetId: string, set: string, names: string) =>
      stage.program(`new DatabaseCopy("copy", {
        sourceDbInstanceId: pulumi.secret("rm-hidden-source"), targetDbInstanceId: pulumi.secret("${targetId}"),
        dbNames: pulumi.secret({ hiddenorders: "${names}" }), backupId: pulumi.secret("${set}") });`);
    await program("rm-hidden-target", "777000", "hidden_orders");
    const first = await stage.up();
    assert.equal(first.exitCode, 0, first.text);
    await program("rm-hidden-target", "777000", "hidden_copy");
    const renaming = await stage.previewedUp("--diff");
    await program("rm-hidden-target-2", "777001", "hidden_copy");
    const replacing = await stage.previewedUp("--diff");
    for (const run of [renaming, replacing]) {
      assert.equal(run.exitCode, 0, run.text);
      assert.doesNotMatch(run.text, /hidden.?(source|target|orders|copy)|77700[01]/);
    }
    assert.match(replacing.text, /Replaced because the target changes from \[secret\] to \[secret\]/);
    assert.deepEqual(stage.contents("rm-hidden-target-2"), { hidden_copy: "as-of-777001" });
  });

  it("stay hidden when databases are read with get, whose id begins with the target", async () => {
    await using stage = await openStage({ world });
    stage.simulator.setWorld(withDatabase("hiddenorders"));
    await stage.program(`
      const dbNames = pulumi.secret(["hiddenorders"]);
      const byId = DatabaseCopy.get("by-id", pulumi.secret("rm-hidden-target:REQUEST"), { dbNames });
      const byTarget = DatabaseCopy.get("by-target", "rm-hidden-target:REQUEST", {
        dbNames, targetDbInstanceId: pulumi.secret("rm-hidden-target") });
      exports.found = [byId, byTarget].map(({ id, targetDbInstanceId }) => [id, targetDbInstanceId]);`);
    for (const run of [await stage.previewedUp("--diff"), await stage.refresh()]) {
      assert.equal(run.exitCode, 0, run.text);
      assert.doesNotMatch(run.text, named);
    }
    assert.doesNotMatch(JSON.stringify(await stage.resources()), named);
    const shown = await stage.pulumi("stack", "output", "--json", "--show-secrets");
    const { found } = JSON.parse(shown.text) as Record<string, unknown>;
    const hiddenId = ["secret:REQUEST", "rm-hidden-target"];
    assert.deepEqual(found, [hiddenId, hiddenId]);
    // The id of an owner whose target is a secret does not tell where to look.
    await stage.program(`DatabaseCopy.get("found", "secret:REQUEST", { dbNames: ["hiddenorders"] });`);
    const lost = await stage.preview();
    assert.notEqual(lost.exitCode, 0);
    assert.match(lost.text, /cannot be read: .*give targetDbInstanceId, too/);
  });

  it("stay hidden when a question about them has no answer", async () => {
    await using stage = await openStage({ world });
    for (const question of [
      `getBackupsOutput({ dbInstanceId: pulumi.secret("rm-hidden-target"), from: "yesterday" })`,
      `getBackupsOutput({ dbInstanceId: pulumi.secret("rm-hidden-copy") })`,
      `getRestorableWindowOutput({ dbInstanceId: pulumi.secret("rm-hidden-copy") })`,
    ]) {
      await stage.program(`
        const { getBackupsOutput, getRestorableWindowOutput } = require("pulumi-alicloud-rds-copy");
        exports.answer = ${question};`);
      const up = await stage.up();
      assert.notEqual(up.exitCode, 0);
      assert.match(up.text, /get(Backups|RestorableWindow) of \[secret\] failed\./);
      assert.doesNotMatch(up.text, hidden);
    }
  });

  it("given as a secret later on is a change of the record alone, and hides what was in clear", async () => {
    await using stage = await openStage({ world });
    const program = (names: string) => `new DatabaseCopy("copy", {
      sourceDbInstanceId: "rm-hidden-source", targetDbInstanceId: "rm-hidden-target", dbNames: ${names} });`;
    await stage.program(program(`["hiddenorders"]`));
    await stage.up();
    assert.match(JSON.stringify(await stage.resource()), /hiddenorders/);
    stage.changes();
    await stage.program(program(`pulumi.secret(["hiddenorders"])`));
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), []);
    assert.doesNotMatch(JSON.stringify(await stage.resource()), /hiddenorders/);
  });

  it("given as a backup stay hidden when the program asks for none any more, as long as the data is of it", async () => {
    await using stage = await openStage({ world });
    const program = (point: string) =>
      stage.program(`new DatabaseCopy("copy", {
        sourceDbInstanceId: "rm-hidden-source", targetDbInstanceId: "rm-hidden-target", dbNames: ["hiddenorders"] ${point} });`);
    await program(`, backupId: pulumi.secret("777001")`);
    await stage.up();
    stage.changes();
    for (const point of ["", `, preflight: "warn"`]) {
      await program(point);
      for (const run of [await stage.previewedUp("--diff"), await stage.refresh()]) {
        assert.equal(run.exitCode, 0, run.text);
        assert.doesNotMatch(run.text, /777001/);
      }
      assert.doesNotMatch(JSON.stringify(await stage.resource()), /777001/);
    }
    const still = await stage.preview("--expect-no-changes");
    assert.equal(still.exitCode, 0, still.text);
    assert.deepEqual(stage.changes(), []);
    await program(`, backupId: "777001"`);
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), []);
    assert.match(JSON.stringify(await stage.resource()), /777001/);
  });
});

const hidden = /hidden.?(source|target|orders|copy)|777001/;

const named = /hidden.?(source|target|orders)/;

const world = {
  instances: [
    {
      id: "rm-hidden-source",
      databases: [{ name: "hiddenorders" }],
      backups: [backup("777001", 8, { hiddenorders: "as-of-777001" })],
    },
    { id: "rm-hidden-target" },
  ],
};

function withDatabase(name: string) {
  const [source, target] = world.instances;
  return { instances: [source, { ...target, databases: [{ name }] }] } as WorldInput;
}

function isSecret(value: unknown): boolean {
  return JSON.stringify(value ?? {}).includes("1b47061264138c4ac30d75fd1eb44270");
}

/** Looks through everything that the backend has written. */
async function nothingHidden(stage: Stage): Promise<void> {
  const backend = join(dirname(stage.folder), "backend");
  const files = await readdir(backend, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    assert.doesNotMatch(await readFile(path, "utf8"), hidden, path);
  }
}

import assert from "node:assert/strict";
import { copiedStage } from "./harness/copiedStage";
import { oneCopy } from "./harness/program";
import { openStage, type Stage } from "./harness/stage";
import { backup, production } from "./harness/world";
import { changeInstance, dropByHand, refused, succeeds } from "./ownership/target";

const two = oneCopy({ dbNames: ["orders", "crm"] });
const older = backup("1001", 50, { orders: "orders-1001", crm: "crm-1001" });
const newer = backup("1003", 1, { orders: "orders-1003", crm: "crm-1003" });

describe("engine: a finished copy that is out of order", () => {
  it("is named by refresh, preview and up, and not waited for", async () => {
    await using stage = await copiedStage(two);
    changeInstance(stage, "rm-staging", ({ databases }) => ({
      databases: databases.map((one) => (one.name === "orders" ? { ...one, status: "Suspect" } : one)),
    }));
    const says =
      /warning: Database orders on rm-staging is Suspect, not Running.*Bring it online, or drop it/;
    for (const run of [stage.refresh, stage.preview, stage.up]) {
      const { exitCode, text } = await run();
      assert.equal(exitCode, 0, text);
      assert.match(text, says);
    }
    assert.deepEqual(stage.changes(), []);
  });
});

describe("engine: a repair whose restore point is no longer listed", () => {
  it("from a newer one: the preview says that two will be mixed, and the state names none for both", async () => {
    await using stage = await lost(two, [newer]);
    const { exitCode, text } = await stage.preview();
    assert.equal(exitCode, 0, text);
    assert.match(text, /Copies crm as of .*1003/);
    assert.match(
      text,
      /warning: The other databases hold backup 1002 of .*copied from backup 1003 of .*two restore points/,
    );
    assert.deepEqual(await succeeds(stage, stage.up()), ["copy crm from backup 1003"]);
    assert.equal((await stage.resource())?.outputs?.["restorePoint"], undefined);
    await succeeds(stage, stage.preview("--expect-no-changes"));
  });

  it("from one that is too old, or from none: refused in preview as in the run", async () => {
    const young = oneCopy({ dbNames: ["orders", "crm"], maxBackupAge: "36h" });
    for (const [program, backups, code] of [
      [young, [older], "[backup-too-old]"],
      [two, [], "[no-usable-backup]"],
    ] as const) {
      await using stage = await lost(program, backups);
      await refused(stage, stage.preview(), code);
      await refused(stage, stage.up(), code);
    }
  });

  it("pinned, and the pin held by ignoreChanges: the preview names a way out, and it works", async () => {
    const pinned = (options: string) =>
      oneCopy({ dbNames: ["orders", "crm"], backupId: "1002" }, `{ ignoreChanges: ${options} }`);
    await using stage = await lost(pinned('["backupId"]'), [newer]);
    const wayOut = /\[backup-missing\].*Leave backupId out, and take it out of ignoreChanges/;
    await refused(stage, stage.preview(), wayOut);
    await refused(stage, stage.up(), wayOut);
    await stage.program(two);
    assert.deepEqual(await succeeds(stage, stage.up()), ["copy crm from backup 1003"]);
    assert.deepEqual(stage.contents(), { orders: "orders-1002", crm: "crm-1003" });
  });
});

describe("engine: a resource with 250 databases of which 100 are dropped", () => {
  it("is asked about once, and named in a few words", async () => {
    const names = Array.from({ length: 250 }, (_, index) => `db_${String(index).padStart(3, "0")}`);
    const filled = Object.fromEntries(names.map((name) => [name, `${name}-2001`]));
    const roomy = { maxDatabases: 1000, storageGiB: 10_000 };
    const source = { ...production, ...roomy, backups: [backup("2001", 2, filled)] };
    const databases = names.map((name) => ({ name, content: name }));
    const program = oneCopy({ dbNames: names, timeouts: { create: "24h", update: "24h" } });
    await using stage = await copiedStage(program, {
      world: {
        instances: [
          { ...source, databases },
          { id: "rm-staging", ...roomy },
        ],
      },
    });
    dropByHand(stage, ...names.slice(100, 200));
    await succeeds(stage, stage.refresh());
    for (const run of [stage.preview, stage.up]) {
      stage.simulator.clearJournal();
      const { exitCode, text } = await run();
      assert.equal(exitCode, 0, text);
      assert.match(text, /Copies db_100, .* and \d+ others as of backup 2001/);
      assert.ok(text.length < 4000, text);
      const asked = stage.simulator.journal().filter(({ action }) => action === "DescribeBackups");
      assert.ok(asked.length <= 2, `${asked.length} questions`);
    }
  });
});

describe("engine: a tag that the resource of the instance took off after a kill", () => {
  it("leaves a copy that is refused, with this as what may have happened and the ways out", async () => {
    await using stage = await openStage({
      world: { instances: [production, { id: "rm-staging" }] },
      clock: "virtual",
    });
    await stage.program(oneCopy({ dbNames: ["orders"] }));
    {
      using running = await stage.start("up", "--yes", "--skip-preview");
      stage.onceCalled({ action: "CopyDatabaseBetweenInstances", nth: 1 }, running.killAll);
      await running.ended;
    }
    await stage.unlock();
    changeInstance(stage, "rm-staging", () => ({ tags: {} }));
    stage.changes();
    await refused(
      stage,
      stage.up(),
      /orders on rm-staging .*It is Creating; when it is Running, `adoptExisting/,
    );
    stage.simulator.advance("1h");
    await refused(
      stage,
      stage.up("--refresh"),
      /drop orders yourself.*adoptExisting: true.*may have removed the tag.*--refresh.*ignoreChanges: \["tags"\]/,
    );
    await stage.program(oneCopy({ dbNames: ["orders"], adoptExisting: true }));
    assert.deepEqual(await succeeds(stage, stage.up()), []);
  });
});

/** Copied from backup 1002; then crm was dropped by hand, a refresh saw it, and only these backups are listed. */
async function lost(program: string, backups: readonly (typeof older)[]): Promise<Stage> {
  const stage = await copiedStage(program);
  dropByHand(stage, "crm");
  const { exitCode, text } = await stage.refresh();
  assert.equal(exitCode, 0, text);
  changeInstance(stage, "rm-prod", () => ({ backups: [...backups] }));
  stage.changes();
  return stage;
}

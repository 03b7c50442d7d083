import assert from "node:assert/strict";
import { openStage } from "./harness/stage";
import { ago, backup, company, production, staging } from "./harness/world";
import { oneCopy } from "./harness/program";

describe("engine: the restore point", () => {
  it("is the backup or the moment that was asked for, however it is spelt, and users come along if asked", async () => {
    await using stage = await openStage({ world: company });
    const moment = ago(5);
    const inChina = `${new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
    const withMilliseconds = moment.replace("Z", ".750Z");
    const program = (zoned: string, date: string, fraction: string) =>
      `
      const common = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };
      new DatabaseCopy("by-backup", { ...common, dbNames: { orders: "by_backup" }, backupId: "1001", syncUserPrivilege: "YES" });
      new DatabaseCopy("zoned", { ...common, dbNames: { orders: "zoned" }, restoreTime: ${zoned} });
      new DatabaseCopy("date", { ...common, dbNames: { orders: "date_object" }, restoreTime: ${date} });
      new DatabaseCopy("fraction", { ...common, dbNames: { orders: "fraction" }, restoreTime: ${fraction} });`;
    await stage.program(
      program(`"${inChina}"`, `Promise.resolve(new Date("${withMilliseconds}"))`, `"${withMilliseconds}"`),
    );

    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual([...stage.changes()].sort(), [
      `copy orders as by_backup from backup 1001 with users`,
      `copy orders as date_object as of ${moment}`,
      `copy orders as fraction as of ${moment}`,
      `copy orders as zoned as of ${moment}`,
    ]);
    // At that moment the source still held what backup 1002 had found.
    assert.deepEqual(stage.contents(), {
      by_backup: "orders-1001",
      date_object: "orders-1002",
      fraction: "orders-1002",
      zoned: "orders-1002",
    });
    const users = stage.simulator.world().instances[1]?.databases.map(({ name, users }) => [name, users]);
    assert.deepEqual(Object.fromEntries(users ?? []), {
      by_backup: { app: "ReadWrite" },
      date_object: {},
      fraction: {},
      zoned: {},
    });
    const zoned = (await stage.resource("zoned"))?.outputs;
    assert.equal(zoned?.["restoreTime"], moment);
    assert.deepEqual(zoned?.["restorePoint"], { kind: "time", restoreTime: moment });
    assert.equal((await stage.resource("by-backup"))?.outputs?.["syncUserPrivilege"], true);

    stage.callCount();
    await stage.program(program(`new Date("${moment}")`, `"${moment}"`, `"${inChina}"`));
    const respelt = await stage.up("--expect-no-changes");
    assert.equal(respelt.exitCode, 0, respelt.text);
    assert.equal(stage.callCount(), 0);
  });

  it("is the newest usable full backup when nothing is asked for, on whatever page it is", async () => {
    const held = { orders: "orders-usable" };
    const unusable = Array.from({ length: 130 }, (_, index) => ({
      ...backup(`newer-${index}`, 1 + index / 10, { orders: "orders-unusable" }),
      ...(
        [
          { status: "Running" },
          { status: "Failed" },
          { type: "IncrementalBackup" },
          { available: false },
        ] as const
      )[index % 4],
    }));
    await using stage = await openStage({
      world: {
        instances: [
          {
            ...production,
            backups: [
              ...unusable,
              backup("usable", 30, held),
              backup("older", 40, { orders: "orders-older" }),
            ],
          },
          staging,
        ],
      },
    });
    await stage.program(oneCopy({ dbNames: ["orders"] }));
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.deepEqual(stage.changes(), ["copy orders from backup usable"]);
    assert.deepEqual(stage.contents(), { orders: "orders-usable" });
    const { restorePoint } = (await stage.resource())?.outputs as { restorePoint: { backupId: string } };
    assert.equal(restorePoint.backupId, "usable");
    const pages = stage.simulator
      .journal()
      .filter(({ action }) => action === "DescribeBackups")
      .map(({ parameters }) => parameters["PageNumber"]);
    assert.ok(pages.includes("2"), "the second page was read");
  });
});

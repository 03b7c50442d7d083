import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as rds from "@alicloud/rds20140815";
import { readyWorld, readyWorlds, startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { sdkClient, thrownBy } from "./client.js";

describe("simulator: the ready worlds", () => {
  let sim: Simulator;
  afterEach(() => sim.close());
  const start = async (name: (typeof readyWorlds)[number]["name"]) => {
    sim = await startSimulator({ world: readyWorld(name), clock: "virtual" });
  };
  const copy = (from: string, to: string, names: readonly string[], point: object) =>
    sdkClient(sim.endpoint).copyDatabaseBetweenInstances(
      new rds.CopyDatabaseBetweenInstancesRequest({
        DBInstanceId: from,
        targetDBInstanceId: to,
        dbNames: JSON.stringify(Object.fromEntries(names.map((name) => [name, name]))),
        ...point,
      }),
    );
  /** A time of the files, moved with the world. */
  const moved = (time: string) =>
    new Date(Date.parse(time) - Date.parse("2026-03-01T02:00:00Z") + Date.parse(sim.world().now))
      .toISOString()
      .replace(".000Z", "Z");
  const contents = (id: string) =>
    sim
      .world()
      .instances.find((instance) => instance.id === id)
      ?.databases.map(({ content }) => content);

  it("are the files of the package, each of them usable", async () => {
    const files = readdirSync(join(__dirname, "../../../simulator/worlds"));
    assert.deepEqual(files.sort(), readyWorlds.map(({ name }) => `${name}.json`).sort());
    for (const { name } of readyWorlds) {
      await sim?.close();
      await start(name);
    }
  });

  it("begin now, with backups of the last day and a half", async () => {
    for (const { name } of readyWorlds) {
      const before = Math.floor(Date.now() / 1000) * 1000;
      const { now = "", instances = [] } = readyWorld(name);
      assert.ok(before <= Date.parse(now) && Date.parse(now) <= Date.now(), now);
      const ages = instances
        .flatMap(({ backups = [] }) => backups)
        .filter(({ status = "Success" }) => status === "Success")
        .map(({ end }) => (Date.parse(now) - Date.parse(end ?? now)) / 3_600_000);
      assert.ok(Math.min(...ages) > 0 && Math.min(...ages) < 36, `${name}: ${ages.join()}`);
    }
    assert.equal(
      readyWorld("small-company", new Date("2030-01-01T00:00:00.500Z")).now,
      "2030-01-01T00:00:00Z",
    );
    await start("small-company");
  });

  it("small-company: a set and a moment of production go to staging", async () => {
    await start("small-company");
    await copy("rm-prod", "rm-staging", ["orders"], { backupId: "1065238746520" });
    await copy("rm-prod", "rm-dev", ["crm"], { restoreTime: moved("2026-02-28T12:00:00Z") });
    sim.advance("1h");
    assert.deepEqual(contents("rm-staging"), ["playground", "orders-friday"]);
    assert.deepEqual(contents("rm-dev"), ["crm-friday"]);
  });

  it("300-databases: all of them, in one call", async () => {
    await start("300-databases");
    const names = sim.world().instances[0]?.databases.map(({ name }) => name) ?? [];
    assert.equal(names.length, 300);
    await copy("rm-tenants", "rm-target", names, { backupId: "701" });
    sim.advance("1d");
    assert.deepEqual(
      contents("rm-target"),
      names.map((name) => `${name}-saturday`),
    );
  });

  it("multi-region: a copy stays in its region, network and account", async () => {
    await start("multi-region");
    const refused = async (to: string) =>
      (await thrownBy(copy("rm-hangzhou-prod", to, ["orders"], { backupId: "203" }))).code;
    assert.equal(await refused("rm-singapore-staging"), "InvalidCrossRegionTrans");
    assert.equal(await refused("rm-hangzhou-classic"), "IncorrectInstanceNetworkType");
    assert.equal(await refused("rm-hangzhou-partner"), "InvalidDBInstanceName.NotFound");
    await copy("rm-hangzhou-prod", "rm-hangzhou-staging", ["orders"], { backupId: "203" });
    const singapore = await sdkClient(sim.endpoint).describeDBInstances(
      new rds.DescribeDBInstancesRequest({ regionId: "ap-southeast-1" }),
    );
    assert.equal(singapore.body?.totalRecordCount, 2);
  });

  it("pre-production-tde: only what is not encrypted can be copied", async () => {
    await start("pre-production-tde");
    const thrown = await thrownBy(copy("rm-prod", "rm-preprod", ["payments"], { backupId: "403" }));
    assert.equal(thrown.code, "CanNotCopyDBHasTDEEnabled");
    await copy("rm-prod", "rm-preprod", ["catalog"], { backupId: "403" });
  });

  it("broken-log-chain: moments before the gap, sets, and nothing in or behind it", async () => {
    await start("broken-log-chain");
    const at = (restoreTime: string) =>
      copy("rm-prod", "rm-staging", ["orders"], { restoreTime: moved(restoreTime) });
    for (const time of ["2026-02-28T04:00:00Z", "2026-02-28T12:00:00Z"]) {
      assert.equal((await thrownBy(at(time))).code, "InvalidParamTableMeta.RestoreTime");
    }
    await at("2026-02-28T02:00:00Z");
    await copy("rm-prod", "rm-staging", ["crm"], { backupId: "502" });
    const simple = copy("rm-simple", "rm-staging", ["cache"], {
      restoreTime: moved("2026-02-28T19:00:00Z"),
    });
    assert.equal((await thrownBy(simple)).code, "CurrentRecoveryModelNotSupportThisAction");
  });
});

import assert from "node:assert/strict";
import * as rds from "@alicloud/rds20140815";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { sdkClient, thrownBy } from "./client.js";

/** The SDK sends DbNames in the address. */
describe("simulator: copies of many databases", () => {
  let sim: Simulator;
  afterEach(() => sim.close());

  const start = async (names: readonly string[]) => {
    sim = await startSimulator({
      clock: "virtual",
      world: {
        instances: [
          {
            id: "rm-prod",
            maxDatabases: 1000,
            databases: names.map((name) => ({ name, sizeGiB: 0.1 })),
            backups: [
              {
                id: "1",
                start: "2026-02-28T18:00:00Z",
                end: "2026-02-28T18:40:00Z",
                databases: Object.fromEntries(names.map((name) => [name, "copied"])),
              },
            ],
          },
          { id: "rm-staging", maxDatabases: 1000 },
        ],
      },
    });
  };
  const copy = (names: readonly string[]) =>
    sdkClient(sim.endpoint).copyDatabaseBetweenInstances(
      new rds.CopyDatabaseBetweenInstancesRequest({
        DBInstanceId: "rm-prod",
        targetDBInstanceId: "rm-staging",
        backupId: "1",
        dbNames: JSON.stringify(Object.fromEntries(names.map((name) => [name, name]))),
      }),
    );
  const named = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => `db${String(index).padStart(length - 2, "0")}`);

  for (const [count, length] of [
    [300, 20],
    [400, 128],
  ] as const) {
    it(`are carried out: ${count} names of ${length} characters`, async () => {
      const names = named(count, length);
      await start(names);
      await copy(names);
      assert.equal(sim.world().instances[1]?.databases.length, count);
    });
  }

  for (const [count, action] of [
    [600, "CopyDatabaseBetweenInstances"],
    [6000, ""],
  ] as const) {
    it(`are refused in the API's form where the address is too long: ${count} names of 128 characters`, async () => {
      await start(["one"]);
      const thrown = await thrownBy(copy(named(count, 128)));
      assert.deepEqual(
        [thrown.name, thrown.code, thrown.statusCode],
        ["ClientError", "SimulatorRequestTooLarge", 400],
      );
      assert.deepEqual(
        sim.journal().map((entry) => [entry.action, entry.status, entry.code, entry.requestId]),
        [[action, 400, "SimulatorRequestTooLarge", thrown.requestId]],
      );
    });
  }
});

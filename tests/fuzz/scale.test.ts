import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as rds from "@alicloud/rds20140815";
import { queryText, signedPairs } from "../../simulator/src/gateway/signedQuery.js";
import { startSimulator, type Simulator, type WorldInput } from "../../simulator/src/index.js";
import { createSimulation } from "../../simulator/src/server/simulation.js";
import { sdkClient } from "../protocol/simulator/client.js";

const now = Date.parse("2026-03-01T02:00:00Z");
const text = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
const databases = Array.from({ length: 300 }, (_, index) => `db_${index}`);
const sets = 2000;
const targets = 200;

/** 300 databases and 2,000 backup sets on one instance, a set every 20 minutes; 200 instances to copy to. */
const world = {
  now: text(now),
  instances: [
    {
      id: "rm-prod",
      storageGiB: 2000,
      maxDatabases: 400,
      retentionDays: 730,
      databases: databases.map((name) => ({ name, content: `${name}-live` })),
      backups: Array.from({ length: sets }, (_, index) => {
        const end = now - (sets - index) * 20 * 60_000;
        const held = databases.map((name) => [name, `${name}-${index}`]);
        return {
          id: `${10_000 + index}`,
          start: text(end - 60_000),
          end: text(end),
          databases: Object.fromEntries(held) as Record<string, string>,
        };
      }),
    },
    ...Array.from({ length: targets }, (_, index) => ({ id: `rm-target-${index}` })),
  ],
} satisfies WorldInput;

describe("simulator: large worlds", () => {
  let sim: Simulator;
  before(async () => {
    sim = await startSimulator({ world, clock: "virtual" });
  });
  after(() => sim.close());

  it("page through all 300 databases and all 2,000 sets", async () => {
    const client = sdkClient(sim.endpoint);
    const names: (string | undefined)[] = [];
    for (let pageNumber = 1; pageNumber <= 3; pageNumber += 1) {
      const page = new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-prod", pageSize: 100, pageNumber });
      const { body } = await client.describeDatabases(page);
      names.push(...(body?.databases?.database ?? []).map(({ DBName }) => DBName));
    }
    assert.deepEqual(names, databases);
    const ids: (string | undefined)[] = [];
    for (let pageNumber = 1; pageNumber <= sets / 100; pageNumber += 1) {
      const page = new rds.DescribeBackupsRequest({ DBInstanceId: "rm-prod", pageSize: 100, pageNumber });
      ids.push(
        ...((await client.describeBackups(page)).body?.items?.backup ?? []).map(({ backupId }) => backupId),
      );
    }
    assert.deepEqual(
      ids,
      Array.from({ length: sets }, (_, index) => `${10_000 + sets - 1 - index}`),
    );
  });

  it("run 200 copies at once, each of its own set", async () => {
    const client = sdkClient(sim.endpoint, { readTimeout: 30_000, connectTimeout: 30_000 });
    await Promise.all(
      Array.from({ length: targets }, (_, index) =>
        client.copyDatabaseBetweenInstances(
          new rds.CopyDatabaseBetweenInstancesRequest({
            DBInstanceId: "rm-prod",
            targetDBInstanceId: `rm-target-${index}`,
            backupId: `${10_000 + index * 10}`,
            dbNames: JSON.stringify({ [`db_${index}`]: "copied" }),
          }),
        ),
      ),
    );
    assert.equal(sim.status().operations.length, targets);
    sim.advance("10s");
    assert.deepEqual(new Set(sim.status().operations.map(({ percent }) => percent)), new Set([50]));
    sim.advance("10s");
    assert.deepEqual(
      sim
        .world()
        .instances.slice(1)
        .map(({ databases: copied }) => copied.map(({ status, content }) => [status, content])),
      Array.from({ length: targets }, (_, index) => [["Running", `db_${index}-${index * 10}`]]),
    );
  });
});

describe("simulator: memory", () => {
  it("holds of 20,000 calls what the journal keeps of them, and little more", () => {
    const simulation = createSimulation({
      world: { instances: [{ id: "rm-a", databases: [{ name: "one" }] }] },
      clock: "stepped",
    });
    const keys = { accessKeyId: "simulated-key", accessKeySecret: "simulated-secret" };
    const filler = "x".repeat(3000);
    const ask = (action: string, params: Record<string, string>) => {
      // Given anew each time, as from the wire; a parameter that nobody knows, so long that keeping it would show.
      const given = Object.entries({ Action: action, DBInstanceId: "rm-a", ...params });
      const query = queryText(signedPairs("GET", given, keys));
      const { status } = simulation.call({
        method: "GET",
        path: "/",
        query,
        headers: { accept: filler + query },
        body: Buffer.alloc(0),
      });
      assert.equal(status, 200);
    };
    const life = (index: number) => {
      ask("DescribeDatabases", {});
      ask("ModifyDBDescription", { DBName: "one", DBDescription: `d${index}` });
      ask("DescribeDBInstanceAttribute", {});
      ask("DescribeHistoryTasks", {
        FromStartTime: "2026-01-01T00:00:00Z",
        ToStartTime: "2026-01-02T00:00:00Z",
      });
    };
    for (let index = 0; index < 500; index += 1) life(index);
    const before = heap();
    for (let index = 0; index < 5000; index += 1) life(index);
    const journal = JSON.stringify(simulation.control.journal()).length;
    const grown = heap() - before;
    assert.ok(
      grown < journal + 9.5e6,
      `${Math.round(grown / 1e6)} MB more, of which the journal is ${Math.round(journal / 1e6)}`,
    );
  });
});

/** What is really used, after everything that is not used was swept away. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

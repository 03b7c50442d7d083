import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as rds from "@alicloud/rds20140815";
import { startSimulator, type Simulator, type World } from "../../../simulator/src/index.js";
import { smallCompany } from "../../unit/simulator/cloud.js";
import { sdkClient } from "./client.js";

describe("simulator: control calls", () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallCompany, clock: "virtual" });
  });
  afterEach(() => sim.close());

  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${sim.url}/_simulator/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === "" ? undefined : JSON.parse(text)) as never };
  };
  const copy = () =>
    sdkClient(sim.endpoint).copyDatabaseBetweenInstances(
      new rds.CopyDatabaseBetweenInstancesRequest({
        DBInstanceId: "rm-prod",
        targetDBInstanceId: "rm-staging",
        dbNames: '{"crm":"crm"}',
        backupId: "102",
      }),
    );
  const copied = (world: World) =>
    world.instances[1]?.databases.map(({ status, content }) => [status, content]);

  it("give the world as it is now, and take it back in the middle of a copy", async () => {
    await copy();
    const { body: early } = await control("GET", "world");
    assert.deepEqual(copied(early), [["Creating", ""]]);
    sim.advance("1h");
    const { body: late } = await control("GET", "world");
    assert.deepEqual(
      [copied(late), (late as World).now],
      [[["Running", "crm-february"]], "2026-03-01T03:00:00Z"],
    );
    const put = await control("PUT", "world", early);
    assert.deepEqual([put.status, (put.body as World).now], [200, "2026-03-01T02:00:00Z"]);
    sim.advance("30s");
    assert.deepEqual(copied(sim.world()), [["Running", "crm-february"]]);
  });

  it("refuse a bad world with every problem and its path, and keep the old one", async () => {
    const bad = await control("PUT", "world", {
      instances: [{ id: "rm-a", status: 1 }, { id: "rm-a" }, { Id: "rm-b" }],
    });
    assert.equal(bad.status, 400);
    assert.deepEqual((bad.body as { problems: { path: string }[] }).problems.map(({ path }) => path).sort(), [
      "instances[0].status",
      "instances[2].Id",
      "instances[2].id",
    ]);
    assert.equal(sim.world().instances.length, 2);
  });

  it("reset to the world and the time of the start", async () => {
    await copy();
    sim.advance("1h");
    const { status, body } = await control("POST", "reset");
    assert.deepEqual([status, body], [200, { now: "2026-03-01T02:00:00Z" }]);
    assert.deepEqual(copied(sim.world()), []);
  });

  it("advance virtual time, and say why not", async () => {
    assert.deepEqual((await control("POST", "clock", { advance: "10m" })).body, {
      now: "2026-03-01T02:10:00Z",
    });
    assert.equal((await control("POST", "clock", { advance: "soon" })).status, 400);
    assert.equal((await control("POST", "clock", {})).status, 400);
    const real = await startSimulator({ clock: "stepped" });
    try {
      assert.throws(() => real.advance("1m"), /only a virtual clock/);
    } finally {
      await real.close();
    }
  });

  it("keep a journal of calls and nothing else, and forget it", async () => {
    await copy();
    await control("GET", "faults");
    const { body } = await control("GET", "journal");
    const [entry, ...more] = body as Record<string, unknown>[];
    assert.equal(more.length, 0);
    const { requestId, ...rest } = entry ?? {};
    assert.match(String(requestId), /^[0-9A-F-]{36}$/);
    assert.deepEqual(rest, {
      time: "2026-03-01T02:00:00Z",
      action: "CopyDatabaseBetweenInstances",
      parameters: {
        DBInstanceId: "rm-prod",
        TargetDBInstanceId: "rm-staging",
        DbNames: '{"crm":"crm"}',
        BackupId: "102",
      },
      status: 200,
    });
    assert.equal((await control("DELETE", "journal")).status, 204);
    assert.deepEqual((await control("GET", "journal")).body, []);
  });

  it("add, list and remove fault rules, and refuse what is none", async () => {
    const rule = { action: "*", when: { times: 3 }, then: { drop: "after" } };
    assert.deepEqual((await control("POST", "faults", rule)).body, { ...rule, id: 1, tried: 0, fired: 0 });
    assert.equal(((await control("GET", "faults")).body as unknown[]).length, 1);
    const bad = await control("POST", "faults", { action: "*", then: { dropp: "after" } });
    assert.deepEqual(
      [bad.status, /not a fault rule/.test((bad.body as { error: string }).error)],
      [400, true],
    );
    assert.equal((await control("DELETE", "faults")).status, 204);
    assert.deepEqual((await control("GET", "faults")).body, []);
  });

  it("that do not exist are a 404 with a sentence", async () => {
    const { status, body } = await control("GET", "worlds");
    assert.deepEqual([status, typeof (body as { error: string }).error], [404, "string"]);
  });

  it("write every call to a journal file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "journal-"));
    try {
      const file = join(folder, "calls.jsonl");
      const journaled = await startSimulator({ world: smallCompany, journal: file, clock: "virtual" });
      const client = sdkClient(journaled.endpoint);
      await client.describeBackups(new rds.DescribeBackupsRequest({ DBInstanceId: "rm-prod" }));
      await client.describeDatabases(new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-prod" }));
      await journaled.close();
      const lines = (await readFile(file, "utf8")).trim().split("\n");
      assert.deepEqual(
        lines.map((line) => (JSON.parse(line) as { action: string }).action),
        ["DescribeBackups", "DescribeDatabases"],
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("simulator: where and how fast", () => {
  it("listens on any loopback name, and on others only when asked for", async () => {
    const named = await startSimulator({ host: "localhost" });
    assert.match(named.endpoint, /^localhost:\d+$/);
    await named.close();
    await assert.rejects(startSimulator({ host: "0.0.0.0" }), /not a loopback address/);
    await assert.rejects(startSimulator({ host: "127.example.com" }), /not a loopback address/);
  });

  it("takes no speed but a number above 0", async () => {
    for (const speed of [0, -1, NaN, Infinity]) await assert.rejects(startSimulator({ speed }), /above 0/);
  });

  it("throws every problem of a bad world", async () => {
    await assert.rejects(startSimulator({ world: { instances: [{ id: "rm a" }] } }), {
      name: "WorldError",
      problems: [{ path: "instances[0].id", message: 'must match pattern "^[A-Za-z][A-Za-z0-9-]*$"' }],
    });
  });
});

describe("simulator: clocks over HTTP", () => {
  const read = new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-staging" });
  const start = new rds.CopyDatabaseBetweenInstancesRequest({
    DBInstanceId: "rm-prod",
    targetDBInstanceId: "rm-staging",
    dbNames: '{"crm":"crm"}',
    backupId: "102",
  });

  it("stepped: each look moves the copy on", async () => {
    const sim = await startSimulator({ world: smallCompany, clock: "stepped" });
    try {
      const client = sdkClient(sim.endpoint);
      await client.copyDatabaseBetweenInstances(start);
      const seen: unknown[] = [];
      for (let look = 0; look < 3; look += 1) {
        seen.push((await client.describeDatabases(read)).body?.databases?.database?.[0]?.DBStatus);
      }
      assert.deepEqual(seen, ["Creating", "Creating", "Running"]);
    } finally {
      await sim.close();
    }
  });

  it("real: durations pass divided by the speed", async () => {
    const sim = await startSimulator({ world: smallCompany, clock: "real", speed: 1_000_000 });
    try {
      const client = sdkClient(sim.endpoint);
      await client.copyDatabaseBetweenInstances(start);
      const deadline = Date.now() + 10_000;
      while (Date.now() < deadline && sim.world().instances[1]?.databases[0]?.status !== "Running");
      assert.equal(sim.world().instances[1]?.databases[0]?.content, "crm-february");
    } finally {
      await sim.close();
    }
  });
});

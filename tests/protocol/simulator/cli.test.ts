import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as rds from "@alicloud/rds20140815";
import { connectToSimulator, readyWorlds, startSimulator } from "../../../simulator/src/index.js";
import { sdkClient } from "./client.js";
import { run as start } from "./process.js";

describe("simulator: the command", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "worlds-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`says where it listens, logs a line per call, ends cleanly on ${signal}`, async () => {
      const world = join(folder, "world.json");
      await writeFile(world, JSON.stringify({ instances: [{ id: "rm-a" }] }));
      const run = start("--port", "0", "--world", world);
      await run.ready();
      const line = run.output.stdout;
      const port = /^alicloud-rds-simulator listening on http:\/\/127\.0\.0\.1:(\d+)\n$/.exec(line)?.[1];
      assert.ok(port, line);
      const client = sdkClient(`127.0.0.1:${port}`);
      await client.describeDatabases(new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-a" }));
      await client
        .describeDatabases(new rds.DescribeDatabasesRequest({ DBInstanceId: "rm-x" }))
        .catch(() => undefined);
      run.kill(signal);
      const { code, stdout, stderr } = await run.ended;
      assert.equal(code, 0);
      assert.equal(stdout, line);
      const [notice, ...lines] = stderr.trim().split("\n");
      assert.match(notice ?? "", /^Nothing is kept/);
      assert.equal(lines.length, 2, stderr);
      assert.match(lines[0] ?? "", /DescribeDatabases rm-a 200 [0-9A-F-]{36}$/);
      assert.match(lines[1] ?? "", /DescribeDatabases rm-x 400 InvalidDBInstanceId\.NotFound [0-9A-F-]{36}$/);
    });
  }

  it("refuses a bad world file with every problem and its path", async () => {
    const world = join(folder, "world.json");
    await writeFile(
      world,
      JSON.stringify({
        instances: [
          { id: "rm-a", colour: 1 },
          { id: "rm-a", storageGiB: "big" },
        ],
      }),
    );
    const { code, stdout, stderr } = await start("--port", "0", "--world", world).ended;
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /instances\[0\]\.colour: .* those that can stand there are id, .*databases/);
    assert.match(stderr, /instances\[1\]\.storageGiB: /);
    assert.ok(!/\n\s+at /.test(stderr), stderr);
  });

  it("refuses a file that is missing or no JSON", async () => {
    const broken = join(folder, "broken.json");
    await writeFile(broken, "{");
    for (const file of [broken, join(folder, "none.json")]) {
      const { code, stderr } = await start("--world", file).ended;
      assert.equal(code, 1);
      assert.ok(stderr.startsWith(`The world file ${file} cannot be read: `), stderr);
      assert.ok(!/\n\s+at /.test(stderr), stderr);
    }
  });

  it("listens on loopback only, unless it is asked for twice", async () => {
    const { code, stderr } = await start("--port", "0", "--host", "0.0.0.0").ended;
    assert.equal(code, 1);
    assert.match(stderr, /not a loopback address.*--allow-remote/);
  });

  it("says that a port is in use", async () => {
    const sim = await startSimulator();
    try {
      const { code, stderr } = await start("--port", sim.endpoint.split(":")[1] ?? "").ended;
      assert.deepEqual([code, /in use; --port 0/.test(stderr)], [1, true]);
    } finally {
      await sim.close();
    }
  });

  it("prints the schema of worlds", async () => {
    const { code, stdout } = await start("schema").ended;
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { title: string }).title, "World of alicloud-rds-simulator");
  });

  it("lists the ready worlds, and takes them by name", async () => {
    const { code, stdout } = await start("worlds").ended;
    assert.deepEqual([code, stdout.split("\n").length], [0, readyWorlds.length + 1]);
    for (const { name, about } of readyWorlds) assert.match(stdout, new RegExp(`^${name} +${about}$`, "m"));
    const run = start("--port", "0", "--world", "multi-region");
    const [url = ""] = await run.ready();
    assert.equal((await connectToSimulator(url).world()).accounts.length, 2);
    run.kill("SIGTERM");
    assert.equal((await run.ended).code, 0);
  });

  it("says how fast time passes, at the start and to every client", async () => {
    const fast = start("--port", "0", "--speed", "60");
    const [url = ""] = await fast.ready();
    const { headers } = await fetch(url);
    assert.match(headers.get("x-simulator-clock") ?? "", /^speed=60; now=20\d\d-\d\d-\d\dT[\d:.]+Z$/);
    fast.kill("SIGTERM");
    assert.match(
      (await fast.ended).stderr,
      /^Time passes 60 times as fast.*ALICLOUD_RDS_COPY_CLOCK=simulator\.$/m,
    );
    const real = await startSimulator();
    try {
      assert.equal((await fetch(real.url)).headers.get("x-simulator-clock"), null);
    } finally {
      await real.close();
    }
  });

  it("knows no other names", async () => {
    const { code, stderr } = await start("--world", "small-companies").ended;
    assert.equal(code, 1);
    assert.match(
      stderr,
      /There is no file and no ready world "small-companies"; the ready ones are small-company, /,
    );
  });

  it("teaches in its help what it prints in its pages", async () => {
    const { code, stdout } = await start("--help").ended;
    assert.equal(code, 0);
    for (const word of [
      "--world",
      "--state",
      "--tls",
      "worlds",
      "schema",
      "/_simulator/faults",
      "simulated-secret",
    ]) {
      assert.ok(stdout.includes(word), word);
    }
  });
});

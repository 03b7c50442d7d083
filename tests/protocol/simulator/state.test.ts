import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as rds from "@alicloud/rds20140815";
import { connectToSimulator } from "../../../simulator/src/client.js";
import { startSimulator, type WorldInput } from "../../../simulator/src/index.js";
import { smallCompany } from "../../unit/simulator/cloud.js";
import { sdkClient } from "./client.js";
import { run, type Running } from "./process.js";

/** With room for many copies. */
const world = {
  ...smallCompany,
  instances: [smallCompany.instances[0], { id: "rm-staging", storageGiB: 10_000, maxDatabases: 1000 }],
} satisfies WorldInput;

const copy = (endpoint: string, name: string) =>
  sdkClient(endpoint).copyDatabaseBetweenInstances(
    new rds.CopyDatabaseBetweenInstancesRequest({
      DBInstanceId: "rm-prod",
      targetDBInstanceId: "rm-staging",
      dbNames: JSON.stringify({ crm: name }),
      backupId: "102",
    }),
  );

describe("simulator: the state file", () => {
  let folder: string;
  let state: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "state-"));
    state = join(folder, "state.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  describe("of a process that is killed", () => {
    let running: Running;
    let worldFile: string;
    beforeEach(async () => {
      worldFile = join(folder, "world.json");
      await writeFile(worldFile, JSON.stringify(world));
    });
    afterEach(async () => {
      running.kill("SIGKILL");
      await running.ended;
    });
    const start = async (...more: string[]) => {
      running = run("--port", "0", "--world", worldFile, "--clock", "virtual", ...more);
      const [url = ""] = await running.ready();
      return { url, control: connectToSimulator(url) };
    };
    const killed = async () => {
      running.kill("SIGKILL");
      await running.ended;
    };

    it("goes on in the middle of a copy, with its time and its faults", async () => {
      const first = await start("--state", state);
      await copy(new URL(first.url).host, "crm_copy");
      await first.control.advance("10s");
      await first.control.addFault({ action: "DeleteDatabase", when: { times: 2 }, then: { drop: "after" } });
      const before = await first.control.status();
      assert.match(running.output.stderr, /World, time and faults are kept in /);
      await killed();

      const second = await start("--state", state);
      assert.match(running.output.stderr, /Going on from .*--world counts only where there is no state file/);
      const { calls: forgotten, ...after } = await second.control.status();
      const { calls: made, ...rest } = before;
      assert.deepEqual([after, forgotten, made.length], [rest, [], 1]);
      assert.ok((after.operations[0]?.percent ?? 0) > 0);
      await second.control.advance("1h");
      const staging = (await second.control.world()).instances[1];
      assert.deepEqual(
        staging?.databases.map(({ name, status, content }) => [name, status, content]),
        [["crm_copy", "Running", "crm-february"]],
      );
      await second.control.reset();
      assert.deepEqual((await second.control.world()).instances[1]?.databases, []);
    });

    it("has every copy that was answered, wherever it was killed", async () => {
      const { url } = await start("--state", state);
      const answered: string[] = [];
      let asked = 0;
      const askOnAndOn = async () => {
        for (;;) {
          const name = `crm_${(asked += 1)}`;
          await copy(new URL(url).host, name);
          answered.push(name);
          if (answered.length === 20) running.kill("SIGKILL");
        }
      };
      await Promise.allSettled([askOnAndOn(), askOnAndOn(), askOnAndOn()]);
      await running.ended;
      assert.ok(answered.length >= 20, `${answered.length} were answered`);
      const { control } = await start("--state", state);
      const names = new Set((await control.world()).instances[1]?.databases.map(({ name }) => name));
      assert.deepEqual(
        answered.filter((name) => !names.has(name)),
        [],
      );
    });

    it("forgets without one, and says so", async () => {
      const first = await start();
      await copy(new URL(first.url).host, "crm_copy");
      assert.match(running.output.stderr, /^Nothing is kept: .*--state FILE/);
      await killed();
      const second = await start();
      assert.deepEqual((await second.control.world()).instances[1]?.databases, []);
    });
  });

  it("is only ever replaced as a whole", async () => {
    const sim = await startSimulator({ world, clock: "virtual", state });
    try {
      let writing = true;
      const reading = (async () => {
        let read = 0;
        for (; writing; read += 1) JSON.parse(await readFile(state, "utf8"));
        return read;
      })();
      for (let index = 0; index < 50; index += 1) await copy(sim.endpoint, `crm_${index}`);
      writing = false;
      assert.ok((await reading) > 0);
    } finally {
      await sim.close();
    }
    assert.deepEqual(await readdir(folder), ["state.json"]);
  });

  it("notes time that only passes, and the last of it at the end", async () => {
    const first = await startSimulator({ world, clock: "real", speed: 1e6, state });
    await first.close();
    const end = first.world().now;
    const second = await startSimulator({ clock: "virtual", state });
    try {
      assert.ok(second.resumed);
      const resumed = second.world().now;
      assert.ok(resumed > smallCompany.now && resumed <= end, `${resumed} <= ${end}`);
    } finally {
      await second.close();
    }
  });

  for (const [what, text, complaint] of [
    ["cut off", '{"version":1,"start":{', /JSON/],
    ["empty", "", /JSON/],
    ["of something else", '{"name":"package"}', /version/],
    ["of another form", '{"version":2,"start":{"now":""},"world":{"now":""},"faults":[]}', /version/],
    [
      "with a bad world",
      JSON.stringify({
        version: 1,
        start: { now: "2026-03-01T02:00:00Z" },
        world: { now: "2026-03-01T02:00:00Z", instances: [{ id: "rm-a", colour: 1 }] },
        faults: [],
      }),
      /world\.instances\[0\]\.colour/,
    ],
    [
      "with a bad fault",
      JSON.stringify({
        version: 1,
        start: { now: "2026-03-01T02:00:00Z" },
        world: { now: "2026-03-01T02:00:00Z" },
        faults: [{ action: "*", then: { dropp: "after" } }],
      }),
      /faults\/0/,
    ],
  ] as const) {
    it(`${what} is refused and left as it is`, async () => {
      await writeFile(state, text);
      await assert.rejects(startSimulator({ state }), (error: Error) => {
        assert.match(error.message, /^The state file .*state\.json cannot be used: /);
        assert.match(error.message, complaint);
        return true;
      });
      assert.equal(await readFile(state, "utf8"), text);
    });
  }

  describe("that a simulator has", () => {
    const busy =
      /^Error: The state file .*state\.json is in use by another simulator \(process \d+\)\. End it, /;

    it("is no other's until it ends, and is left as it is", async () => {
      const first = await startSimulator({ world, clock: "virtual", state });
      try {
        const before = await readFile(state, "utf8");
        await assert.rejects(startSimulator({ state }), busy);
        const { code, stderr } = await run("--port", "0", "--state", state).ended;
        assert.equal(code, 1);
        assert.match(`Error: ${stderr}`, busy);
        assert.equal(await readFile(state, "utf8"), before);
      } finally {
        await first.close();
      }
      const second = await startSimulator({ state });
      await second.close();
    });

    it("is free again where the start failed", async () => {
      await assert.rejects(
        startSimulator({ state, world: { instances: [{ id: "rm a" }] } }),
        /cannot be used/,
      );
      const first = await startSimulator();
      const port = Number(new URL(first.url).port);
      await assert.rejects(startSimulator({ state, port }), /in use; --port 0/);
      await first.close();
      const second = await startSimulator({ state });
      await second.close();
    });

    for (const [what, lock] of [
      ["of this process's number", { pid: process.pid, started: "1" }],
      ["of a number that another process has now", { pid: process.ppid, started: "1" }],
      ["of a number that nobody has", { pid: 2 ** 22 + 1, started: "" }],
      ["that is cut off", undefined],
    ] as const) {
      it(`may have a lock ${what}, left by one that was killed`, async () => {
        await writeFile(`${state}.lock`, lock === undefined ? '{"pid":' : JSON.stringify(lock));
        const sim = await startSimulator({ state });
        await sim.close();
        assert.deepEqual(await readdir(folder), ["state.json"]);
      });
    }
  });

  it("that cannot be written is said at the start", async () => {
    await assert.rejects(
      startSimulator({ state: join(folder, "none", "state.json") }),
      /^Error: The state cannot be written to .*ENOENT/,
    );
  });
});

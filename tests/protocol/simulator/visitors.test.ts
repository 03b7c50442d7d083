import assert from "node:assert/strict";
import { request } from "node:http";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../../simulator/src/index.js";
import { smallCompany } from "../../unit/simulator/cloud.js";

describe("simulator: under which names it answers, and for which pages", () => {
  let sim: Simulator;
  afterEach(() => sim.close());
  const start = async (options: SimulatorOptions = {}) => {
    sim = await startSimulator({ world: smallCompany, clock: "virtual", ...options });
  };
  const ask = (path: string, headers: Record<string, string>, method = "GET") =>
    new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
      const sent = request(
        { host: "127.0.0.1", port: new URL(sim.url).port, path, method, headers },
        (answer) => {
          let text = "";
          answer.on("data", (part: Buffer) => (text += part.toString()));
          answer.on("end", () => {
            const body = (text.startsWith("{") ? JSON.parse(text) : {}) as Record<string, unknown>;
            resolve({ status: answer.statusCode ?? 0, body });
          });
        },
      );
      sent.on("error", reject);
      sent.end();
    });
  const world = "/_simulator/world";
  const call = "/?Action=DescribeDatabases&Version=2014-08-15";

  it("loopback, with any port, in any case", async () => {
    await start();
    for (const host of ["localhost", "LOCALHOST:1", "127.0.0.1:8094", "127.9.9.9", "[::1]:8094"])
      assert.equal((await ask(world, { host })).status, 200, host);
  });

  it("no other, neither control nor API, and the journal has the call", async () => {
    await start();
    for (const host of [
      "pages.example",
      "127.0.0.1.pages.example",
      "localhost.pages.example:8094",
      "10.0.0.1",
    ]) {
      const control = await ask(world, { host });
      assert.deepEqual([control.status, Object.keys(control.body)], [403, ["error"]], host);
      assert.match(String(control.body["error"]), /--allow-host/);
      const api = await ask(call, { host });
      assert.deepEqual(
        [api.status, api.body["Code"], api.body["HostId"]],
        [403, "SimulatorForeignHost", host],
      );
    }
    assert.equal(sim.journal().length, 4);
    assert.deepEqual(sim.journal().map(({ action, code }) => [action, code])[0], [
      "DescribeDatabases",
      "SimulatorForeignHost",
    ]);
  });

  it("names that were allowed, and its own address", async () => {
    await start({ allowHosts: ["rds-simulator", "Other.Name:80"] });
    for (const host of ["rds-simulator:8094", "other.name"])
      assert.equal((await ask(world, { host })).status, 200, host);
    assert.equal((await ask(world, { host: "else" })).status, 403);
    await sim.close();
    await start({ host: "0.0.0.0", allowRemote: true });
    assert.equal((await ask(world, { host: "0.0.0.0" })).status, 200);
    assert.equal((await ask(world, { host: "10.0.0.1" })).status, 403);
  });

  it("whether it is there, under every name", async () => {
    await start();
    const { status, body } = await ask("/_simulator/health", { host: "10.1.2.3:8094" });
    assert.deepEqual([status, body["status"]], [200, "ok"]);
  });

  it("its own page, and none of another origin", async () => {
    await start();
    const host = sim.endpoint;
    const own: Record<string, string>[] = [
      { origin: sim.url },
      { "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
    ];
    for (const headers of own) assert.equal((await ask(world, { host, ...headers })).status, 200);
    const others: Record<string, string>[] = [
      { origin: "http://pages.example" },
      { origin: "http://127.0.0.1:1" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ];
    sim.advance("1h");
    for (const headers of others) {
      for (const path of [world, "/_simulator/health", "/_simulator/none"])
        assert.equal((await ask(path, { host, ...headers })).status, 403, JSON.stringify(headers));
      assert.equal((await ask("/_simulator/reset", { host, ...headers }, "POST")).status, 403);
      assert.equal((await ask(call, { host, ...headers })).body["Code"], "SimulatorForeignPage");
    }
    assert.equal(sim.world().now, "2026-03-01T03:00:00Z");
  });
});

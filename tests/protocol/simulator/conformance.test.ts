import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import { plainClient, runConformance, type Ask } from "../../../simulator/src/conformance.js";
import { sdkClient, type Thrown } from "./client.js";

const cli = join(__dirname, "../../../simulator/dist/cli.js");
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3600_000).toISOString();

/** Names and a key that must not be found in a recording. */
const world = {
  accounts: [{ accountId: "1234567890123456", accessKeyId: "own-key-id", accessKeySecret: "own-key-secret" }],
  instances: [
    {
      id: "rm-own-prod",
      tags: { team: "own-tag" },
      databases: [{ name: "own-orders", users: { "own-user": "ReadWrite" }, description: "own-text" }],
      backups: [
        { id: "7001", start: hoursAgo(9), end: hoursAgo(8), databases: { "own-orders": "" } },
        { id: "7002", start: hoursAgo(5), end: hoursAgo(4), databases: {} },
      ],
    },
    { id: "rm-own-staging" },
  ],
  copy: { minimumSeconds: 2, secondsPerGiB: 0 },
  service: { callsPerSecond: 0 },
};
const sides = { region: "cn-hangzhou", source: "rm-own-prod", target: "rm-own-staging" };
const keys = { accessKeyId: "own-key-id", accessKeySecret: "own-key-secret" };
const keyFlags = ["--access-key-id", keys.accessKeyId, "--access-key-secret", keys.accessKeySecret];
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** The same calls by the real SDK: what it throws is an answer as well. */
const sdk =
  (endpoint: string): Ask =>
  async (action, params) => {
    const api = new $OpenApiUtil.Params({
      ...{ action, version: "2014-08-15", protocol: "HTTP", pathname: "/", method: "POST", authType: "AK" },
      ...{ style: "RPC", reqBodyType: "formData", bodyType: "json" },
    });
    const request = new $OpenApiUtil.OpenApiRequest({ query: { ...params } });
    try {
      const answer = await sdkClient(endpoint, keys).callApi(api, request, new RuntimeOptions({}));
      return { status: 200, body: (answer as { body: unknown }).body };
    } catch (error) {
      const { statusCode, data } = error as Thrown & { data?: Record<string, unknown> };
      const { statusCode: _, ...body } = data ?? {};
      return { status: statusCode ?? 0, body };
    }
  };

describe("simulator: conformance, against a second simulator process", () => {
  let folder: string;
  let server: ChildProcess;
  let url: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "conformance-"));
    await writeFile(join(folder, "world.json"), JSON.stringify(world));
    const args = ["--port", "0", "--speed", "60", "--world", join(folder, "world.json")];
    server = spawn(process.execPath, [cli, ...args], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = (await once(server.stdout ?? server, "data")) as [Buffer];
    url = /http:\S+/.exec(line.toString())?.[0] ?? "";
  });
  after(async () => {
    server.kill();
    await once(server, "close");
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    await control("POST", "reset");
    await control("PUT", "world", { ...world, now: new Date().toISOString() });
    await control("DELETE", "journal");
  });

  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/_simulator/${path}`, { method, ...sent });
    const text = await answer.text();
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  }
  const changing = async () =>
    ((await control("GET", "journal")) as { action: string }[])
      .map(({ action }) => action)
      .filter((action) => !/^(describe|list|check)/i.test(action));

  async function databasesOfTarget() {
    const { instances } = (await control("GET", "world")) as { instances: { databases: unknown[] }[] };
    return instances[1]?.databases ?? [];
  }

  async function command(...args: string[]) {
    const child = spawn(process.execPath, [cli, "conformance", ...args]);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part: Buffer) => (output += part.toString()));
    const [code] = (await once(child, "close")) as [number];
    return { code, output };
  }

  for (const [name, client] of [
    ["the plain client", () => plainClient(url, keys)],
    ["the Node SDK", () => sdk(url.replace("http://", ""))],
  ] as const) {
    it(`${name}: every answer is the simulator's, the copying cases included`, async () => {
      const results = await runConformance({ ...sides, ask: client(), copying: true, pause });
      assert.deepEqual(
        results.filter(({ outcome }) => outcome !== "same").map(({ name, because }) => [name, because]),
        [],
      );
      assert.ok(results.length >= 60);
      const last = results.slice(-3).map(({ name, status }) => [name, status]);
      assert.deepEqual(last, [
        ["copy: carried out", 200],
        ["copy: what it made", 200],
        ["copy: drop of what it made", 200],
      ]);
    });
  }

  it("the command only reads, and says what was not run", async () => {
    const { code, output } = await command("--endpoint", url, "--source", "rm-own-prod", ...keyFlags);
    assert.equal(code, 0, output);
    assert.match(output, /^43 the same, 0 different, 0 not run$/m);
    assert.deepEqual(await changing(), []);
    const nothing = await command("--endpoint", url, ...keyFlags);
    assert.match(nothing.output, /not run: databases: one: it needs a source and a database/);
  });

  it("the command copies when it is asked to, leaves nothing behind, and records without ids, names and keys", async () => {
    const file = join(folder, "record.json");
    const flags = ["--source", "rm-own-prod", "--target", "rm-own-staging", "--copying", "--record", file];
    const { code, output } = await command("--endpoint", url, ...flags, ...keyFlags);
    assert.equal(code, 0, output);
    const asked = await changing();
    assert.ok(asked.length > 10 && asked.at(-1) === "DeleteDatabase", asked.join());
    const recorded = await readFile(file, "utf8");
    assert.match(recorded, /"code": "InvalidDBInstanceName\.NotFound"/);
    assert.doesNotMatch(recorded, /own-|7001|7002|1234567890123456/);
    while ((await databasesOfTarget()).length > 0) await pause();
  });

  it("the command ends with 1 and says where a service differs", async () => {
    await control("PUT", "world", { ...world, service: { callsPerSecond: 0, notFoundStatus: 404 } });
    const { code, output } = await command("--endpoint", url, "--source", "rm-own-prod", ...keyFlags);
    assert.equal(code, 1);
    assert.match(
      output,
      /^different: one instance: unknown: answers 404 InvalidDBInstanceName\.NotFound, the simulator 400 InvalidDBInstanceName\.NotFound$/m,
    );
  });

  it("does not go on copying where a service accepts what should be refused", async () => {
    const plain = plainClient(url, keys);
    const sent: string[] = [];
    const careless: Ask = async (action, params) => {
      if (action !== "CopyDatabaseBetweenInstances") return plain(action, params);
      sent.push(action);
      return { status: 200, body: { RequestId: "R" } };
    };
    const results = await runConformance({ ...sides, ask: careless, copying: true, pause });
    assert.equal(sent.length, 1);
    const copies = results.filter(({ action }) => action === "CopyDatabaseBetweenInstances");
    assert.deepEqual(
      copies.map(({ outcome }) => outcome),
      ["different", ...copies.slice(1).map(() => "not run")],
    );
  });

  it("the command refuses what would copy onto an instance that was not named", async () => {
    const { code, output } = await command("--endpoint", url, "--source", "rm-own-prod", "--copying");
    assert.equal(code, 1);
    assert.match(output, /^--copying needs --source and --target/);
    assert.match((await command("--endpoint", "127.0.0.1:1")).output, /^--endpoint is an address such as/);
    const unknown = await command("--endpoint", url, "--source", "rm-other", ...keyFlags);
    assert.match(
      unknown.output,
      /^The endpoint does not show the instance rm-other \(400 InvalidDBInstanceName\.NotFound\)/,
    );
  });
});

import assert from "node:assert/strict";
import { mock } from "node:test";
import { DescribeDatabasesRequest, ModifyDBDescriptionRequest } from "@alicloud/rds20140815";
import { signRpc } from "../../../simulator/src/gateway/rpcSignature.js";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { capture, replay, type Captured } from "./captured.js";
import { sdkClient, thrownBy } from "./client.js";

const world = { instances: [{ id: "rm-a", databases: [{ name: "orders" }] }] };
const read = new DescribeDatabasesRequest({ DBInstanceId: "rm-a", DBName: "orders" });
const change = new ModifyDBDescriptionRequest({
  DBInstanceId: "rm-a",
  DBName: "orders",
  DBDescription: "changed",
});

for (const [style, config] of [
  ["ACS3-HMAC-SHA256", {}],
  ["ACS3-HMAC-SM3", { signatureAlgorithm: "ACS3-HMAC-SM3" }],
  ["HMAC-SHA1", { signatureAlgorithm: "v2" }],
] as const) {
  describe(`simulator: ${style} as the SDK signs`, () => {
    let sim: Simulator;
    beforeEach(async () => {
      sim = await startSimulator({ world, clock: "virtual" });
    });
    afterEach(() => sim.close());

    const captured = (send: typeof read | typeof change = read, more: object = {}) =>
      capture(async (endpoint) => {
        const client = sdkClient(endpoint, { ...config, ...more });
        await (send instanceof DescribeDatabasesRequest
          ? client.describeDatabases(send)
          : client.modifyDBDescription(send));
      });

    it("is accepted, with characters that need encoding", async () => {
      const odd = new DescribeDatabasesRequest({ DBInstanceId: "rm-a", DBName: "a b+c&d=é~*!'()%20/订" });
      const { body } = await sdkClient(sim.endpoint, config).describeDatabases(odd);
      assert.equal(body?.databases?.database?.length, 0);
      assert.equal(sim.journal()[0]?.parameters["DBName"], "a b+c&d=é~*!'()%20/订");
    });

    it("is refused with one byte of the secret changed", async () => {
      const client = sdkClient(sim.endpoint, { ...config, accessKeySecret: "simulated-secreT" });
      const thrown = await thrownBy(client.describeDatabases(read));
      assert.deepEqual([thrown.code, thrown.statusCode], ["SignatureDoesNotMatch", 400]);
    });

    it("is refused for an unknown key", async () => {
      const client = sdkClient(sim.endpoint, { ...config, accessKeyId: "nobody" });
      const thrown = await thrownBy(client.describeDatabases(read));
      assert.deepEqual([thrown.code, thrown.statusCode], ["InvalidAccessKeyId.NotFound", 404]);
    });

    it("is refused when a byte of the query was altered on the way", async () => {
      const one = await captured();
      const altered: Captured = { ...one, url: one.url.replace("orders", "0rders") };
      assert.equal((await replay(sim.endpoint, altered)).body["Code"], "SignatureDoesNotMatch");
      assert.equal((await replay(sim.endpoint, one)).status, 200);
    });

    it("is refused a second time, although the first was carried out", async () => {
      const one = await captured(change);
      assert.equal((await replay(sim.endpoint, one)).status, 200);
      assert.equal(sim.world().instances[0]?.databases[0]?.description, "changed");
      const again = await replay(sim.endpoint, one);
      assert.deepEqual([again.status, again.body["Code"]], [400, "SignatureNonceUsed"]);
    });

    it("is accepted again when it was dropped before anything happened", async () => {
      sim.addFault({ action: "*", when: { nth: 1 }, then: { drop: "before" } });
      const one = await captured(change);
      await assert.rejects(replay(sim.endpoint, one));
      assert.equal((await replay(sim.endpoint, one)).status, 200);
      assert.equal((await replay(sim.endpoint, one)).body["Code"], "SignatureNonceUsed");
    });

    it("is accepted a second time where the world says so", async () => {
      sim.setWorld({ ...world, service: { refuseResentNonce: false } });
      const one = await captured();
      await replay(sim.endpoint, one);
      assert.equal((await replay(sim.endpoint, one)).status, 200);
    });

    for (const [minutes, accepted] of [
      [-16, false],
      [-14, true],
      [14, true],
      [16, false],
    ] as const) {
      it(`${accepted ? "is accepted" : "is refused"} with a clock ${minutes} minutes off, whatever time the world has`, async () => {
        const now = Date.now();
        mock.timers.enable({ apis: ["Date"], now: now + minutes * 60_000 });
        const one = await captured().finally(() => {
          mock.timers.reset();
        });
        sim.setWorld({ ...world, now: "2020-01-01T00:00:00Z" });
        const answer = await replay(sim.endpoint, one);
        assert.equal(answer.body["Code"], accepted ? undefined : "InvalidTimeStamp.Expired");
        assert.equal(answer.status, accepted ? 200 : 400);
      });
    }
  });
}

describe("simulator: requests that are not as they should be", () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator({ world, clock: "virtual" });
  });
  afterEach(() => sim.close());

  const signed = () => capture((endpoint) => sdkClient(endpoint).describeDatabases(read));
  const withHeader = (one: Captured, name: string, value: string): Captured => ({
    ...one,
    headers: { ...one.headers, [name]: value },
  });

  it("ACS3 covers the body by its hash", async () => {
    const one = await signed();
    const headers = { ...one.headers, "content-length": "7" };
    const answer = await replay(sim.endpoint, { ...one, headers, body: Buffer.from("DBName=") });
    assert.equal(answer.body["Code"], "SignatureDoesNotMatch");
  });

  it("ACS3 must sign every x-acs- header", async () => {
    const answer = await replay(sim.endpoint, withHeader(await signed(), "x-acs-extra", "1"));
    assert.deepEqual([answer.status, answer.body["Code"]], [400, "IncompleteSignature"]);
  });

  for (const [why, change] of [
    ["date", (one: Captured) => withHeader(one, "x-acs-date", "")],
    ["nonce", (one: Captured) => withHeader(one, "x-acs-signature-nonce", "")],
    [
      "key",
      (one: Captured) => withHeader(one, "authorization", "ACS3-HMAC-SHA256 SignedHeaders=host,Signature=0"),
    ],
  ] as const) {
    it(`ACS3 must carry the ${why}`, async () => {
      const answer = await replay(sim.endpoint, change(await signed()));
      assert.deepEqual([answer.status, answer.body["Code"]], [400, "IncompleteSignature"]);
    });
  }

  it("another algorithm of ACS3 is named", async () => {
    const one = await signed();
    const authorization = (one.headers["authorization"] ?? "").replace("HMAC-SHA256", "RSA-SHA256");
    const { status, body } = await replay(sim.endpoint, withHeader(one, "authorization", authorization));
    assert.deepEqual([status, body["Code"]], [400, "IncompleteSignature"]);
    assert.match(String(body["Message"]), /ACS3-RSA-SHA256/);
  });

  /** What the old form answers to a request that is right but for some parameters. */
  const oldForm = async (others: Record<string, string | undefined>) => {
    const parameters = {
      Action: "DescribeDatabases",
      Version: "2014-08-15",
      DBInstanceId: "rm-a",
      AccessKeyId: "simulated-key",
      SignatureMethod: "HMAC-SHA1",
      SignatureVersion: "1.0",
      SignatureNonce: String(Math.random()),
      Timestamp: secondsNow(),
      ...others,
    };
    const pairs = Object.entries(parameters).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    const query = new URLSearchParams([...pairs, ["Signature", signRpc("GET", pairs, "simulated-secret")]]);
    const answer = await fetch(`${sim.url}/?${query.toString()}`);
    return `${answer.status} ${((await answer.json()) as { Code?: string }).Code ?? "ok"}`;
  };
  const secondsNow = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

  it("a time is of one form and no other", async () => {
    assert.equal(await oldForm({}), "200 ok");
    const [day, time] = secondsNow().replace("Z", "").split("T");
    for (const Timestamp of [
      "yesterday",
      new Date().toISOString(),
      new Date().toUTCString(),
      `${day}T${time}+00:00`,
      `${day}T${time}`,
      `${day} ${time}Z`,
      `${day}T25:00:00Z`,
      String(Date.now()),
    ])
      assert.equal(await oldForm({ Timestamp }), "400 InvalidTimeStamp.Format", Timestamp);
  });

  it("the old form says its version, 1.0", async () => {
    assert.equal(await oldForm({ SignatureVersion: undefined }), "400 MissingParameter");
    assert.equal(await oldForm({ SignatureVersion: "" }), "400 MissingParameter");
    assert.equal(await oldForm({ SignatureVersion: "2.0" }), "400 InvalidParameter");
  });

  for (const path of ["//", "/rds", "/?/", "/_simulators", "/index.html", "//_simulator/world"]) {
    it(`${path} is answered in the API's form, and never as if something were gone`, async () => {
      const answer = await fetch(`${sim.url}${path}?Action=DescribeDatabases&DBInstanceId=rm-a`);
      const { Code, RequestId } = (await answer.json()) as Record<string, string>;
      assert.deepEqual(
        [answer.status, Code],
        [400, path === "/?/" ? "MissingParameter" : "SimulatorUnsupportedPath"],
      );
      assert.deepEqual(
        sim.journal().map(({ status, code, requestId }) => [status, code, requestId]),
        [[400, Code, RequestId]],
      );
    });
  }

  it("the old signature must be complete and HMAC-SHA1", async () => {
    const one = await capture((endpoint) =>
      sdkClient(endpoint, { signatureAlgorithm: "v2" }).describeDatabases(read),
    );
    const without = { ...one, url: one.url.replace(/SignatureNonce=[^&]*&/, "") };
    assert.equal((await replay(sim.endpoint, without)).body["Code"], "MissingParameter");
    const other = await replay(sim.endpoint, { ...one, url: one.url.replace("HMAC-SHA1", "HMAC-SHA256") });
    assert.deepEqual([other.status, other.body["Code"]], [400, "InvalidParameter"]);
  });

  it("the action cannot be exchanged", async () => {
    const answer = await replay(sim.endpoint, withHeader(await signed(), "x-acs-action", "DeleteDatabase"));
    assert.equal(answer.body["Code"], "SignatureDoesNotMatch");
  });

  it("an unsigned one is refused", async () => {
    const answer = await fetch(`${sim.url}/?Action=DescribeDatabases&Version=2014-08-15&DBInstanceId=rm-a`);
    assert.deepEqual(
      [answer.status, ((await answer.json()) as { Code: string }).Code],
      [400, "IncompleteSignature"],
    );
  });

  it("one without an action is refused", async () => {
    const answer = await fetch(sim.url);
    assert.deepEqual(
      [answer.status, ((await answer.json()) as { Code: string }).Code],
      [400, "MissingParameter"],
    );
  });

  it("another HTTP method is refused", async () => {
    const answer = await fetch(`${sim.url}/?Action=DescribeDatabases`, { method: "DELETE" });
    assert.deepEqual(
      [answer.status, ((await answer.json()) as { Code: string }).Code],
      [403, "UnsupportedHTTPMethod"],
    );
  });

  it("another API version is refused without a 404", async () => {
    const answer = await fetch(`${sim.url}/?Action=DescribeInstances&Version=2014-05-26`);
    assert.deepEqual(
      [answer.status, ((await answer.json()) as { Code: string }).Code],
      [400, "SimulatorUnsupportedAction"],
    );
  });

  it("a refused one leaves no key and no signature in the journal", async () => {
    await fetch(
      `${sim.url}/?Action=DescribeDatabases&Version=2014-08-15&AccessKeyId=key-1&Signature=sig-1&SignatureNonce=n-1&SecurityToken=tok-1&DBInstanceId=rm-a`,
    );
    assert.deepEqual(sim.journal()[0]?.parameters, { DBInstanceId: "rm-a" });
    assert.ok(!/key-1|sig-1|n-1|tok-1/.test(JSON.stringify(sim.journal())));
  });
});

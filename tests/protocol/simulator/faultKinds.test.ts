import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import { startSimulator, type FaultThen, type Simulator } from "../../../simulator/src/index.js";
import { actions } from "../../../simulator/src/machine.js";
import { smallCompany } from "../../unit/simulator/cloud.js";
import { sdkClient, thrownBy, type Thrown } from "./client.js";

const page = "<html><body>502 Bad Gateway</body></html>";

/** The client's own time-out, milliseconds: far above what a busy machine takes to send the calls and to receive them. */
const patience = 15_000;

/** Every kind of fault, and what a caller of the SDK sees of it. */
const kinds: readonly { name: string; then: FaultThen; sees: Partial<Thrown>; patience?: number }[] = [
  {
    name: "an error",
    then: { error: { status: 400, code: "OperationDenied.DBInstanceStatus" } },
    sees: { name: "ClientError", code: "OperationDenied.DBInstanceStatus", statusCode: 400 },
  },
  {
    name: "an error of the service",
    then: { error: { status: 500, code: "InternalError" } },
    sees: { name: "ServerError", code: "InternalError", statusCode: 500 },
  },
  {
    name: "throttling with x-acs-retry-after",
    then: { error: { status: 429, code: "Throttling.Api", retryAfterMs: 1500 } },
    sees: { name: "ThrottlingError", code: "Throttling.Api", statusCode: 429, retryAfter: 1500 },
  },
  {
    name: "a page of a gateway",
    then: { raw: { status: 502, body: page } },
    sees: { name: "SyntaxError" },
  },
  {
    name: "half a JSON text with a whole length",
    then: { raw: { status: 200, contentType: "application/json", body: '{"RequestId": "' } },
    sees: { name: "SyntaxError" },
  },
  { name: "a connection closed before", then: { drop: "before" }, sees: { code: "ECONNRESET" } },
  { name: "a connection closed after", then: { drop: "after" }, sees: { code: "ECONNRESET" } },
  { name: "half an answer", then: { drop: "midway" }, sees: { code: "ECONNRESET" } },
  { name: "silence", then: { delayMs: 60_000 }, sees: { name: "RequestTimeoutError" }, patience },
  // Its time-out, once the head of an answer is there, looks like a broken connection.
  { name: "slow bytes", then: { slow: { bytesPerSecond: 2 } }, sees: { code: "ECONNRESET" }, patience },
];

describe("simulator: every kind of fault on every action, as the real SDK meets it", () => {
  // Each has a simulator of its own, and those that take the client's patience take it at the same time.
  const met = new Map<string, Promise<void>>();
  before(() => {
    for (const kind of kinds) {
      const meeting = meets(kind);
      // Its test tells.
      meeting.catch(() => undefined);
      met.set(kind.name, meeting);
    }
  });

  for (const { name } of kinds) it(name, () => met.get(name));
});

async function meets({ then, sees, patience }: (typeof kinds)[number]): Promise<void> {
  const sim = await startSimulator({ world: smallCompany, clock: "virtual" });
  try {
    for (const { name: action } of actions) sim.addFault({ action, when: { nth: 1 }, then });
    await Promise.all(
      actions.map(async ({ name: action }) => {
        const thrown = await thrownBy(call(sim.endpoint, action, undefined, patience));
        assert.deepEqual({ action, ...picked(thrown, sees) }, { action, ...sees });
      }),
    );
    assert.ok(sim.faults().every(({ fired }) => fired === 1));
  } finally {
    await sim.close();
  }
}

describe("simulator: faults that say one thing and do another", () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallCompany, clock: "virtual" });
  });
  afterEach(() => sim.close());

  const crm = () => sim.world().instances[0]?.databases.find(({ name }) => name === "crm")?.status;
  const drop = () => call(sim.endpoint, "DeleteDatabase", { DBInstanceId: "rm-prod", DBName: "crm" });

  for (const then of [
    { raw: { status: 504, body: page, carriedOut: true } },
    { error: { status: 503, code: "ServiceUnavailable", carriedOut: true } },
  ] satisfies FaultThen[]) {
    it(`carried out behind ${JSON.stringify(then)}`, async () => {
      sim.addFault({ action: "DeleteDatabase", then });
      await thrownBy(drop());
      assert.equal(crm(), "Deleting");
    });
  }

  it("slow bytes that come in time are the whole answer", async () => {
    sim.addFault({ action: "DeleteDatabase", then: { slow: { bytesPerSecond: 2000 } } });
    const { statusCode, body } = await drop();
    assert.equal(statusCode, 200);
    assert.match(String(body?.["RequestId"]), /^[0-9A-F-]{36}$/);
    assert.equal(crm(), "Deleting");
  });

  it("ends at once, slow bytes or silence notwithstanding", async () => {
    sim.addFault({ action: "*", when: { nth: 1 }, then: { delayMs: 3_600_000 } });
    sim.addFault({ action: "*", then: { slow: { bytesPerSecond: 0.001 } } });
    const waiting = [thrownBy(drop()), thrownBy(drop())];
    while (sim.journal().length < 2) await new Promise((resolve) => setImmediate(resolve));
    await sim.close();
    for (const thrown of await Promise.all(waiting)) assert.equal(thrown.code, "ECONNRESET");
  });

  describe("a redirect", () => {
    let elsewhere: Server;
    let visits = 0;
    beforeEach(async () => {
      visits = 0;
      elsewhere = createServer((_request, answer) => {
        visits += 1;
        answer.end("{}");
      });
      await new Promise<void>((listening) => elsewhere.listen(0, "127.0.0.1", listening));
    });
    afterEach(() => elsewhere.close());

    it("is not followed by the SDK, which takes no page for an answer", async () => {
      const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
      sim.addFault({
        action: "DeleteDatabase",
        then: { raw: { status: 302, body: page, headers: { location } } },
      });
      const thrown = await thrownBy(drop());
      assert.deepEqual([thrown.name, visits, crm()], ["SyntaxError", 0, "Running"]);
    });
  });
});

/** Any action, through the SDK's own core. */
function call(
  endpoint: string,
  action: string,
  query: Record<string, string> = { DBInstanceId: "rm-prod" },
  patience = 30_000,
) {
  const client = sdkClient(endpoint);
  const params = new $OpenApiUtil.Params({
    action,
    version: "2014-08-15",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const runtime = new RuntimeOptions({ readTimeout: patience, connectTimeout: patience });
  return client.callApi(params, new $OpenApiUtil.OpenApiRequest({ query }), runtime) as Promise<{
    statusCode?: number;
    body?: Record<string, unknown>;
  }>;
}

const picked = (thrown: Thrown, wanted: Partial<Thrown>): Partial<Thrown> =>
  Object.fromEntries(Object.keys(wanted).map((key) => [key, thrown[key as keyof Thrown]]));

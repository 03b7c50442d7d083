import assert from "node:assert/strict";
import * as rds from "@alicloud/rds20140815";
import { startSimulator, type FaultThen, type Simulator } from "../../../simulator/src/index.js";
import { smallCompany } from "../../unit/simulator/cloud.js";
import { sdkClient, thrownBy } from "./client.js";

describe("simulator: faults, as the real SDK meets them", () => {
  const lines: string[] = [];
  let sim: Simulator;
  beforeEach(async () => {
    lines.length = 0;
    sim = await startSimulator({ world: smallCompany, clock: "virtual", log: (line) => lines.push(line) });
  });
  afterEach(() => sim.close());

  const drop = () =>
    sdkClient(sim.endpoint).deleteDatabase(
      new rds.DeleteDatabaseRequest({ DBInstanceId: "rm-prod", DBName: "crm" }),
    );
  const thrownWith = async (then: FaultThen) => {
    sim.addFault({ action: "DeleteDatabase", when: { nth: 1 }, then });
    return thrownBy(drop());
  };
  const crm = () => sim.world().instances[0]?.databases.find(({ name }) => name === "crm")?.status;

  it("an error is not carried out", async () => {
    const thrown = await thrownWith({
      error: { status: 400, code: "Throttling.User", message: "slow down", retryAfterMs: 2000 },
    });
    assert.deepEqual(
      [thrown.name, thrown.code, thrown.retryAfter],
      ["ThrottlingError", "Throttling.User", 2000],
    );
    assert.equal(crm(), "Running");
    assert.deepEqual(
      sim.journal().map(({ action, status, code, fault }) => ({ action, status, code, fault })),
      [{ action: "DeleteDatabase", status: 400, code: "Throttling.User", fault: "error" }],
    );
    await drop();
    assert.equal(crm(), "Deleting");
  });

  it("a gateway's page is no JSON", async () => {
    const thrown = await thrownWith({ raw: { status: 503, contentType: "text/html", body: "<html>" } });
    assert.deepEqual([thrown.name, thrown.code], ["SyntaxError", undefined]);
    assert.equal(crm(), "Running");
  });

  it("dropped before: nothing happened", async () => {
    const thrown = await thrownWith({ drop: "before" });
    assert.equal(thrown.code, "ECONNRESET");
    assert.equal(crm(), "Running");
    assert.equal(sim.journal()[0]?.status, 0);
    assert.match(
      lines.join(),
      /^2026-03-01T02:00:00Z DeleteDatabase rm-prod 0 [0-9A-F-]{36} \[fault: drop before\]$/,
    );
  });

  for (const when of ["after", "midway"] as const) {
    it(`dropped ${when}: it was carried out`, async () => {
      const thrown = await thrownWith({ drop: when });
      assert.equal(thrown.code, "ECONNRESET");
      assert.equal(crm(), "Deleting");
      assert.deepEqual([sim.journal()[0]?.status, sim.journal()[0]?.fault], [200, `drop ${when}`]);
    });
  }

  it("an answer that comes too late was carried out", async () => {
    sim.addFault({ action: "*", then: { delayMs: 30_000 } });
    const client = sdkClient(sim.endpoint, { readTimeout: 200, connectTimeout: 200 });
    const thrown = await thrownBy(
      client.deleteDatabase(new rds.DeleteDatabaseRequest({ DBInstanceId: "rm-prod", DBName: "crm" })),
    );
    assert.equal(thrown.name, "RequestTimeoutError");
    assert.equal(crm(), "Deleting");
  });

  it("a short delay only delays", async () => {
    sim.addFault({ action: "*", then: { delayMs: 10 } });
    assert.equal((await drop()).statusCode, 200);
  });
});

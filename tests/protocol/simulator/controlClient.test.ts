import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connectToSimulator, ControlError, type RemoteControl } from "../../../simulator/src/client.js";
import { startSimulator, type Simulator } from "../../../simulator/src/index.js";
import { smallCompany } from "../../unit/simulator/cloud.js";

describe("simulator: the typed control client", () => {
  let sim: Simulator;
  let control: RemoteControl;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallCompany, clock: "virtual" });
    control = connectToSimulator(sim.url);
  });
  afterEach(() => sim.close());

  it("reads what the simulator itself says", async () => {
    await fetch(sim.url);
    assert.deepEqual(await control.world(), sim.world());
    assert.deepEqual(await control.journal(), sim.journal());
    assert.deepEqual(await control.status(), sim.status());
    assert.deepEqual(await control.faults(), []);
  });

  it("changes what the simulator itself has", async () => {
    assert.equal(await control.advance("10m"), "2026-03-01T02:10:00Z");
    assert.equal(await control.advance(1000), sim.world().now);
    const fault = await control.addFault({ action: "*", then: { drop: "before" } });
    assert.deepEqual(sim.faults(), [fault]);
    await control.clearFaults();
    assert.deepEqual(sim.faults(), []);
    await control.setWorld({ instances: [{ id: "rm-other" }] });
    assert.equal(sim.world().instances[0]?.id, "rm-other");
    await control.reset();
    assert.equal(sim.world().instances[0]?.id, "rm-prod");
    await fetch(sim.url);
    await control.clearJournal();
    assert.deepEqual(sim.journal(), []);
  });

  it("takes an endpoint as well as an address", async () => {
    assert.equal((await connectToSimulator(sim.endpoint).world()).instances.length, 2);
  });

  it("says what the simulator refuses, with every problem of a world", async () => {
    await assert.rejects(control.advance("soon"), /ControlError: "soon" is not a duration/);
    const twice = control.setWorld({ instances: [{ id: "rm-a" }, { id: "rm-a" }] });
    await assert.rejects(twice, (error) => {
      assert.ok(error instanceof ControlError);
      assert.deepEqual(
        error.problems.map(({ path }) => path),
        ["instances[1].id"],
      );
      return true;
    });
  });

  it("says so when somebody else answers", async () => {
    const other = createServer((_request, answer) => answer.writeHead(502).end("<html>"));
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    const { port } = other.address() as AddressInfo;
    await assert.rejects(
      connectToSimulator(`127.0.0.1:${port}`).world(),
      /No simulator answers there: HTTP 502, <html>/,
    );
    other.close();
  });

  it("shows no secret in the status", async () => {
    assert.ok(!JSON.stringify(await control.status()).includes("simulated-secret"));
  });
});

import assert from "node:assert/strict";
import { given, openCast } from "./cast";

describe("provider process: an engine that is gone", () => {
  it("ends the process, so that nothing is changed that nobody could record", async () => {
    // In real time, so that the two hours are not over before the engine is gone.
    await using cast = await openCast({ clock: "real" });
    const { provider, engine, simulator } = cast;
    const { inputs } = await provider.check({}, given);
    // It waits for its turn until two hours are over, and would then ask for the copy.
    simulator.addFault({
      action: "CopyDatabaseBetweenInstances",
      then: { error: { status: 400, code: "Throttling.User" } },
    });
    const created = provider.create(inputs);
    engine.close();
    assert.equal(await provider.ended, 1);
    const { state } = await created;
    assert.equal(state, "failed");
  });
});

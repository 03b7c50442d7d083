import assert from "node:assert/strict";
import { providerText } from "../../../provider/src/engine/providerText";
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

  it("ends the process that had no time to connect to it", async () => {
    await using cast = await openCast();
    cast.engine.close();
    // The answer may or may not come before the end.
    await cast.provider.check({}, given).catch(() => undefined);
    assert.equal(await cast.provider.ended, 1);
  });

  it("ends the process of a restore point, too", async () => {
    await using cast = await openCast();
    const source = { dbInstanceId: "rm-prod", databases: ["orders"] };
    await cast.provider.check(
      {},
      {
        kind: "latestBackup",
        sources: { shop: source },
        __provider: providerText("restore-point", __dirname),
      },
    );
    cast.engine.close();
    assert.equal(await cast.provider.ended, 1);
  });
});

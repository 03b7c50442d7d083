import assert from "node:assert/strict";
import { oneCopy, openPlayedStage } from "./stage";

describe("nothing lost: the databases of a copy that timed out are dropped by somebody", () => {
  const impatient = oneCopy(["orders"], { timeouts: { create: "10s" } });

  async function timedOutAndDropped() {
    const stage = openPlayedStage();
    assert.match((await stage.engine.up(impatient)).errors.join(), /time-out was reached/);
    stage.time.advance(600_000);
    stage.cloud.settle();
    stage.hands.drop("rm-staging", "orders");
    return stage;
  }

  it("a refresh does not forget it, as long as its receipt is on the instance: the next run copies again", async () => {
    const { engine, accepted } = await timedOutAndDropped();
    const { errors } = await engine.refresh();
    assert.deepEqual(errors, []);
    assert.equal(engine.state["data"]?.outputs.databases["orders"]?.status, "Missing");
    assert.deepEqual((await engine.up(oneCopy(["orders"]))).errors, []);
    assert.equal(accepted("CopyDatabaseBetweenInstances"), 2);
  });

  it("a destroy takes the receipt off", async () => {
    const { engine, cloud } = await timedOutAndDropped();
    await engine.refresh();
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.deepEqual(cloud.world.instances.find(({ id }) => id === "rm-staging")?.tags, {});
  });

  it("a finished copy has no receipt any more, and is forgotten", async () => {
    const { engine, hands } = openPlayedStage();
    assert.deepEqual((await engine.up(oneCopy(["orders"]))).errors, []);
    hands.drop("rm-staging", "orders");
    const { warnings } = await engine.refresh();
    assert.match(warnings.join(), /taken as gone/);
    assert.deepEqual(engine.state, {});
  });
});

describe("nothing lost: a run is killed while it copies again what somebody dropped of a finished copy", () => {
  async function killedWhileCopyingAgain() {
    const stage = openPlayedStage();
    const { engine, cloud, hands } = stage;
    assert.deepEqual((await engine.up(oneCopy(["orders"]))).errors, []);
    hands.drop("rm-staging", "orders");
    // A refresh of the whole would forget it: crm is added, and orders copied with it.
    const announced = cloud.calls.length;
    for (let nth = 0; ; nth++) {
      cloud.cut(nth, "gone");
      await engine.up(oneCopy(["orders", "crm"]));
      if (cloud.calls.slice(announced).some(({ action }) => action === "TagResources")) break;
    }
    return stage;
  }

  it("a refresh keeps it, and a destroy takes the receipt off, although the state calls the copy finished", async () => {
    const { engine, cloud } = await killedWhileCopyingAgain();
    assert.ok(engine.state["data"]?.outputs.completedAt);
    assert.deepEqual((await engine.refresh()).errors, []);
    assert.ok(engine.state["data"]);
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.deepEqual(cloud.world.instances.find(({ id }) => id === "rm-staging")?.tags, {});
  });
});

import assert from "node:assert/strict";
import { killedAfter, later, oneCopy, openPlayedStage, type PlayedStage } from "./stage";

function openFailing(): PlayedStage {
  const stage = openPlayedStage();
  const { cloud } = stage;
  cloud.world = { ...cloud.world, copy: { ...cloud.world.copy, failDatabases: ["orders"] } };
  return stage;
}

/** The accepted copy fails after the run, nothing of it is left, and somebody makes the name. */
function failsAndIsMade(stage: PlayedStage) {
  later(stage);
  assert.equal(stage.hands.database("rm-staging", "orders"), undefined);
  stage.cloud.world = { ...stage.cloud.world, copy: { ...stage.cloud.world.copy, failDatabases: [] } };
  stage.hands.make("rm-staging", "orders", "somebody's");
}

const content = ({ hands }: PlayedStage) => hands.database("rm-staging", "orders")?.content;

describe("nothing lost: a copy was accepted, failed unseen, and somebody made a database of its name", () => {
  it("is not known by the receipt of that copy, although it was accepted: the tasks say that it failed", async () => {
    const stage = await killedAfter(
      () => Promise.resolve(openFailing()),
      ({ engine }) => engine.up(oneCopy(["orders"])),
      "TagResources",
      2,
    );
    failsAndIsMade(stage);
    assert.match((await stage.engine.up(oneCopy(["orders"]))).errors.join(), /already has a database orders/);
    await stage.engine.destroy();
    assert.equal(content(stage), "somebody's");
  });

  async function unseen() {
    const stage = openFailing();
    stage.seeThrough((rds) => ({
      describeDatabases: async (id) =>
        (await rds.describeDatabases(id)).filter(({ name }) => name !== "orders"),
    }));
    await stage.engine.up(oneCopy(["orders"], { timeouts: { create: "10s" } }));
    stage.seeThrough(undefined);
    assert.equal(stage.engine.state["data"]?.outputs.databases["orders"]?.status, "Requested");
    failsAndIsMade(stage);
    return stage;
  }

  for (const before of ["nothing", "refresh", "refresh, up"] as const) {
    it(`is not dropped by a destroy (before it: ${before})`, async () => {
      const stage = await unseen();
      if (before !== "nothing") await stage.engine.refresh();
      if (before === "refresh, up") {
        const { warnings } = await stage.engine.up(oneCopy(["orders"]));
        assert.match(
          warnings.join(),
          /may be somebody else's: the tasks of the instance say that its copy failed/,
        );
        assert.equal(stage.engine.state["data"]?.outputs.databases["orders"]?.status, "Foreign");
      }
      assert.deepEqual((await stage.engine.destroy()).errors, []);
      assert.equal(content(stage), "somebody's");
    });
  }
});

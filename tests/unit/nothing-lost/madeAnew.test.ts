import assert from "node:assert/strict";
import { oneCopy, openPlayedStage } from "./stage";

describe("nothing lost: a database made anew by somebody, while the receipt of its copy is still on", () => {
  // The announcement is written at the second attempt, a moment later; the answer to the copy is lost.
  const impatient = oneCopy(["orders"], { timeouts: { create: "10s", update: "10s" }, adoptExisting: true });
  const patient = oneCopy(["orders"], { adoptExisting: true });

  it("is theirs: the receipt is of the copy that the state tells of, and says nothing new", async () => {
    const { engine, cloud, hands, time, accepted } = openPlayedStage();
    cloud.addFault({ action: "TagResources", when: { nth: 1 }, then: { drop: "before" } });
    cloud.addFault({ action: "CopyDatabaseBetweenInstances", when: { nth: 1 }, then: { drop: "after" } });
    const first = await engine.up(impatient);
    assert.match(first.errors.join(), /time-out was reached/);
    assert.ok(engine.state["data"]?.outputs.databases["orders"]?.mark);
    time.advance(600_000);
    cloud.settle();
    hands.make("rm-staging", "orders", "somebody's");

    assert.deepEqual((await engine.up(patient)).errors, []);
    assert.equal(engine.state["data"].outputs.databases["orders"].origin, "adopted");
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.equal(hands.database("rm-staging", "orders")?.content, "somebody's");
    assert.equal(accepted("DeleteDatabase"), 0);
  });
});

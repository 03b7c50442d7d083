import assert from "node:assert/strict";
import { killedAfter, later, oneCopy, openPlayedStage, type PlayedStage } from "./stage";

const pinned = (backupId: string) => oneCopy(["orders"], { backupId });
const tagsOf = ({ cloud }: PlayedStage) => cloud.world.instances.find(({ id }) => id === "rm-staging")?.tags;

function outputsOf({ engine }: PlayedStage) {
  return engine.state["data"]?.outputs ?? assert.fail("nothing is recorded");
}

describe("nothing lost: a run that timed out", () => {
  async function timedOut() {
    const stage = openPlayedStage();
    const { errors } = await stage.engine.up(oneCopy(["orders"], { timeouts: { create: "5s" } }));
    assert.match(errors.join(), /Timed out before orders was ready/);
    assert.equal(outputsOf(stage).completedAt, undefined);
    return stage;
  }

  it("is finished by the next one, also after a refresh that saw its database running: no second copy", async () => {
    const stage = await timedOut();
    later(stage);
    assert.deepEqual((await stage.engine.refresh()).errors, []);
    assert.equal(outputsOf(stage).databases["orders"]?.status, "Running");
    assert.deepEqual((await stage.engine.preview(oneCopy(["orders"]))).changes, ["update data"]);
    const { dataVersion } = outputsOf(stage);
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).errors, []);
    // It is the same data of the same copy.
    assert.equal(outputsOf(stage).dataVersion, dataVersion);
    assert.equal(outputsOf(stage).databases["orders"]?.phase, "filled");
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
    assert.deepEqual(tagsOf(stage), {});
    assert.deepEqual((await stage.engine.preview(oneCopy(["orders"]))).changes, []);
  });

  it("whose database somebody drops is forgotten by no refresh, and the next run copies again", async () => {
    const stage = await timedOut();
    later(stage);
    stage.hands.drop("rm-staging", "orders");
    assert.deepEqual((await stage.engine.refresh()).errors, []);
    assert.equal(outputsOf(stage).databases["orders"]?.status, "Missing");
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).errors, []);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 2);
  });

  it("leaves no intent behind after a destroy", async () => {
    const stage = await timedOut();
    later(stage);
    assert.deepEqual((await stage.engine.destroy()).errors, []);
    assert.deepEqual([tagsOf(stage), stage.hands.database("rm-staging", "orders")], [{}, undefined]);
  });
});

describe("nothing lost: a run that was killed", () => {
  it("at the copy call is continued by the next one, whatever the program wants by then", async () => {
    const stage = await killedAfter(
      () => Promise.resolve(openPlayedStage()),
      ({ engine }) => engine.up(pinned("1001")),
      "CopyDatabaseBetweenInstances",
    );
    later(stage);
    const { errors } = await stage.engine.up(pinned("1002"));
    assert.match(
      errors.join(),
      /holds backup 1001.*the program names another restore point.*replaces the databases/,
    );
    assert.deepEqual((await stage.engine.up(pinned("1002"))).errors, []);
    assert.equal(stage.hands.database("rm-staging", "orders")?.content, "orders-saturday");
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 2);
  });

  it("after its last call is refused with the id to claim, and claimed it is recorded without a copy", async () => {
    const stage = await killedAfter(
      () => Promise.resolve(openPlayedStage()),
      ({ engine }) => engine.up(oneCopy(["orders"])),
      "UntagResources",
    );
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    const id = /claim: \["([0-9a-z]{8})"\]/.exec(errors.join())?.[1] ?? assert.fail(errors.join());
    assert.deepEqual(stage.engine.state, {});
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"], { claim: [id] }))).errors, []);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
    assert.notEqual(outputsOf(stage).databases["orders"]?.phase, "adopted");
    // It may stay in the program.
    assert.deepEqual((await stage.engine.preview(oneCopy(["orders"], { claim: [id] }))).changes, []);
    assert.deepEqual((await stage.engine.destroy()).errors, []);
    assert.equal(stage.hands.database("rm-staging", "orders"), undefined);
  });

  it("while it added a database that is no longer wanted: named by the next run, and left", async () => {
    const stage = await killedAfter(
      async () => {
        const open = openPlayedStage();
        await open.engine.up(oneCopy(["orders"]));
        return open;
      },
      ({ engine }) => engine.up(oneCopy(["orders", "crm"])),
      "CopyDatabaseBetweenInstances",
    );
    later(stage);
    // Nothing to do for the program as it is: the destroy meets it.
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).steps, []);
    const { errors, warnings } = await stage.engine.destroy();
    assert.deepEqual(errors, []);
    assert.match(warnings.join(), /Database crm on rm-staging may be left over from an earlier run/);
    assert.ok(stage.hands.database("rm-staging", "crm"));
    assert.deepEqual(tagsOf(stage), {});
  });

  for (const nth of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
    it(`at call ${nth} of an update: the version of the data changes all the same with what it added`, async () => {
      const stage = openPlayedStage();
      await stage.engine.up(oneCopy(["orders"]));
      const before = outputsOf(stage).dataVersion;
      stage.cloud.cut(nth, "gone");
      await stage.engine.up(oneCopy(["orders", "crm"]));
      const { errors } = await stage.engine.up(oneCopy(["orders", "crm"]));
      if (errors.length > 0) return assert.match(errors.join(), /claim: \["[0-9a-z]{8}"\]/);
      assert.notEqual(outputsOf(stage).dataVersion, before);
      assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 2);
    });
  }
});

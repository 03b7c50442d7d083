import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { oneCopy, openPlayedStage, type PlayedStage } from "./stage";

function outputsOf({ engine }: PlayedStage) {
  const found = engine.state["data"];
  assert.ok(found);
  return found.outputs;
}

const tagsOf = ({ cloud }: PlayedStage) =>
  Object.keys(cloud.world.instances.find(({ id }) => id === "rm-staging")?.tags ?? {}).length;

const lost = () =>
  Promise.reject(
    new RdsFailure({ action: "CopyDatabaseBetweenInstances", code: "ECONNRESET", message: "socket hang up" }),
  );

describe("nothing lost: a copy that a run could not wait for", () => {
  async function timedOut() {
    const stage = openPlayedStage();
    const { errors } = await stage.engine.up(oneCopy(["orders"], { timeouts: { create: "5s" } }));
    assert.match(errors.join(), /time-out was reached/);
    assert.deepEqual([outputsOf(stage).completedAt, tagsOf(stage)], [undefined, 1]);
    return stage;
  }

  it("and that a refresh saw running is still to be finished: its mark, its receipt, its end", async () => {
    const stage = await timedOut();
    stage.time.advance(600_000);
    assert.deepEqual((await stage.engine.refresh()).errors, []);
    const seen = outputsOf(stage);
    assert.equal(seen.databases["orders"]?.status, "Running");
    assert.deepEqual((await stage.engine.preview(oneCopy(["orders"]))).changes, ["update data"]);

    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).errors, []);
    const { completedAt, databases, dataVersion, startedAt, requestId } = outputsOf(stage);
    assert.ok(completedAt && databases["orders"]?.copiedAt);
    assert.equal(databases["orders"].mark, stage.hands.database("rm-staging", "orders")?.description);
    assert.match(databases["orders"].mark ?? "", /^pulumi-/);
    // It is the same data of the same copy.
    assert.deepEqual([dataVersion, startedAt, requestId], [seen.dataVersion, seen.startedAt, seen.requestId]);
    assert.deepEqual([stage.accepted("CopyDatabaseBetweenInstances"), tagsOf(stage)], [1, 0]);
    assert.deepEqual((await stage.engine.preview(oneCopy(["orders"]))).changes, []);
  });

  it("is not done either where a new run cannot wait for it: what is new is not asked for meanwhile", async () => {
    const stage = await timedOut();
    const { errors } = await stage.engine.up(oneCopy(["orders", "crm"], { timeouts: { update: "5s" } }));
    assert.match(errors.join(), /orders \(Creating\) did not run yet/);
    assert.deepEqual(Object.keys(outputsOf(stage).databases), ["orders"]);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
    assert.deepEqual((await stage.engine.up(oneCopy(["orders", "crm"]))).errors, []);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 2);
    assert.deepEqual(tagsOf(stage), 0);
  });
});

describe("nothing lost: a copy whose answer was lost, and which never came", () => {
  it("is not asked for anew by a run whose time is up: that would overwrite the receipt of what may still come", async () => {
    const stage = openPlayedStage();
    stage.seeThrough(() => ({ copyDatabases: lost }));
    await stage.engine.up(oneCopy(["orders"]));
    stage.seeThrough(undefined);
    const { errors } = await stage.engine.up(oneCopy(["orders"], { timeouts: { update: "20s" } }));
    assert.match(errors.join(), /The time-out was reached before orders could be copied to rm-staging\./);
    assert.deepEqual([stage.accepted("CopyDatabaseBetweenInstances"), tagsOf(stage)], [0, 1]);
    assert.equal(outputsOf(stage).completedAt, undefined);
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).errors, []);
    assert.deepEqual([stage.accepted("CopyDatabaseBetweenInstances"), tagsOf(stage)], [1, 0]);
  });
});

describe("nothing lost: somebody's doings between two runs, without a refresh", () => {
  it("a database that was dropped is not called done by an update of something else: it is copied again", async () => {
    const stage = openPlayedStage();
    await stage.engine.up(oneCopy(["orders"], { backupId: "1001" }));
    stage.hands.drop("rm-staging", "orders");
    const { errors, infos } = await stage.engine.up(oneCopy(["orders", "crm"]));
    assert.deepEqual(errors, []);
    assert.match(infos.join("\n"), /Database orders is not on rm-staging any more/);
    const { databases } = outputsOf(stage);
    assert.deepEqual(
      ["orders", "crm"].map((name) => [databases[name]?.status, databases[name]?.restorePoint]),
      [
        ["Running", { kind: "backup", backupId: "1001", backupTime: "2026-02-27T18:40:00Z" }],
        ["Running", { kind: "backup", backupId: "1002", backupTime: "2026-02-28T18:40:00Z" }],
      ],
    );
    assert.equal(stage.hands.database("rm-staging", "orders")?.content, "orders-friday");
  });

  it("one that was made anew is neither copied over nor dropped, and the rest is done", async () => {
    const stage = openPlayedStage();
    await stage.engine.up(oneCopy(["orders"]));
    stage.hands.make("rm-staging", "orders", "somebody's");
    const { errors, warnings } = await stage.engine.up(oneCopy(["orders", "crm"]));
    assert.deepEqual(errors, []);
    assert.match(warnings.join("\n"), /Database orders on rm-staging is not the one that was copied/);
    assert.equal(outputsOf(stage).databases["orders"]?.status, "Foreign");
    assert.deepEqual((await stage.engine.destroy()).errors, []);
    assert.equal(stage.hands.database("rm-staging", "orders")?.content, "somebody's");
    assert.equal(stage.hands.database("rm-staging", "crm"), undefined);
  });
});

import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import type { Program } from "../../player/engine";
import { later, oneCopy, openPlayedStage, type PlayedStage } from "./stage";

const triggered = (
  replacementTrigger: string,
  dbNames: unknown = ["orders", "crm"],
  more: object = {},
): Program => ({
  data: { ...oneCopy(dbNames, more)["data"], replacementTrigger },
});

const statusOf = ({ engine }: PlayedStage, name: string) =>
  engine.state["data"]?.outputs.databases[name]?.status;

describe("nothing lost: what other people do between two runs", () => {
  it("a database that was dropped is copied again by an update of something else, from the point that the others hold", async () => {
    const stage = openPlayedStage();
    await stage.engine.up(oneCopy(["orders", "crm"], { backupId: "1001" }));
    stage.hands.drop("rm-staging", "orders");
    assert.deepEqual((await stage.engine.up(oneCopy(["orders", "crm", "billing"]))).errors, []);
    assert.equal(stage.hands.database("rm-staging", "orders")?.content, "orders-friday");
    assert.match(stage.hands.database("rm-staging", "billing")?.content ?? "", /friday/);
  });

  it("one that was made again is neither copied over nor dropped, said at each run, and the rest is done", async () => {
    const stage = openPlayedStage();
    await stage.engine.up(oneCopy(["orders"]));
    stage.hands.make("rm-staging", "orders", "somebody's");
    for (const names of [
      ["orders", "crm"],
      ["orders", "crm"],
    ]) {
      const { errors, warnings } = await stage.engine.up(oneCopy(names));
      assert.deepEqual(errors, []);
      assert.match(
        warnings.join("\n"),
        /Database orders on rm-staging is recorded by this resource, and it is someone else's now/,
      );
      assert.equal(statusOf(stage, "orders"), "Foreign");
    }
    assert.deepEqual((await stage.engine.destroy()).errors, []);
    assert.equal(stage.hands.database("rm-staging", "orders")?.content, "somebody's");
    assert.equal(stage.hands.database("rm-staging", "crm"), undefined);
  });

  it("a mark that was written over and written back is ours again", async () => {
    const { engine, hands } = openPlayedStage();
    await engine.up(oneCopy(["orders"]));
    const mark = hands.database("rm-staging", "orders")?.description ?? "";
    hands.describe("rm-staging", "orders", "edited by hand");
    const { warnings } = await engine.refresh();
    assert.ok(warnings.join().includes(`set its description to \`${mark.split("--")[0]}\``), warnings.join());
    hands.describe("rm-staging", "orders", mark);
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.equal(hands.database("rm-staging", "orders"), undefined);
  });

  it("a replacement drops nothing where one of its databases is someone else's, and goes on onto other names", async () => {
    const { engine, hands, accepted } = openPlayedStage();
    await engine.up(triggered("november"));
    hands.make("rm-staging", "crm", "somebody's");
    assert.match((await engine.up(triggered("december"))).errors.join(), /crm on rm-staging/);
    assert.equal(accepted("DeleteDatabase"), 0);
    assert.deepEqual((await engine.up(triggered("december", { orders: "orders", crm: "crm2" }))).errors, []);
    assert.equal(hands.database("rm-staging", "crm")?.content, "somebody's");
    assert.deepEqual([accepted("DeleteDatabase"), accepted("CopyDatabaseBetweenInstances")], [1, 2]);
  });
});

describe("nothing lost: what other people do while a run is at work", () => {
  it("a database that was dropped while others were copied is not called done, and the next run copies it", async () => {
    const stage = openPlayedStage();
    const { engine, hands, accepted } = stage;
    await engine.up(oneCopy(["orders"]));
    let isDropped = false;
    stage.seeThrough((rds) => ({
      describeDatabases: (id) => {
        if (!isDropped && accepted("CopyDatabaseBetweenInstances") === 2) {
          isDropped = true;
          hands.drop("rm-staging", "orders");
        }
        return rds.describeDatabases(id);
      },
    }));
    assert.match(
      (await engine.up(oneCopy(["orders", "crm"]))).errors.join(),
      /orders on rm-staging no longer exists/,
    );
    assert.equal(engine.state["data"]?.outputs.completedAt, undefined);
    assert.deepEqual((await engine.up(oneCopy(["orders", "crm"]))).errors, []);
    assert.equal(accepted("CopyDatabaseBetweenInstances"), 3);
  });

  for (const ownershipMarks of [true, false]) {
    it(`a list that lacks a database once is no absence (ownershipMarks: ${ownershipMarks})`, async () => {
      const stage = openPlayedStage();
      let looks = 0;
      stage.seeThrough((rds) => ({
        describeDatabases: async (id) => {
          const listed = await rds.describeDatabases(id);
          if (id !== "rm-staging" || !listed.some(({ name }) => name === "orders")) return listed;
          return ++looks % 3 === 2 ? listed.filter(({ name }) => name !== "orders") : listed;
        },
      }));
      assert.deepEqual((await stage.engine.up(oneCopy(["orders", "crm"], { ownershipMarks }))).errors, []);
      assert.ok(looks > 2);
      assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
      assert.deepEqual((await stage.engine.destroy()).errors, []);
      assert.equal(stage.hands.database("rm-staging", "orders"), undefined);
    });
  }

  it("a copy that failed unseen, whose name somebody then makes, is never dropped", async () => {
    const stage = openPlayedStage();
    const { cloud, engine, hands } = stage;
    cloud.world = { ...cloud.world, copy: { ...cloud.world.copy, failDatabases: ["orders"] } };
    stage.seeThrough((rds) => ({
      describeDatabases: async (id) =>
        (await rds.describeDatabases(id)).filter(({ name }) => name !== "orders"),
    }));
    await engine.up(oneCopy(["orders"], { timeouts: { create: "10s" } }));
    stage.seeThrough(undefined);
    later(stage);
    cloud.world = { ...cloud.world, copy: { ...cloud.world.copy, failDatabases: [] } };
    hands.make("rm-staging", "orders", "somebody's");
    assert.match((await engine.up(oneCopy(["orders"]))).errors.join(), /failed, so someone else made it/);
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.equal(hands.database("rm-staging", "orders")?.content, "somebody's");
  });
});

describe("nothing lost: what a destroy says of what it leaves", () => {
  it("an instance that was not found may be another account's to see: where it was looked for is said", async () => {
    const { engine, seeThrough } = openPlayedStage();
    await engine.up(oneCopy(["orders"]));
    const absent = (action: string) => () =>
      Promise.reject(
        new RdsFailure({ action, code: "InvalidDBInstanceId.NotFound", status: 404, message: "" }),
      );
    seeThrough(() => ({
      describeDatabases: absent("DescribeDatabases"),
      listTags: absent("ListTagResources"),
    }));
    const { errors, warnings } = await engine.destroy();
    assert.deepEqual([errors, engine.state], [[], {}]);
    assert.match(
      warnings.join(),
      /Instance rm-staging was not found in region cn-hangzhou \(endpoint .*\).*the account of this run differs/,
    );
  });

  it("what an unsaved run added is named, and left", async () => {
    const { engine, hands } = openPlayedStage();
    await engine.up(oneCopy(["orders"]));
    const saved = engine.state;
    await engine.up(oneCopy(["orders", "crm"]));
    engine.state = saved;
    assert.match((await engine.destroy()).warnings.join(), /Database crm on rm-staging may be left over/);
    assert.ok(hands.database("rm-staging", "crm"));
  });
});

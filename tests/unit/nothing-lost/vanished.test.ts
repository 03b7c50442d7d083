import assert from "node:assert/strict";
import { oneCopy, openPlayedStage, type PlayedStage } from "./stage";

const othersMark = "pulumi-abcdefabcdef-12345678";

/** While crm is still being made, orders goes, and after two looks without it somebody makes it anew. */
function madeAnewMeanwhile(stage: PlayedStage, description = "", absentLooks = 2) {
  const { hands } = stage;
  let absent = 0;
  const done = { madeAnew: false };
  stage.seeThrough((rds) => ({
    describeDatabases: async (id) => {
      const listed = await rds.describeDatabases(id);
      const orders = listed.find(({ name }) => name === "orders");
      const isBeingMade = listed.some(({ name, status }) => name === "crm" && status === "Creating");
      if (id !== "rm-staging" || !isBeingMade || done.madeAnew) return listed;
      if (orders?.description.startsWith("pulumi-") && absent === 0) hands.drop("rm-staging", "orders");
      else if (!orders && ++absent === absentLooks) {
        done.madeAnew = true;
        hands.make("rm-staging", "orders", "somebody's");
        hands.describe("rm-staging", "orders", description);
      }
      return listed;
    },
  }));
  return done;
}

describe("nothing lost: a database that went while its copy was watched", () => {
  for (const [whose, description] of [
    ["nobody marked", ""],
    ["another resource marked", othersMark],
  ] as const) {
    it(`is not the one that ${whose} and that is there again: that one is left, and it is not called done`, async () => {
      const stage = openPlayedStage();
      const { engine, hands } = stage;
      const happened = madeAnewMeanwhile(stage, description);
      const { errors } = await engine.up(oneCopy(["orders", "crm"]));
      assert.ok(happened.madeAnew);
      assert.match(
        errors.join(),
        /Database orders was being made on rm-staging and went: .*Another one of its name is there now, which nothing shows to be ours/,
      );
      stage.seeThrough(undefined);
      assert.equal(engine.state["data"]?.outputs.databases["orders"]?.status, "Missing");
      assert.equal(hands.database("rm-staging", "orders")?.description, description);
      assert.match(
        (await engine.up(oneCopy(["orders", "crm"]))).errors.join(),
        /already has a database orders/,
      );
      await engine.destroy();
      assert.equal(hands.database("rm-staging", "orders")?.content, "somebody's");
      assert.equal(hands.database("rm-staging", "crm"), undefined);
    });
  }

  it("is the same where it is there again with its mark: a list may come incomplete", async () => {
    const stage = openPlayedStage();
    let hidden = 0;
    stage.seeThrough((rds) => ({
      describeDatabases: async (id) => {
        const listed = await rds.describeDatabases(id);
        const isMarked = listed.some(({ name, description }) => name === "orders" && description !== "");
        if (id !== "rm-staging" || !isMarked || hidden >= 3) return listed;
        hidden++;
        return listed.filter(({ name }) => name !== "orders");
      },
    }));
    assert.deepEqual((await stage.engine.up(oneCopy(["orders", "crm"]))).errors, []);
    assert.equal(hidden, 3);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
  });

  it("is the same without a mark, where a single look missed it", async () => {
    const stage = openPlayedStage();
    let looks = 0;
    stage.seeThrough((rds) => ({
      describeDatabases: async (id) => {
        const listed = await rds.describeDatabases(id);
        if (id !== "rm-staging" || !listed.some(({ name }) => name === "orders")) return listed;
        return ++looks === 2 ? listed.filter(({ name }) => name !== "orders") : listed;
      },
    }));
    const program = oneCopy(["orders", "crm"], { ownershipMarks: false });
    assert.deepEqual((await stage.engine.up(program)).errors, []);
    assert.ok(looks > 2);
  });
});

describe("nothing lost: a database that went while others were copied", () => {
  it("is not called done, and is copied again by the next run", async () => {
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
    const { errors } = await engine.up(oneCopy(["orders", "crm"]));
    assert.match(errors.join(), /orders on rm-staging went while others were copied/);
    const { completedAt, databases } = engine.state["data"]?.outputs ?? assert.fail();
    assert.deepEqual(
      [completedAt, databases["orders"]?.status, databases["crm"]?.status],
      [undefined, "Missing", "Running"],
    );
    assert.deepEqual((await engine.up(oneCopy(["orders", "crm"]))).errors, []);
    assert.equal(accepted("CopyDatabaseBetweenInstances"), 3);
  });
});

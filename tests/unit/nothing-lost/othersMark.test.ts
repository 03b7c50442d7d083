import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { oneCopy, openPlayedStage, type PlayedStage } from "./stage";

const theirs = "pulumi-abcdefabcdef-12345678";
const lost = () =>
  Promise.reject(
    new RdsFailure({ action: "CopyDatabaseBetweenInstances", code: "ECONNRESET", message: "socket hang up" }),
  );

/** The copy of another stack takes a name while the answer to ours is lost. */
function takeName({ hands }: PlayedStage, name = "orders") {
  hands.make("rm-staging", name, "another stack's");
  hands.describe("rm-staging", name, theirs);
}

async function leftAlone({ engine, hands, seeThrough }: PlayedStage) {
  seeThrough(undefined);
  assert.equal(hands.database("rm-staging", "orders")?.description, theirs);
  await engine.destroy();
  assert.equal(hands.database("rm-staging", "orders")?.content, "another stack's");
}

describe("nothing lost: another resource's copy takes the name while the answer to ours is lost", () => {
  it("what carries its mark is no sign that ours was accepted: refused, nothing recorded, it stays", async () => {
    const stage = openPlayedStage();
    stage.seeThrough(() => ({
      copyDatabases: () => {
        takeName(stage);
        return lost();
      },
    }));
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.match(
      errors.join(),
      /was refused, and nothing was started\. orders on rm-staging carries the mark of another resource/,
    );
    assert.deepEqual(stage.engine.state, {});
    await leftAlone(stage);
  });

  it("nor where a second try is told that the name is taken", async () => {
    const stage = openPlayedStage();
    let tries = 0;
    stage.seeThrough((rds) => ({
      copyDatabases: (request) => {
        if (++tries === 1) return lost();
        takeName(stage);
        return rds.copyDatabases(request);
      },
    }));
    const { errors } = await stage.engine.up(oneCopy(["orders"]));
    assert.equal(tries, 2);
    assert.match(errors.join(), /InvalidDBName\.Duplicate|carries the mark of another resource/);
    await leftAlone(stage);
  });

  it("where only one of the names is taken, nobody knows what of ours may come: it is kept in mind", async () => {
    const stage = openPlayedStage();
    stage.seeThrough(() => ({
      copyDatabases: () => {
        takeName(stage);
        return lost();
      },
    }));
    const { errors } = await stage.engine.up(oneCopy(["orders", "crm"]));
    assert.match(
      errors.join(),
      /was accepted is not known: its answer was lost, and orders on rm-staging carries the mark of another resource/,
    );
    assert.equal(stage.engine.state["data"]?.outputs.databases["crm"]?.status, "Requested");
    await leftAlone(stage);
  });

  it("the mark that the source carries itself says nothing: the service may take descriptions along", async () => {
    const stage = openPlayedStage();
    stage.hands.describe("rm-prod", "orders", theirs);
    const { cloud } = stage;
    cloud.world = { ...cloud.world, service: { ...cloud.world.service, copiedDescription: "source" } };
    cloud.addFault({ action: "CopyDatabaseBetweenInstances", when: { nth: 1 }, then: { drop: "after" } });
    assert.deepEqual((await stage.engine.up(oneCopy(["orders"]))).errors, []);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 1);
    assert.match(stage.hands.database("rm-staging", "orders")?.description ?? "", /^pulumi-(?!abcdefabcdef)/);
  });
});

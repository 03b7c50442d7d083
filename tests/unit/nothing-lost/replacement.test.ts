import assert from "node:assert/strict";
import { killedAfter, later, oneCopy, openPlayedStage } from "./stage";
import type { Program } from "../../player/engine";

const triggered = (
  replacementTrigger: string,
  dbNames: unknown = ["orders"],
  more: object = {},
): Program => ({
  data: { ...oneCopy(dbNames, more)["data"], replacementTrigger },
});
const pinned = (backupId: string) => oneCopy(["orders"], { backupId });

describe("nothing lost: a replacement whose copy would be refused", () => {
  it("drops nothing, where somebody made one of its databases anew", async () => {
    const { engine, hands, accepted } = openPlayedStage();
    await engine.up(triggered("november", ["orders", "crm"]));
    hands.make("rm-staging", "crm", "somebody's");
    const { errors } = await engine.up(triggered("december", ["orders", "crm"]));
    assert.match(
      errors.join(),
      /This resource is to be replaced, and the new copy would be refused, so nothing was dropped\. Database crm on rm-staging is not the one that was copied/,
    );
    assert.equal(accepted("DeleteDatabase"), 0);
    assert.ok(engine.state["data"]);

    hands.drop("rm-staging", "crm");
    assert.deepEqual((await engine.up(triggered("december", ["orders", "crm"]))).errors, []);
    assert.deepEqual([accepted("DeleteDatabase"), accepted("CopyDatabaseBetweenInstances")], [1, 2]);
  });

  it("goes on where the new copy has other names, or takes over what is there", async () => {
    for (const next of [
      triggered("december", { orders: "orders", crm: "crm2" }),
      triggered("december", ["orders", "crm"], { adoptExisting: true }),
    ]) {
      const { engine, hands } = openPlayedStage();
      await engine.up(triggered("november", ["orders", "crm"]));
      hands.make("rm-staging", "crm", "somebody's");
      assert.deepEqual((await engine.up(next)).errors, []);
      assert.equal(hands.database("rm-staging", "crm")?.content, "somebody's");
    }
  });

  it("does not speak of dropped data where the original had only taken over", async () => {
    const { engine, hands } = openPlayedStage();
    const reports = { crm: "reports" };
    await engine.up(triggered("november", reports, { adoptExisting: true }));
    const { errors } = await engine.up(triggered("december", reports));
    assert.match(errors.join(), /already has a database reports/);
    assert.doesNotMatch(errors.join(), /The data is gone/);
    assert.ok(hands.database("rm-staging", "reports"));
  });
});

describe("nothing lost: a run was cut off, and other inputs came with the next one", () => {
  it("a replacement: what it has made is told from somebody else's and from the original's", async () => {
    const stage = await killedAfter(
      async () => {
        const open = openPlayedStage();
        await open.engine.up(pinned("1001"));
        return open;
      },
      ({ engine }) => engine.up(pinned("1002")),
      "ModifyDBDescription",
    );
    later(stage);
    stage.hands.backUp("rm-prod", "1003");
    const { errors } = await stage.engine.up(pinned("1003"));
    assert.match(
      errors.join(),
      /orders on rm-staging carries its mark: a run that was cut off has made it with other inputs.*Put the inputs back/,
    );
    assert.doesNotMatch(errors.join(), /deleteBeforeReplace/);
    assert.deepEqual((await stage.engine.up(pinned("1002"))).errors, []);
    assert.equal(stage.accepted("CopyDatabaseBetweenInstances"), 2);
  });

  it("a first copy: so is what it has made", async () => {
    const stage = await killedAfter(
      () => Promise.resolve(openPlayedStage()),
      ({ engine }) => engine.up(pinned("1001")),
      "ModifyDBDescription",
    );
    later(stage);
    const { errors } = await stage.engine.up(pinned("1002"));
    assert.match(
      errors.join(),
      /already has a database orders .*the mark of another copy of this very resource/,
    );
    assert.doesNotMatch(errors.join(), /did not make it/);
  });

  it("a repair from another moment is recorded as what it is, and the next run replaces it", async () => {
    const stage = await killedAfter(
      async () => {
        const open = openPlayedStage();
        await open.engine.up(oneCopy(["orders"], { backupId: "1001", timeouts: { create: "10s" } }));
        later(open);
        open.hands.drop("rm-staging", "orders");
        await open.engine.refresh();
        assert.equal(open.engine.state["data"]?.outputs.databases["orders"]?.status, "Missing");
        return open;
      },
      ({ engine }) => engine.up(pinned("1001")),
      "TagResources",
      2,
    );
    later(stage);
    const { errors } = await stage.engine.up(pinned("1002"));
    assert.match(
      errors.join(),
      /A run that was cut off has copied orders to rm-staging before the inputs changed\. Nothing was changed now: .*The next "pulumi up" replaces it/,
    );
    const { completedAt, databases } = stage.engine.state["data"]?.outputs ?? assert.fail();
    assert.equal(completedAt, undefined);
    assert.deepEqual(
      databases["orders"]?.restorePoint?.kind === "backup" && databases["orders"].restorePoint.backupId,
      "1001",
    );
    assert.deepEqual((await stage.engine.up(pinned("1002"))).errors, []);
    assert.equal(stage.hands.database("rm-staging", "orders")?.content, "orders-saturday");
  });
});

describe("nothing lost: a run was cut off at its very end", () => {
  const added = async () => {
    const open = openPlayedStage();
    await open.engine.up(oneCopy(["orders"]));
    return open;
  };
  const lostOne = async () => {
    const open = openPlayedStage();
    await open.engine.up(oneCopy(["orders", "crm"]));
    open.hands.drop("rm-staging", "crm");
    await open.engine.refresh();
    return open;
  };
  for (const [what, open] of [
    ["added", added],
    ["repaired", lostOne],
  ] as const) {
    it(`the version of the data changes all the same with what it has ${what}`, async () => {
      const stage = await killedAfter(
        open,
        ({ engine }) => engine.up(oneCopy(["orders", "crm"])),
        "UntagResources",
      );
      const before = stage.engine.state["data"]?.outputs.dataVersion;
      assert.deepEqual((await stage.engine.up(oneCopy(["orders", "crm"]))).errors, []);
      const { dataVersion } = stage.engine.state["data"]?.outputs ?? assert.fail();
      assert.notEqual(dataVersion, before);
      assert.deepEqual((await stage.engine.up(oneCopy(["orders", "crm"]))).steps, []);
      assert.equal(stage.engine.state["data"]?.outputs.dataVersion, dataVersion);
    });
  }
});

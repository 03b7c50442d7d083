import assert from "node:assert/strict";
import { RdsFailure } from "../../../provider/src/rds/failure";
import { killedAfter, later, oneCopy, openPlayedStage } from "./stage";
import type { Program } from "../../player/engine";

const fresh = () => Promise.resolve(openPlayedStage());
const triggered = (replacementTrigger: string): Program => ({
  data: { ...oneCopy(["orders"])["data"], replacementTrigger },
});

describe("nothing lost: a run was cut off, and the program was changed before the next one", () => {
  it("what it had added is named by a refresh and by a destroy, and left", async () => {
    const stage = await killedAfter(
      async () => {
        const open = openPlayedStage();
        await open.engine.up(oneCopy(["orders"]));
        return open;
      },
      ({ engine }) => engine.up(oneCopy(["orders", "crm"])),
      "ModifyDBDescription",
    );
    later(stage);
    const { engine, hands, cloud } = stage;
    assert.deepEqual((await engine.up(oneCopy(["orders"]))).errors, []);
    const said =
      /crm on rm-staging is not declared, and the state does not tell of it \(in the description: the mark/;
    assert.match((await engine.refresh()).warnings.join(), said);
    assert.match((await engine.destroy()).warnings.join(), said);
    assert.ok(hands.database("rm-staging", "crm"));
    assert.deepEqual(cloud.world.instances.find(({ id }) => id === "rm-staging")?.tags, {});
  });

  it("so is what is no longer declared of a first copy", async () => {
    const stage = await killedAfter(
      fresh,
      ({ engine }) => engine.up(oneCopy(["orders", "crm"])),
      "ModifyDBDescription",
      2,
    );
    later(stage);
    const { warnings } = await stage.engine.up(oneCopy(["orders"]));
    assert.match(warnings.join(), /crm on rm-staging is not declared/);
  });

  it("so is what is there without a mark, and that only the receipt speaks of", async () => {
    const stage = await killedAfter(
      fresh,
      ({ engine }) => engine.up(oneCopy({ orders: "orders_a" })),
      "TagResources",
      2,
    );
    later(stage);
    const { errors, warnings } = await stage.engine.up(oneCopy({ orders: "orders_b" }));
    assert.deepEqual(errors, []);
    assert.match(
      warnings.join(),
      /orders_a on rm-staging is not declared, and the state does not tell of it \(on the instance: the receipt of a copy/,
    );
    assert.doesNotMatch(warnings.join(), /reports/);
  });

  it("so is what a run had added whose state could not be saved", async () => {
    const { engine, hands } = openPlayedStage();
    await engine.up(oneCopy(["orders"]));
    const saved = engine.state;
    await engine.up(oneCopy(["orders", "crm"]));
    engine.state = saved;
    assert.match((await engine.destroy()).warnings.join(), /crm on rm-staging is not declared/);
    assert.ok(hands.database("rm-staging", "crm"));
  });

  it("without marks, nothing is guessed", async () => {
    const { engine, hands } = openPlayedStage();
    await engine.up(oneCopy(["orders"], { ownershipMarks: false }));
    hands.make("rm-staging", "crm", "somebody's");
    assert.deepEqual((await engine.destroy()).warnings, []);
  });
});

describe("nothing lost: what a destroy says of what it leaves", () => {
  it("what a replacement made whose state could not be saved carries the mark of this very resource", async () => {
    const { engine, hands } = openPlayedStage();
    await engine.up(triggered("november"));
    const saved = engine.state;
    assert.deepEqual((await engine.up(triggered("december"))).errors, []);
    engine.state = saved;
    const { infos } = await engine.destroy();
    assert.match(
      infos.join(),
      /the mark of another copy of this very resource, which its state does not tell of/,
    );
    assert.ok(hands.database("rm-staging", "orders"));
  });

  it("what was taken for somebody else's is dropped after all, where it carries its recorded mark again", async () => {
    const { engine, hands } = openPlayedStage();
    await engine.up(oneCopy(["orders"]));
    const mark = hands.database("rm-staging", "orders")?.description ?? "";
    hands.describe("rm-staging", "orders", "edited by hand");
    await engine.refresh();
    assert.equal(engine.state["data"]?.outputs.databases["orders"]?.status, "Foreign");
    hands.describe("rm-staging", "orders", mark);
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.equal(hands.database("rm-staging", "orders"), undefined);
  });

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
      untagInstance: absent("UntagResources"),
    }));
    const { errors, warnings } = await engine.destroy();
    assert.deepEqual([errors, engine.state], [[], {}]);
    assert.match(
      warnings.join(),
      /Instance rm-staging was not found in region cn-hangzhou \(endpoint .*\), so its databases are taken as gone.*the account of this run is another one/,
    );
  });

  it("a copy that was asked for and never appeared is let go with a word", async () => {
    const { engine, seeThrough } = openPlayedStage();
    const lost = () =>
      Promise.reject(
        new RdsFailure({
          action: "CopyDatabaseBetweenInstances",
          code: "ECONNRESET",
          message: "socket hang up",
        }),
      );
    seeThrough(() => ({ copyDatabases: lost }));
    await engine.up(oneCopy(["orders"]));
    seeThrough(undefined);
    const { errors, warnings } = await engine.destroy();
    assert.deepEqual([errors, engine.state], [[], {}]);
    assert.match(
      warnings.join(),
      /The copy of orders was asked for, and no such database appeared on rm-staging/,
    );
  });

  it("and is waited for as long as a copy runs that names no database: dropped when it has come", async () => {
    const stage = openPlayedStage();
    const { engine, hands, time } = stage;
    const task = {
      errorCode: "",
      errorMessage: "",
      detail: "",
      percent: 10,
      database: "",
      status: "Running",
    };
    const until = (end: number) =>
      stage.seeThrough((rds) => ({
        describeDatabases: async (id) =>
          (await rds.describeDatabases(id)).filter(({ name }) => name !== "orders" || time.now() > end),
        describeTasks: () =>
          Promise.resolve(time.now() > end ? [] : [{ ...task, action: "CopyDatabaseBetweenInstances" }]),
      }));
    until(Infinity);
    await engine.up(oneCopy(["orders"], { timeouts: { create: "10s" } }));
    until(time.now() + 120_000);
    const { errors, warnings } = await engine.destroy();
    assert.deepEqual([errors, warnings], [[], []]);
    assert.equal(hands.database("rm-staging", "orders"), undefined);
  });
});

import assert from "node:assert/strict";
import { readIntents, type Intent } from "../../../provider/src/ownership/intent";
import { parseMark } from "../../../provider/src/ownership/mark";
import { playedCloud, type Cloud } from "../../player/cloud";
import { playedEngine, type Outcome, type PlayedEngine, type Program } from "../../player/engine";
import { handsOn, type Hands } from "../../player/hands";
import { playedProcess } from "../../player/process";
import { company, start } from "../../player/scenarios";
import { virtualTime, type VirtualTime } from "../../player/virtualTime";
import { follow, waysOut } from "../../player/wayOut";

/** Cases from practice in which data was dropped. */
describe("player: cases from practice", () => {
  it("A6: killed between the intent and the copy call; what a person copies there hours later is not its own", async () => {
    const stage = open();
    await killed(stage, orders, "TagResources", 1);
    stage.time.advance(3 * hour);
    await copiedByHand(stage, "1002");
    const { errors } = await stage.engine.up(orders);
    assert.match(errors.join("\n"), /cannot be determined that it did/);
    assert.deepEqual((await stage.engine.destroy()).errors, []);
    untouched(stage);
  });

  it("A7: an accepted copy that failed unseen; what a person copies there is not its own", async () => {
    const stage = open({ copy: { failDatabases: ["orders"] } });
    const unfinished = await stage.engine.up(short(orders));
    assert.match(unfinished.errors.join("\n"), /Timed out/);
    later(stage);
    stage.cloud.world = { ...stage.cloud.world, copy: { ...stage.cloud.world.copy, failDatabases: [] } };
    await copiedByHand(stage, "1002");
    const destroyed = await stage.engine.destroy();
    assert.deepEqual(destroyed.errors, []);
    assert.match(destroyed.warnings.join("\n"), /orders on rm-staging .*left in place/);
    untouched(stage);
  });

  it("A8: marked, the intent off, killed before the state was saved; a database made anew is not its own", async () => {
    const stage = open();
    await stage.engine.up(short(orders));
    assert.deepEqual(phases(stage), ["recorded"]);
    later(stage);
    await killed(stage, orders, "UntagResources", 1);
    assert.deepEqual(phases(stage), []);
    stage.hands.make("rm-staging", "orders", "somebody's");
    assert.deepEqual((await stage.engine.destroy()).errors, []);
    untouched(stage);
  });

  it("A9: every name of the new creation is judged before the first drop", async () => {
    const stage = open();
    const [before, after] = ["1", "2"].map((trigger) => ({
      data: { ...orders.data, replacementTrigger: trigger },
    }));
    assert.ok(before && after);
    await succeed(stage.engine.up(before));
    const both = { data: { ...before.data, dbNames: ["orders", "crm"] } };
    await killed(stage, both, "CopyDatabaseBetweenInstances", 1);
    later(stage);
    stage.hands.make("rm-staging", "billing", "somebody's");
    const next = { data: { ...after.data, dbNames: ["orders", "billing"] } };
    assert.match((await stage.engine.preview(next)).errors.join("\n"), /billing on rm-staging/);
    const { errors, steps } = await stage.engine.up(next);
    assert.match(errors.join("\n"), /billing on rm-staging/);
    assert.deepEqual(steps, []);
    assert.equal(drops(stage), 0);
  });

  it("A13: a finished copy without a state is refused as unrecorded whatever became of its backup set, and claimed", async () => {
    const stage = open();
    await succeed(stage.engine.up(orders));
    stage.engine.state = {};
    expire(stage.cloud, "1002");
    const { errors } = await stage.engine.up(orders);
    assert.match(errors.join("\n"), /\(id \w{8}, backup 1002.*the state does not record it/);
    await succeed(stage.engine.up(follow(waysOut(errors), orders, stage.hands)));
    const record = stage.engine.state["data"]?.outputs.databases["orders"];
    assert.equal(record?.phase, "filled");
    assert.equal(copies(stage), 1);
  });

  it("A14: a database that somebody makes anew while another one is copied is no success", async () => {
    const stage = open();
    await succeed(stage.engine.up(orders));
    const both = { data: { ...orders.data, dbNames: ["orders", "crm"] } };
    stage.cloud.interrupt(0, () => {
      if (copies(stage) < 2) return "again";
      stage.hands.make("rm-staging", "orders", "somebody's");
      return "done";
    });
    const { errors, warnings } = await stage.engine.up(both);
    assert.match(
      [...errors, ...warnings].join("\n"),
      /orders on rm-staging is recorded .*someone else's now/,
    );
    assert.notDeepEqual(errors, []);
    untouched(stage);
  });

  it("A2: renamed under a changed trigger, in that run or before it, it drops its own and copies again", async () => {
    for (const isSeparate of [false, true]) {
      const stage = open();
      const program = (trigger: string) => ({ ...orders.data, replacementTrigger: trigger });
      await succeed(stage.engine.up({ data: program("1") }));
      rename(stage, "data", "copies");
      // A run without changes saves the inputs with the new URN, and leaves the outputs with the old one.
      if (isSeparate) await succeed(stage.engine.up({ copies: program("1") }));
      const replaced = await stage.engine.up({ copies: program("2") });
      assert.deepEqual(replaced.errors, []);
      assert.deepEqual(replaced.steps, ["delete copies", "create copies"]);
      assert.deepEqual([copies(stage), drops(stage)], [2, 1]);
    }
  });

  it("A2: looks ahead before the first drop for the creation of its new name", async () => {
    const stage = open();
    const program = (trigger: string) => ({ ...orders.data, replacementTrigger: trigger });
    await succeed(stage.engine.up({ data: program("1") }));
    rename(stage, "data", "copies");
    await succeed(stage.engine.up({ copies: program("1") }));
    let looks = 0;
    stage.cloud.observe({
      after({ action }) {
        // What `check` was told holds no more when `delete` asks.
        if (action !== "DescribeBackups" || ++looks > 1) return;
        for (const backup of ["1001", "1002"]) expire(stage.cloud, backup);
        stage.time.advance(10_000);
      },
    });
    const { errors } = await stage.engine.up({ copies: program("2") });
    assert.match(errors.join("\n"), /Replacement stopped before any database was dropped/);
    assert.equal(drops(stage), 0);
  });

  it("A2: what is deleted after a creation of its former name has begun is not deleted for that one", async () => {
    const stage = open();
    await succeed(stage.engine.up(orders));
    rename(stage, "data", "copies");
    await succeed(stage.engine.up({ data: { ...orders.data, dbNames: ["crm"] } }));
    assert.deepEqual(Object.keys(stage.engine.state), ["data"]);
    assert.equal(stage.hands.database("rm-staging", "orders"), undefined);
    assert.ok(stage.hands.database("rm-staging", "crm"));
  });

  it("without marks: a replacement drops its own; once marks are on, what had none gets one", async () => {
    const off = { ...orders.data, ownershipMarks: false };
    const stage = open();
    await succeed(stage.engine.up({ data: { ...off, replacementTrigger: "1" } }));
    for (const next of [
      { ...off, replacementTrigger: "2" },
      { ...orders.data, replacementTrigger: "3" },
    ]) {
      const replaced = await stage.engine.up({ data: next });
      assert.deepEqual([replaced.errors, replaced.warnings], [[], []]);
      assert.deepEqual(replaced.steps, ["delete data", "create data"]);
    }
    const kept = open();
    await succeed(kept.engine.up({ data: off }));
    assert.equal(parseMark(kept.hands.database("rm-staging", "orders")?.description ?? ""), undefined);
    const { errors, warnings } = await kept.engine.up(orders);
    assert.deepEqual([errors, warnings], [[], []]);
    const record = kept.engine.state["data"]?.outputs.databases["orders"];
    assert.ok(record && record.phase === "filled" && record.unmarked === undefined);
    const { description = "" } = kept.hands.database("rm-staging", "orders") ?? {};
    assert.equal(parseMark(description)?.id, record.id);
    assert.deepEqual((await kept.engine.preview(orders)).changes, []);
    assert.equal(copies(kept), 1);
  });

  it("marks turned on by a replacement: the tags are asked before the drop", async () => {
    const stage = open();
    await succeed(stage.engine.up({ data: { ...orders.data, ownershipMarks: false, backupId: "1001" } }));
    const denied = { status: 403, code: "Forbidden.RAM", message: "Not authorized." };
    stage.cloud.addFault({ action: "ListTagResources", when: { times: 100_000 }, then: { error: denied } });
    const { errors } = await stage.engine.up({ data: { ...orders.data, backupId: "1002" } });
    assert.match(errors.join("\n"), /stopped before any database was dropped.*rds:ListTagResources/);
    assert.equal(drops(stage), 0);
  });

  it("D1: while a busy instance takes no mark it is tried again until the time-out, and the intent stays", async () => {
    const stage = open();
    const busy = { status: 403, code: "OperationDenied.DBInstanceStatus", message: "Backing up." };
    stage.cloud.addFault({ action: "ModifyDBDescription", when: { times: 100_000 }, then: { error: busy } });
    const { errors } = await stage.engine.up({ data: { ...orders.data, timeouts: { create: "60s" } } });
    assert.match(errors.join("\n"), /owner mark of orders .* could not be written/);
    assert.deepEqual(phases(stage), ["recorded"]);
    assert.ok(count(stage, "ModifyDBDescription") > 3);
    stage.cloud.clearFaults();
    await succeed(stage.engine.up(orders));
    assert.deepEqual(phases(stage), []);
    assert.ok(parseMark(stage.hands.database("rm-staging", "orders")?.description ?? ""));
  });
});

interface Stage {
  readonly time: VirtualTime;
  readonly cloud: Cloud;
  readonly engine: PlayedEngine;
  readonly hands: Hands;
}

const hour = 3_600_000;

const orders = {
  data: { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"] },
} satisfies Program;

function open(more: object = {}): Stage {
  const time = virtualTime(start);
  const cloud = playedCloud({ ...company, ...more }, time);
  return { time, cloud, engine: playedEngine(cloud, time), hands: handsOn(cloud, time.now) };
}

/** Too short for a copy. */
function short(program: typeof orders): Program {
  return { data: { ...program.data, timeouts: { create: "5s" } } };
}

async function succeed(run: Promise<Outcome>): Promise<void> {
  assert.deepEqual((await run).errors, []);
}

/** Kills a run when the nth call of an action was carried out. */
async function killed(
  { cloud, engine }: Stage,
  program: Program,
  action: string,
  nth: number,
): Promise<void> {
  let seen = 0;
  cloud.observe({
    after(call) {
      if (call.action === action && ++seen === nth) call.process.kill(0);
    },
  });
  assert.ok((await engine.up(program)).killed);
}

/** Somebody copies into `orders` by the console: a copy of the same backup, without intent and mark. */
async function copiedByHand({ cloud, time }: Stage, backupId: string): Promise<void> {
  const params = {
    DBInstanceId: "rm-prod",
    TargetDBInstanceId: "rm-staging",
    DbNames: JSON.stringify({ orders: "orders" }),
    BackupId: backupId,
  };
  const reply = await time.run(cloud.send(playedProcess("somebody"), "CopyDatabaseBetweenInstances", params));
  assert.ok(typeof reply !== "string" && reply.status === 200, JSON.stringify(reply));
  time.advance(hour);
  cloud.settle();
}

function later({ time, cloud }: Stage): void {
  time.advance(hour);
  cloud.settle();
}

/** An alias, or `state rename`: the engine knows it under another name, and nobody asks the provider. */
function rename({ engine }: Stage, from: string, to: string): void {
  const { [from]: saved, ...others } = engine.state;
  assert.ok(saved);
  engine.state = { ...others, [to]: saved };
}

function expire(cloud: Cloud, backupId: string): void {
  cloud.world = {
    ...cloud.world,
    instances: cloud.world.instances.map((one) => ({
      ...one,
      backups: one.backups.filter(({ id }) => id !== backupId),
    })),
  };
}

/** What is there under `orders` was neither dropped nor marked. */
function untouched(stage: Stage): void {
  const database = stage.hands.database("rm-staging", "orders");
  assert.ok(database, "it was dropped");
  assert.equal(parseMark(database.description), undefined, "it was marked");
  assert.equal(drops(stage), 0);
}

function phases({ cloud }: Stage): Intent["phase"][] {
  const read = readIntents(cloud.world.instances.find(({ id }) => id === "rm-staging")?.tags ?? {});
  assert.equal(read.state, "read");
  return read.state === "read" ? read.intents.map(({ phase }) => phase) : [];
}

function count({ cloud }: Stage, action: string, status?: number): number {
  return cloud.calls.filter((call) => call.action === action && (status ?? call.status) === call.status)
    .length;
}

const drops = (stage: Stage) => count(stage, "DeleteDatabase");
const copies = (stage: Stage) => count(stage, "CopyDatabaseBetweenInstances", 200);

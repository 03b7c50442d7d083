import assert from "node:assert/strict";
import type { CopiedRecord } from "../../../provider/src/ownership/record";
import { playedCloud, type CloudOptions } from "../../player/cloud";
import { playedEngine, type PlayedEngine, type Program, type SavedResource } from "../../player/engine";
import { handsOn } from "../../player/hands";
import { company, start } from "../../player/scenarios";
import { virtualTime } from "../../player/virtualTime";

/** Stories in which the first design went wrong, each mended. */
describe("player: found by the storm", () => {
  it("a lost answer and a database that is listed after the grace: the resource is kept, and the next up finishes it", async () => {
    const { cloud, engine } = open({ listedAfterMs: 90_000 }, { copy: { minimumSeconds: 150 } });
    cloud.addFault({ action: copyAction, when: { nth: 1 }, then: { drop: "after" } });
    const lost = await engine.up(one);
    assert.match(lost.errors.join("\n"), /It is not known whether the copy was started/);
    assert.deepEqual(Object.keys(engine.state), ["data"]);
    assert.deepEqual((await engine.up(one)).errors, []);
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.equal(accepted(cloud, copyAction), 1);
    assert.equal(accepted(cloud, "DeleteDatabase"), 1);
  });

  it("a killed run, and a timeout that is shorter than the grace: what it requested is waited for, and named", async () => {
    const { cloud, engine } = open({ listedAfterMs: 30_000 });
    cloud.observe({ after: ({ action, process }) => void (action === copyAction && process.kill(0)) });
    assert.ok((await engine.up(one)).killed);
    const other = await engine.up({ data: { ...inputs, dbNames: ["crm"], timeouts: { create: "4s" } } });
    assert.match(other.warnings.join("\n"), /Database orders on .* may be left over/);
  });

  it("an unfinished copy and a changed trigger: the replacement is not refused for its own intent", async () => {
    const { engine } = open();
    const unfinished = await engine.up({
      data: { ...one.data, timeouts: { create: "2s" }, replacementTrigger: "1" },
    });
    assert.match(unfinished.errors.join("\n"), /Timed out/);
    const replaced = await engine.up({ data: { ...one.data, replacementTrigger: "2" } });
    assert.deepEqual(replaced.errors, []);
    assert.deepEqual(replaced.steps, ["delete data", "create data"]);
  });

  it("a state that lags behind: the preview of the update refuses what the update refuses", async () => {
    const { cloud, time, engine } = open();
    assert.deepEqual((await engine.up(one)).errors, []);
    const former = engine.state;
    assert.deepEqual((await engine.up(two)).errors, []);
    engine.state = former;
    const { errors } = await engine.preview(two);
    assert.match(errors.join("\n"), /crm on rm-staging .*claim: \["/);
    assert.match((await engine.up(two)).errors.join("\n"), /crm on rm-staging .*claim: \["/);
    assert.ok(handsOn(cloud, time.now).database("rm-staging", "crm"));
  });
});

describe("player: found by reading", () => {
  it("a database called constructor is copied, kept, taken out and refused like any other", async () => {
    const { cloud, time, engine } = open();
    const hands = handsOn(cloud, time.now);
    const named = (dbNames: object) => ({ data: { ...inputs, dbNames } });
    assert.deepEqual((await engine.up(one)).errors, []);
    const both = named({ orders: "orders", crm: "constructor" });
    assert.deepEqual((await engine.preview(both)).errors, []);
    assert.deepEqual((await engine.up(both)).errors, []);
    assert.equal(hands.database("rm-staging", "constructor")?.content, "crm-saturday");
    assert.deepEqual((await engine.preview(both)).changes, []);
    assert.deepEqual((await engine.refresh()).errors, []);
    assert.deepEqual((await engine.up(one)).errors, []);
    assert.equal(hands.database("rm-staging", "constructor"), undefined);
    hands.make("rm-staging", "constructor", "of others");
    for (const more of [{}, { ownershipMarks: false }]) {
      const { errors } = await engine.preview({ data: { ...both.data, ...more } });
      assert.match(
        errors.join("\n"),
        /constructor on rm-staging exists, and nothing shows that this resource/,
      );
    }
  });

  it("a destroy names no database of another stack as left over, and asks nobody to drop it", async () => {
    const { cloud, time, engine } = open();
    const hands = handsOn(cloud, time.now);
    const other = playedEngine(cloud, time, { stack: "test" });
    assert.deepEqual((await engine.up(two)).errors, []);
    hands.drop("rm-staging", "crm");
    assert.deepEqual((await engine.refresh()).errors, []);
    assert.deepEqual((await other.up({ theirs: { ...inputs, dbNames: ["crm"] } })).errors, []);
    const { errors, warnings } = await engine.destroy();
    assert.deepEqual([errors, warnings], [[], []]);
    assert.ok(hands.database("rm-staging", "crm"));
    assert.equal(hands.database("rm-staging", "orders"), undefined);
  });

  it("a killed run, then another source and fewer names: what it copied is replaced, not kept as the new data", async () => {
    const [prod] = company.instances ?? [];
    assert.ok(prod);
    const archive = {
      ...prod,
      id: "rm-archive",
      backups: [{ ...prod.backups?.[0], id: "2001", databases: { orders: "orders-archived" } }],
    };
    const { cloud, time, engine } = open({}, { instances: [...(company.instances ?? []), archive] });
    let copies = 0;
    cloud.observe({
      after: ({ action, process }) => void (action === copyAction && ++copies === 1 && process.kill(0)),
    });
    assert.ok((await engine.up(two)).killed);
    const archived = { data: { ...inputs, dbNames: ["orders"], sourceDbInstanceId: "rm-archive" } };
    assert.match(
      (await engine.up(archived)).errors.join("\n"),
      /orders on rm-staging was copied .* from another source/,
    );
    assert.deepEqual((await engine.up(archived)).errors, []);
    assert.equal(handsOn(cloud, time.now).database("rm-staging", "orders")?.content, "orders-archived");
  });

  it("replaced after a rename in an earlier run, with other names: nothing is dropped before the copy is certain", async () => {
    for (const more of [{ dbNames: { orders: "orders_2" } }, { targetDbInstanceId: "rm-qa" }]) {
      const { cloud, time, engine } = open();
      assert.deepEqual((await engine.up(one)).errors, []);
      rename(engine, "data", "copies");
      cloud.addFault({
        action: "DescribeBackups",
        when: { times: 1000 },
        then: { error: { status: 500, code: "InternalError", message: "Try again." } },
      });
      const { errors } = await engine.up({ copies: { ...one.data, ...more } }, { replaced: ["copies"] });
      assert.match(errors.join("\n"), /Replacement stopped before any database was dropped/);
      assert.ok(handsOn(cloud, time.now).database("rm-staging", "orders"));
    }
  });

  it("replaced after a rename of the stack: refused, and kept by the claim that the refusal names; then it can be replaced", async () => {
    const { cloud, time, engine } = open();
    assert.deepEqual((await engine.up(one)).errors, []);
    const renamed = playedEngine(cloud, time, { stack: "live" });
    renamed.state = engine.state;
    const replaced = { replaced: ["data"] };
    const refused = await renamed.up(one, replaced);
    const id = /claim: \["(\w+)"\]/.exec(refused.errors.join("\n"))?.[1];
    assert.ok(id);
    const claiming = { data: { ...one.data, claim: [id] } };
    assert.deepEqual((await renamed.up(claiming, replaced)).errors, []);
    const drops = () => accepted(cloud, "DeleteDatabase");
    assert.deepEqual([drops(), accepted(cloud, copyAction)], [0, 1]);
    assert.deepEqual((await renamed.up(one, replaced)).errors, []);
    assert.deepEqual([drops(), accepted(cloud, copyAction)], [1, 2]);
  });

  it("taken out while another resource claims its databases and cannot mark them: they stay", async () => {
    const { cloud, time, engine } = open();
    assert.deepEqual((await engine.up({ a: one.data })).errors, []);
    const { id } = saved(engine, "a").outputs.databases["orders"] as CopiedRecord;
    cloud.addFault({
      action: "ModifyDBDescription",
      when: { times: 100_000 },
      then: { error: { status: 403, code: "OperationDenied.DBInstanceStatus", message: "Backing up." } },
    });
    const timeouts = { create: "60s", update: "60s" };
    const program = { b: { ...one.data, claim: [id], timeouts } };
    for (const steps of [
      ["create b", "delete a"],
      ["update b", "delete a"],
    ]) {
      const state = engine.state;
      const ended = await engine.up(program, { continues: true });
      assert.match(ended.errors.join("\n"), /The owner mark of orders .* could not be written/);
      assert.deepEqual(ended.steps, steps);
      assert.ok(handsOn(cloud, time.now).database("rm-staging", "orders"));
      // Once more, with the copy that claims as it was saved.
      engine.state = { ...state, ...engine.state };
    }
  });

  it("retainOnDelete turned off together with a name taken out: the preview says what the run does, that it is left", async () => {
    const { cloud, time, engine } = open();
    assert.deepEqual((await engine.up({ data: { ...two.data, retainOnDelete: true } })).errors, []);
    const previewed = await engine.preview(one);
    const ended = await engine.up(one);
    const left = /Database crm on rm-staging will be left in place \(retainOnDelete\)/;
    for (const { warnings, infos, errors } of [previewed, ended]) {
      assert.deepEqual(errors, []);
      assert.match(warnings.join("\n"), left);
      assert.doesNotMatch([...warnings, ...infos].join("\n"), /[Dd]rop/);
    }
    assert.ok(handsOn(cloud, time.now).database("rm-staging", "crm"));
  });

  it("a pin that is no backup, with preflight warn: the preview of the replacement refuses as the run does", async () => {
    const { cloud, time, engine } = open();
    const pinned = (backupId: string) => ({ data: { ...one.data, preflight: "warn", backupId } });
    assert.deepEqual((await engine.up(pinned("1002"))).errors, []);
    for (const { errors } of [await engine.preview(pinned("9999")), await engine.up(pinned("9999"))])
      assert.match(errors.join("\n"), /\[backup-missing\]/);
    assert.ok(handsOn(cloud, time.now).database("rm-staging", "orders"));
  });

  it("a killed first run, a new backup and one more name: the preview names the restore point that the run continues", async () => {
    const { cloud, time, engine } = open();
    let copies = 0;
    cloud.observe({
      after: ({ action, process }) => void (action === copyAction && ++copies === 1 && process.kill(0)),
    });
    assert.ok((await engine.up(one)).killed);
    time.advance(60 * 60_000);
    cloud.settle();
    handsOn(cloud, time.now).backUp("rm-prod", "1003");
    time.advance(60_000);
    assert.match((await engine.preview(two)).infos.join("\n"), /Copies crm .*backup 1002/);
    assert.deepEqual((await engine.up(two)).errors, []);
    assert.equal(handsOn(cloud, time.now).database("rm-staging", "crm")?.content, "crm-saturday");
  });

  it("taken out after a rename, while its former name declares the same: what the other copied is left", async () => {
    const { cloud, time, engine } = open();
    const hands = handsOn(cloud, time.now);
    const unmarked = { ...one.data, ownershipMarks: false };
    assert.deepEqual((await engine.up({ data: unmarked })).errors, []);
    rename(engine, "data", "copies");
    hands.drop("rm-staging", "orders");
    const ended = await engine.up({ data: unmarked });
    assert.deepEqual([ended.errors, ended.steps], [[], ["create data", "delete copies"]]);
    assert.match(
      ended.warnings.join("\n"),
      /orders on rm-staging is declared by .*::data\. It was left in place/,
    );
    assert.ok(hands.database("rm-staging", "orders"));
  });

  it("a claim beside a pin of another point: refused before anything is dropped for it, replaced or not", async () => {
    const { cloud, time, engine } = open();
    const other = playedEngine(cloud, time, { stack: "test" });
    const pinned = (dbNames: readonly string[], backupId: string, more: object = {}) => ({
      data: { ...inputs, dbNames, backupId, ...more },
    });
    assert.deepEqual((await other.up(pinned(["crm"], "1001"))).errors, []);
    assert.deepEqual((await engine.up(pinned(["orders"], "1001"))).errors, []);
    const unclaimed = await engine.preview(pinned(["orders", "crm"], "1002"));
    assert.match(unclaimed.errors.join("\n"), /add `claim: .*` and leave backupId and restoreTime out/);
    const claim = [(saved(other, "data").outputs.databases["crm"] as CopiedRecord).id];
    const program = pinned(["orders", "crm"], "1002", { claim });
    for (const { errors } of [await engine.preview(program), await engine.up(program)])
      assert.match(errors.join("\n"), /crm on rm-staging is claimed and holds backup 1001/);
    assert.equal(handsOn(cloud, time.now).database("rm-staging", "orders")?.content, "orders-friday");
    assert.deepEqual((await engine.up(pinned(["orders", "crm"], "1001", { claim }))).errors, []);
  });

  it("a move to another target: announced are the restore point that the run takes, and where it drops", async () => {
    const { cloud, time, engine } = open();
    assert.deepEqual((await engine.up(one)).errors, []);
    time.advance(60 * 60_000);
    handsOn(cloud, time.now).backUp("rm-prod", "1003");
    time.advance(60_000);
    const moved = { data: { ...one.data, targetDbInstanceId: "rm-qa" } };
    const { infos, warnings } = await engine.preview(moved);
    assert.match(
      infos.join("\n"),
      /Copies orders .*backup, now 1003 .* to rm-qa\..* Drops orders on the former target\./,
    );
    assert.doesNotMatch(warnings.join("\n"), /two restore points/);
    assert.deepEqual((await engine.up(moved)).errors, []);
    assert.match(JSON.stringify(saved(engine, "data").outputs.restorePoint), /1003/);
  });

  it("a replacement that adopts and claims besides: announced as such, and not as copied", async () => {
    const { cloud, time, engine } = open();
    const other = playedEngine(cloud, time, { stack: "test" });
    assert.deepEqual((await other.up({ theirs: { ...inputs, dbNames: ["billing"] } })).errors, []);
    assert.deepEqual((await engine.up({ data: { ...one.data, replacementTrigger: "1" } })).errors, []);
    const claim = [(saved(other, "theirs").outputs.databases["billing"] as CopiedRecord).id];
    const dbNames = { orders: "orders", crm: "reports", billing: "billing" };
    const program = { data: { ...inputs, dbNames, adoptExisting: true, claim, replacementTrigger: "2" } };
    const { infos } = await engine.preview(program);
    assert.match(
      infos.join("\n"),
      /^Copies orders as of .*Adopts reports on rm-staging\. Claims billing on rm-staging\./m,
    );
    assert.deepEqual((await engine.up(program)).errors, []);
    const hands = handsOn(cloud, time.now);
    assert.equal(hands.database("rm-staging", "reports")?.content, "reports-of-others");
    assert.deepEqual((await engine.preview(program)).changes, []);
  });

  it("renamed, and its former name is another copy's: nobody is told to claim or drop what that other one has", async () => {
    const { engine } = open();
    assert.deepEqual((await engine.up(one)).errors, []);
    rename(engine, "data", "copies");
    const program = { copies: one.data, data: { ...inputs, dbNames: ["crm"] } };
    const { errors, warnings } = await engine.up(program);
    assert.deepEqual([errors, warnings], [[], []]);
  });

  it("a claim that takes two runs: the tag of what it claimed goes with the second", async () => {
    const { cloud, time, engine } = open({}, { copy: { minimumSeconds: 200, secondsPerGiB: 0 } });
    const timeouts = { create: "60s", update: "60s" };
    assert.match((await engine.up({ a: { ...one.data, timeouts } })).errors.join("\n"), /Timed out/);
    const { id } = saved(engine, "a").outputs.databases["orders"] as CopiedRecord;
    engine.state = {};
    const claiming = { b: { ...one.data, timeouts, claim: [id] } };
    const runs = [];
    for (let run = 0; run < 5 && runs.at(-1) !== 0; run++)
      runs.push((await engine.up(claiming)).errors.length);
    assert.ok(runs.length > 1 && runs.at(-1) === 0, String(runs));
    assert.deepEqual(handsOn(cloud, time.now).database("rm-staging", "orders")?.status, "Running");
    assert.deepEqual(cloud.world.instances.find((instance) => instance.id === "rm-staging")?.tags, {});
  });

  it("a claimed database that someone makes anew while the instance refuses marks: it is not taken over", async () => {
    const { cloud, time, engine } = open();
    const hands = handsOn(cloud, time.now);
    assert.deepEqual((await engine.up({ a: one.data })).errors, []);
    const { id } = saved(engine, "a").outputs.databases["orders"] as CopiedRecord;
    const busy = { status: 403, code: "OperationDenied.DBInstanceStatus", message: "Backing up." };
    cloud.addFault({ action: "ModifyDBDescription", when: { times: 3 }, then: { error: busy } });
    let looks = 0;
    cloud.observe({
      after({ action, status }) {
        if (action !== "DescribeDatabases" || status !== 200 || ++looks !== 6) return;
        hands.drop("rm-staging", "orders");
        hands.make("rm-staging", "orders", "of others");
      },
    });
    const ended = await engine.up({ b: { ...one.data, claim: [id] } });
    assert.match(ended.errors.join("\n"), /someone else's now/);
    await engine.destroy();
    assert.equal(hands.database("rm-staging", "orders")?.content, "of others");
  });

  it("replaced although it is to be retained: refused in the preview, since the new copy would find its names taken", async () => {
    const { cloud, engine } = open();
    const retained = { data: { ...one.data, retainOnDelete: true } };
    assert.deepEqual((await engine.up(retained)).errors, []);
    const { errors, steps } = await engine.up(retained, { replaced: ["data"] });
    assert.match(errors.join("\n"), /orders on rm-staging exists.*the state does not record it/);
    assert.deepEqual([steps, accepted(cloud, "DeleteDatabase")], [[], 0]);
  });

  it("marks turned on by a run that was killed before it was saved: they decide from the next one on", async () => {
    const { cloud, time, engine } = open();
    const hands = handsOn(cloud, time.now);
    assert.deepEqual((await engine.up({ data: { ...two.data, ownershipMarks: false } })).errors, []);
    let marks = 0;
    cloud.observe({
      after: ({ action, process }) =>
        void (action === "ModifyDBDescription" && ++marks === 2 && process.kill(0)),
    });
    assert.ok((await engine.up(two)).killed);
    assert.deepEqual((await engine.up(two)).errors, []);
    assert.deepEqual((await engine.preview(two)).changes, []);
    hands.drop("rm-staging", "orders");
    hands.make("rm-staging", "orders", "of others");
    assert.deepEqual((await engine.destroy()).errors, []);
    assert.equal(hands.database("rm-staging", "orders")?.content, "of others");
    assert.equal(hands.database("rm-staging", "crm"), undefined);
  });

  it("an adopted database that vanished is named by the refresh, and copied by the next up", async () => {
    const { cloud, time, engine } = open();
    const hands = handsOn(cloud, time.now);
    const adopting = { data: { ...inputs, dbNames: { orders: "reports" }, adoptExisting: true } };
    assert.deepEqual((await engine.up(adopting)).errors, []);
    hands.drop("rm-staging", "reports");
    assert.match((await engine.refresh()).warnings.join("\n"), /reports on rm-staging no longer exists/);
    assert.deepEqual((await engine.preview(adopting)).changes, ["update data"]);
    assert.deepEqual((await engine.up(adopting)).errors, []);
    assert.equal(hands.database("rm-staging", "reports")?.content, "orders-saturday");
  });
});

const copyAction = "CopyDatabaseBetweenInstances";
const inputs = { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging" };
const one = { data: { ...inputs, dbNames: ["orders"] } } satisfies Program;
const two = { data: { ...inputs, dbNames: ["orders", "crm"] } } satisfies Program;

function rename(engine: PlayedEngine, from: string, to: string): void {
  const { [from]: moved, ...others } = engine.state;
  assert.ok(moved);
  engine.state = { ...others, [to]: moved };
}

function saved({ state }: PlayedEngine, name: string): SavedResource {
  const found = state[name];
  assert.ok(found);
  return found;
}

function open(options: CloudOptions = {}, more: object = {}) {
  const time = virtualTime(start);
  const cloud = playedCloud({ ...company, ...more }, time, options);
  return { time, cloud, engine: playedEngine(cloud, time) };
}

function accepted({ calls }: ReturnType<typeof playedCloud>, action: string): number {
  return calls.filter((call) => call.action === action && (call.status === 200 || call.isUnanswered)).length;
}

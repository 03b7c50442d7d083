import assert from "node:assert/strict";
import type { CopiedRecord } from "../../../provider/src/ownership/record";
import { playedEngine } from "../../player/engine";
import { handsOn } from "../../player/hands";
import { accepted, copyAction, inputs, one, open, saved } from "./played";

/** What a claim takes over, and what it leaves. */
describe("player: claims", () => {
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
});

import assert from "node:assert/strict";
import { playedEngine } from "../../player/engine";
import { handsOn } from "../../player/hands";
import { company } from "../../player/scenarios";
import { accepted, copyAction, inputs, one, open, rename, two } from "./played";

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

  it("renamed, and its former name is another copy's: nobody is told to claim or drop what that other one has", async () => {
    const { engine } = open();
    assert.deepEqual((await engine.up(one)).errors, []);
    rename(engine, "data", "copies");
    const program = { copies: one.data, data: { ...inputs, dbNames: ["crm"] } };
    const { errors, warnings } = await engine.up(program);
    assert.deepEqual([errors, warnings], [[], []]);
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

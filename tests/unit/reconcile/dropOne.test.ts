import assert from "node:assert/strict";
import { allRules } from "../../../provider/src/ownership/rules";
import { dropOne } from "../../../provider/src/reconcile/dropOne";
import { callsOf, context, description, filled, play, stage, type ByHand, type Stage } from "./stage";

const crm = filled("crm", "crm00000");
const own = () => stage({ crm: description("crm00000") });

/** Drops crm, and shows all looks. */
function drop(on: Stage, byHand: ByHand = {}, more: { isInTheWay?: boolean; rules?: object } = {}) {
  const rules = { ...allRules, ...more.rules };
  const end = play(dropOne(context({ rules }), "crm", crm, more.isInTheWay === true), on, byHand);
  return { end, looks: callsOf(on, "databases") };
}

const dropped = [{ kind: "dropped", name: "crm" }];
const foundCrm = {
  name: "crm",
  status: "running",
  statusText: "Running",
  mark: { owner: context().own, id: "crm00000", point: crm.point },
} as const;

describe("the drop of one database", () => {
  it("is decided and asked for under the lock, and certain after two looks without it", () => {
    const on = own();
    const { end, looks } = drop(on);
    assert.equal(end, undefined);
    const called = on.made.filter((call) => !call.startsWith("say"));
    assert.deepEqual(called, [
      "databases",
      "declaredElsewhere crm",
      "drop crm",
      "unlock",
      "databases",
      "databases",
    ]);
    assert.deepEqual(looks, [
      { call: "databases", lock: true },
      { call: "databases", wait: "dropping", names: ["crm"], lock: false },
      { call: "databases", wait: "dropping", names: ["crm"], lock: false },
    ]);
    assert.deepEqual(on.said, dropped);
  });

  it("is not asked for where it is absent at two looks, nor said", () => {
    const on = stage();
    const { end, looks } = drop(on);
    assert.equal(end, undefined);
    assert.deepEqual(on.made, ["databases", "unlock", "databases", "unlock"]);
    assert.deepEqual(
      looks.map(({ wait }) => wait),
      [undefined, "dropping"],
    );
    assert.deepEqual(on.said, []);
  });

  it("is asked for where the database is there again at the second look", () => {
    const on = own();
    let looks = 0;
    drop(on, {
      databases: (_call, { databases }) => {
        if (++looks === 1) return { databases: [], timedOut: false };
        if (looks === 3) databases.set("crm", { status: "Running", description: "new" });
        return undefined;
      },
    });
    assert.deepEqual([...on.databases.keys()], ["crm"]);
    assert.equal(on.made.filter((call) => call === "drop crm").length, 1);
    // Whatever appears under the name after an accepted drop is not dropped by this run.
    assert.deepEqual(on.said, dropped);
  });

  it("is over with the instance", () => {
    const on = stage();
    const end = drop(on, { databases: () => ({ databases: [], timedOut: false, isInstanceGone: true }) }).end;
    assert.equal(end, undefined);
    assert.equal(on.made.filter((call) => call === "databases").length, 1);
  });

  for (const [statusText, status] of [
    ["Creating", "creating"],
    ["Deleting", "deleting"],
  ] as const) {
    it(`waits for one that is ${status}, and fails with its status at the timeout`, () => {
      const on = own();
      on.databases.set("crm", { status: statusText, description: description("crm00000") });
      let looks = 0;
      const { end } = drop(on, {
        databases: () =>
          ++looks < 3 ? undefined : { databases: [{ ...foundCrm, status, statusText }], timedOut: true },
      });
      assert.deepEqual(end, { kind: "dropFailed", name: "crm", reason: `its status is ${statusText}.` });
      assert.equal(looks, 3);
      assert.ok(!on.made.includes("drop crm"));
    });
  }

  it("fails where it was accepted and the database still exists at the timeout", () => {
    const on = own();
    let looks = 0;
    const { end } = drop(on, {
      drop: () => ({ state: "done" }),
      databases: () => {
        if (++looks < 3) return undefined;
        return { databases: [foundCrm], timedOut: true };
      },
    });
    const reason = "its drop was accepted, and it still exists.";
    assert.deepEqual(end, { kind: "dropFailed", name: "crm", reason });
    assert.equal(on.made.filter((call) => call === "drop crm").length, 1);
  });

  it("is repeated under the lock while its answer is later, to the timeout", () => {
    const on = own();
    let asked = 0;
    const { end } = drop(on, {
      drop: () => (++asked < 3 ? { state: "later", reason: "busy" } : undefined),
    });
    assert.equal(end, undefined);
    assert.deepEqual([asked, on.databases.size], [3, 0]);
    const late = own();
    const failed = drop(late, {
      drop: () => ({ state: "later", reason: "busy" }),
      databases: ({ wait }) => (wait === "dropping" ? { databases: [foundCrm], timedOut: true } : undefined),
    });
    assert.deepEqual(failed.end, { kind: "dropFailed", name: "crm", reason: "busy" });
  });

  it("fails with the reason of a definite no; where it is not found another look decides", () => {
    const denied = drop(own(), { drop: () => ({ state: "denied", reason: "no permission" }) });
    assert.deepEqual(denied.end, { kind: "dropFailed", name: "crm", reason: "no permission" });
    const on = own();
    const { end } = drop(on, {
      drop: (_call, { databases }) => {
        databases.delete("crm");
        return { state: "notFound" };
      },
    });
    assert.equal(end, undefined);
    assert.equal(on.made.filter((call) => call === "databases").length, 2);
    assert.deepEqual(on.said, [], "this run did not drop it");
  });

  it("leaves what is not its own any more; in the way of a creation that is a failure", () => {
    const theirs = () => stage({ crm: description("other000") });
    const on = theirs();
    assert.equal(drop(on).end, undefined);
    assert.deepEqual(on.said, [{ kind: "left", name: "crm", why: "notItsOwn", record: crm }]);
    const inTheWay = theirs();
    const { end } = drop(inTheWay, {}, { isInTheWay: true });
    const point = { kind: "backup", backupId: "2" };
    assert.deepEqual(end, {
      kind: "foreign",
      name: "crm",
      why: "changed",
      mark: { owner: context().own, id: "other000", point },
      record: crm,
    });
    assert.deepEqual(inTheWay.said, []);
    for (const { databases } of [on, inTheWay]) assert.ok(databases.has("crm"));
  });

  it("leaves what another resource declares, in the way or not", () => {
    for (const isInTheWay of [true, false]) {
      const on = own();
      const { end } = drop(on, { declaredElsewhere: () => "urn:b" }, { isInTheWay });
      assert.equal(end, undefined);
      assert.deepEqual(on.said, [
        { kind: "left", name: "crm", why: "declaredElsewhere", by: "urn:b", record: crm },
      ]);
      assert.ok(on.databases.has("crm"));
    }
  });

  it("takes one of another spelling for no database of its record, where that alone decides", () => {
    const on = stage({ crm: "", CRM: "" });
    const bare = filled("crm", "crm00000", { unmarked: true });
    assert.equal(play(dropOne(context({ marksOn: false }), "crm", bare, false), on), undefined);
    assert.equal(play(dropOne(context({ marksOn: false }), "crm", bare, false), on), undefined);
    assert.deepEqual([...on.databases.keys()], ["CRM"]);
    assert.deepEqual(
      on.said.map(({ kind }) => kind),
      ["dropped", "left"],
    );
  });

  it("takes no lock, or counts the first absence, where that rule is taken out", () => {
    const unlocked = own();
    drop(unlocked, {}, { rules: { lookLocked: false } });
    assert.ok(!unlocked.made.includes("unlock"));
    const once = stage();
    drop(once, {}, { rules: { twoLooks: false } });
    assert.deepEqual(once.made, ["databases", "unlock"]);
  });
});

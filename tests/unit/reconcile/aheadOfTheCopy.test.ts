import assert from "node:assert/strict";
import { intentKey } from "../../../provider/src/ownership/intent";
import { CallFailed } from "../../../provider/src/reconcile/calls";
import { observe, type Seen } from "../../../provider/src/reconcile/observe";
import { reconcile } from "../../../provider/src/reconcile/reconcile";
import { obstaclesTo, takenNext } from "../../../provider/src/reconcile/replace";
import { roomForIntent } from "../../../provider/src/reconcile/roomForTags";
import {
  backup,
  callsOf,
  context,
  description,
  filled,
  intent,
  kinds,
  play,
  stage,
  tagged,
  wanted,
  withIntent,
  type ByHand,
  type Stage,
} from "./stage";

describe("the restore point of a run", () => {
  const copied = (on: Stage, byHand: ByHand, records = {}, names = ["orders", "crm"]) => {
    const run = reconcile(context({ records, restorePoint: backup("1") }), wanted(names));
    const end = play(run, on, byHand);
    const reasons = end.end === "done" ? [] : end.reasons;
    return { end: end.end, reasons, asked: callsOf(on, "lookAhead"), isCopied: on.made.includes("copy") };
  };

  it("is asked for with the missing names, by what is recorded and what was found ours, each once", () => {
    const on = withIntent(
      stage({ orders: description("orders00", backup("3")), crm: "" }),
      intent("crm00000", ["crm"], { point: backup("4") }),
    );
    const records = { orders: filled("orders", "orders00", { point: backup("3") }) };
    const { asked } = copied(on, {}, records, ["orders", "crm", "billing"]);
    assert.deepEqual(asked, [
      {
        call: "lookAhead",
        before: "copy",
        names: new Map([["billing", "billing"]]),
        choice: { kind: "latest" },
        held: [backup("3"), backup("1"), backup("4")],
      },
    ]);
  });

  it("stops the run where it is refused, not known, or none", () => {
    for (const [answer, reason] of [
      [
        { state: "refused", reasons: ["no such backup"] },
        { kind: "copyBlocked", reasons: ["no such backup"] },
      ],
      [
        { state: "unknown", reasons: ["no answer"] },
        { kind: "copyUnknown", reasons: ["no answer"] },
      ],
      [
        { state: "free", points: [] },
        { kind: "noRestorePoint", names: ["crm", "orders"] },
      ],
    ] as const) {
      const { end, reasons, isCopied } = copied(stage(), { lookAhead: () => answer });
      assert.equal(end, "refused");
      assert.deepEqual(
        reasons.map((one) => ("names" in one ? { ...one, names: [...one.names].sort() } : one)),
        [reason],
      );
      assert.ok(!isCopied);
    }
  });
});

describe("obstacles to the creation that follows", () => {
  const obstacles = (
    where: "here" | "elsewhere",
    on: Stage,
    names: readonly string[],
    byHand: ByHand = {},
  ) => {
    const reasons = play(obstaclesTo(context(), wanted(names), where), on, {
      ...byHand,
      lookAhead: () => ({ state: "refused", reasons: ["no such backup"] }),
    });
    return { reasons: kinds(reasons), asked: callsOf(on, "lookAhead") };
  };

  it("on another instance are those of what is missing there; here those of all names", () => {
    const made = () => withIntent(stage({ orders: description("orders00") }), intent("orders00", ["orders"]));
    const elsewhere = obstacles("elsewhere", made(), ["orders", "crm"]);
    assert.deepEqual(elsewhere.reasons, ["copyBlocked"]);
    const [asked] = elsewhere.asked;
    assert.deepEqual(asked, {
      call: "lookAhead",
      before: "drop",
      names: new Map([["crm", "crm"]]),
      choice: { kind: "latest" },
      held: [],
    });
    const here = obstacles("here", made(), ["orders", "crm"]);
    assert.deepEqual([...(here.asked[0]?.names.keys() ?? [])], ["orders", "crm"]);
  });

  it("on another instance are none where nothing is missing, and what is taken there by someone", () => {
    const made = withIntent(stage({ orders: description("orders00") }), intent("orders00", ["orders"]));
    assert.deepEqual(obstacles("elsewhere", made, ["orders"]), { reasons: [], asked: [] });
    const taken = obstacles("elsewhere", stage({ orders: "a note" }), ["orders"]);
    assert.deepEqual(taken, { reasons: ["refused orders"], asked: [] });
  });

  it("are none where nothing is declared, and what could not be looked at; a defect is thrown", () => {
    assert.deepEqual(obstacles("here", stage(), []), { reasons: [], asked: [] });
    const failing = (error: Error): ByHand => ({
      databases: () => {
        throw error;
      },
    });
    const { reasons } = obstacles("here", stage(), ["orders"], failing(new CallFailed("no answer")));
    assert.deepEqual(reasons, ["lookFailed"]);
    assert.throws(
      () => obstacles("here", stage(), ["orders"], failing(new TypeError("a defect"))),
      TypeError,
    );
    const gone = { databases: () => ({ databases: [], timedOut: false, isInstanceGone: true }) };
    assert.deepEqual(obstacles("here", stage(), ["orders"], gone).reasons, ["instanceNotFound"]);
  });
});

describe("what the creation after a drop takes as it is", () => {
  it("is what it claims and what it adopts; the others it copies, and asks for alone", () => {
    const theirs = (id: string) => description(id, backup("1"), "other0000000");
    const on = () =>
      stage({
        orders: description("orders00"),
        crm: theirs("crm00000"),
        notes: "",
        sales: theirs("sales000"),
      });
    const records = { orders: filled("orders", "orders00") };
    const next = wanted(["orders", "crm", "notes", "fresh"], { claim: ["crm00000"], adopt: true });
    const seen = play(observe(context({ records }), next), on());
    assert.ok(!("blocked" in seen));
    assert.deepEqual(takenNext(seen, next), {
      claims: new Map([["crm", backup("1")]]),
      adopts: ["notes"],
      copies: ["orders", "fresh"],
    });
    const without = wanted(["orders", "notes", "unknown"]);
    assert.deepEqual(takenNext(seen, without), {
      claims: new Map(),
      adopts: [],
      copies: ["orders", "notes", "unknown"],
    });
    const here = on();
    play(obstaclesTo(context({ records }), next, "here"), here);
    const [asked] = callsOf(here, "lookAhead");
    assert.deepEqual([...(asked?.names.keys() ?? [])], ["orders", "fresh"]);
  });

  it("is looked for twice: one list may lack it", () => {
    let looks = 0;
    const reasons = play(obstaclesTo(context(), wanted(["orders"]), "here"), stage({ orders: "a note" }), {
      databases: () => (++looks === 1 ? { databases: [], timedOut: false } : undefined),
    });
    assert.deepEqual([kinds(reasons), looks], [["refused orders"], 2]);
  });
});

describe("room for the tag of a copy that follows a drop", () => {
  const next = wanted(["orders"]);
  const room = (on: Stage, byHand: ByHand = {}, more = next) => {
    const seen = play(observe(context(), more), on) as Seen;
    on.made.length = 0;
    return play(roomForIntent(context(), seen, more), on, byHand);
  };
  const others = intent("others00", ["users"], { owner: "other0000000" });
  const crowded = (teams: number) => tagged(withIntent(stage(), others), teams);

  it("is there below ten tags, and is not asked for without marks", () => {
    const nine = crowded(8);
    assert.equal(room(nine), "free");
    assert.deepEqual(nine.made, []);
    assert.equal(room(crowded(9), {}, { ...next, marksOn: false }), "free");
  });

  it("is waited for while intents of others take it, tag by tag", () => {
    const ten = crowded(9);
    let looks = 0;
    const seen = room(ten, {
      databases: ({ wait }, { tags }) => {
        assert.equal(wait, "retry");
        if (++looks === 3) tags.delete(intentKey(others.id));
        return undefined;
      },
    });
    assert.equal(seen, "waited");
    assert.equal(looks, 3);
    assert.deepEqual(ten.made, ["databases", "tags", "databases", "tags", "databases", "tags"]);
  });

  it("counts its own intents as room, before the wait and in it", () => {
    const mine = intent("mine0000", ["billing"]);
    assert.equal(room(withIntent(crowded(8), mine)), "free");
    const on = withIntent(crowded(9), mine);
    const keys = new Set([...on.tags.keys()].filter((key) => key !== intentKey(mine.id)));
    const atTimeout = { databases: () => ({ databases: [], timedOut: true }) };
    assert.deepEqual(room(on, atTimeout), [{ kind: "tagsFull", keys: [...keys] }]);
    let looks = 0;
    const seen = room(withIntent(crowded(9), mine), {
      databases: (_call, { tags }) => {
        // With its own there are still ten, and that one is no tag in the way.
        if (++looks === 1) tags.delete("team0");
        return undefined;
      },
    });
    assert.deepEqual([seen, looks], ["waited", 1]);
  });

  it("leaves tags that cannot be read to the next look", () => {
    const unread = { tags: () => ({ state: "denied", reason: "no" }) as const };
    assert.equal(room(crowded(9), unread), "waited");
  });

  it("never comes where the tags of people take it all", () => {
    const on = crowded(10);
    const teams = [...on.tags.keys()].filter((key) => key.startsWith("team"));
    assert.deepEqual(room(on), [{ kind: "tagsFull", keys: teams }]);
    assert.deepEqual(on.made, []);
  });
});

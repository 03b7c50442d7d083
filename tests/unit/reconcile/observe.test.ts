import assert from "node:assert/strict";
import { foundOf } from "../../../provider/src/ownership/evidence";
import { intentKey } from "../../../provider/src/ownership/intent";
import { allRules } from "../../../provider/src/ownership/rules";
import type { Call, Listing } from "../../../provider/src/reconcile/calls";
import { isOwn, look, observe, othersNow, type Seen } from "../../../provider/src/reconcile/observe";
import type { Context, Wanted } from "../../../provider/src/reconcile/operation";
import {
  callsOf,
  context,
  description,
  filled,
  intent,
  play,
  stage,
  tagged,
  wanted,
  withIntent,
  type ByHand,
  type Stage,
} from "./stage";

type Look = Extract<Call, { call: "databases" }>;

/** Observes, and shows all looks and all questions about tasks. */
function observed(
  on: Stage,
  more: Partial<Context> = {},
  names: Wanted = wanted(["orders"]),
  byHand: ByHand = {},
) {
  const seen = play(observe(context(more), names), on, byHand);
  return { seen, looks: callsOf(on, "databases"), asked: callsOf(on, "tasks") };
}

function seenOf(result: { seen: ReturnType<typeof observed>["seen"] }): Seen {
  assert.ok(!("blocked" in result.seen));
  return result.seen;
}

const verdictsOf = ({ verdicts }: Seen) =>
  Object.fromEntries([...verdicts].map(([name, { kind }]) => [name, kind]));

const listingOf = (statuses: Readonly<Record<string, string>>, timedOut = false): Listing => ({
  databases: Object.entries(statuses).map(([name, status]) => foundOf({ name, status, description: "" })),
  timedOut,
});

describe("observe: which names are judged", () => {
  it("those declared, recorded, or listed under an intent of ours, in order", () => {
    const on = stage({ crm: "", stranger: "", billing: "", Sales: "" });
    withIntent(on, intent("mine0000", ["crm", "Sales", "orders"]));
    const records = { billing: filled("billing", "billing0") };
    const seen = seenOf(observed(on, { records }));
    assert.deepEqual([...seen.verdicts.keys()], ["Sales", "billing", "crm", "orders"]);
  });

  it("each once, however it is spelled: as declared, else as recorded", () => {
    const on = stage({ ORDERS: "", CRM: "" });
    withIntent(on, intent("mine0000", ["ORDERS", "CRM"]));
    const records = { Orders: filled("Orders", "mine0000"), Crm: filled("Crm", "mine0000") };
    const seen = seenOf(observed(on, { records }));
    assert.deepEqual([...seen.verdicts.keys()], ["Crm", "orders"]);
    assert.deepEqual(Object.keys(seen.records).sort(), ["Crm", "orders"]);
    assert.deepEqual(seen.records["orders"], records.Orders);
  });

  it("with the intents and all keys of the tags, ours and those of others", () => {
    const on = tagged(stage(), 2);
    withIntent(on, intent("mine0000", ["orders"]));
    withIntent(on, intent("others00", ["crm"], { owner: "other0000000" }));
    const seen = seenOf(observed(on, {}, wanted([])));
    assert.deepEqual(
      [seen.mine.map(({ id }) => id), seen.others.map(({ id }) => id)],
      [["mine0000"], ["others00"]],
    );
    assert.deepEqual([...seen.tagKeys].sort(), [...on.tags.keys()].sort());
  });

  it("an intent of a record is ours whoever its owner is; a recorded one of this owner is not", () => {
    const on = withIntent(stage(), intent("moved000", ["orders"], { owner: "other0000000" }));
    withIntent(on, intent("handed00", ["crm"], { phase: "recorded" }));
    const records = { orders: filled("orders", "moved000") };
    const seen = seenOf(observed(on, { records }));
    assert.deepEqual(
      [seen.mine.map(({ id }) => id), seen.others.map(({ id }) => id)],
      [["moved000"], ["handed00"]],
    );
    const rules = { ...allRules, recordedPhase: false };
    assert.equal(seenOf(observed(on, { records, rules })).others.length, 0);
  });

  it("without marks reads no tags", () => {
    const on = tagged(withIntent(stage(), intent("mine0000", ["orders"])), 1);
    const seen = seenOf(observed(on, { marksOn: false }));
    assert.ok(!on.made.includes("tags"));
    assert.deepEqual([seen.mine, seen.others, seen.tagKeys], [[], [], []]);
  });
});

describe("observe: what cannot be judged", () => {
  it("is everything where the instance is gone or its tags cannot be read", () => {
    const gone = () => ({ databases: [], timedOut: false, isInstanceGone: true });
    assert.deepEqual(observed(stage(), {}, wanted([]), { databases: gone }).seen, {
      blocked: { kind: "instanceNotFound" },
    });
    const denied = () => ({ state: "denied", reason: "no permission" }) as const;
    assert.deepEqual(observed(stage(), {}, wanted([]), { tags: denied }).seen, {
      blocked: { kind: "tagsUnreadable", reason: "no permission" },
    });
    const on = stage();
    on.tags.set(intentKey("mine0000"), "nonsense");
    assert.deepEqual(observed(on, {}, wanted([])).seen, {
      blocked: { kind: "tagsUnreadable", reason: "it cannot be parsed", key: intentKey("mine0000") },
    });
  });

  it("is, for a question after others, nothing where the tags do not tell", () => {
    const on = withIntent(stage(), intent("others00", ["crm"], { owner: "other0000000" }));
    withIntent(on, intent("mine0000", ["orders"]));
    const others = play(othersNow(context()), on);
    assert.deepEqual(
      others?.map(({ id }) => id),
      ["others00"],
    );
    const denied: ByHand = { tags: () => ({ state: "denied", reason: "no permission" }) };
    assert.equal(play(othersNow(context()), on, denied), undefined);
    assert.deepEqual(play(othersNow(context({ marksOn: false })), on, denied), []);
  });
});

describe("observe: an absence", () => {
  const again: Look = { call: "databases", again: true };

  it("counts after a second look, for what is recorded as filled or adopted and not listed", () => {
    const records = {
      orders: filled("orders", "orders00"),
      crm: { phase: "adopted", target: "crm" },
    } as const;
    const [first, second] = observed(stage({ orders: "" }), { records }, wanted([])).looks;
    assert.deepEqual([first, second], [{ call: "databases" }, again]);
    const rules = { ...allRules, twoLooks: false };
    assert.equal(observed(stage({ orders: "" }), { records, rules }, wanted([])).looks.length, 1);
    const both = stage({ orders: description("orders00"), crm: "" });
    assert.equal(observed(both, { records }, wanted([])).looks.length, 1);
  });

  it("of what is only declared, or being filled, does not need one of its own", () => {
    const filling = { ...filled("crm", "crm00000"), phase: "filling" } as const;
    const { looks } = observed(stage(), { records: { crm: filling } });
    assert.ok(!looks.some((one) => one.again));
  });

  it("counts so at the end of a wait, too, of what any look has shown", () => {
    const filling = { ...filled("crm", "crm00000"), phase: "filling" } as const;
    const records = { orders: filled("orders", "orders00"), crm: filling };
    const on = () => stage({ orders: description("orders00") });
    const missing = (isMissed: (call: Look) => boolean): ByHand => ({
      databases: (call) =>
        isMissed(call) ? { databases: [], timedOut: call.wait === "listing" } : undefined,
    });
    const end = observed(
      on(),
      { records },
      wanted([]),
      missing(({ wait }) => wait === "listing"),
    );
    assert.deepEqual(end.looks, [
      { call: "databases" },
      { call: "databases", wait: "listing", names: ["crm"] },
      again,
    ]);
    assert.equal(verdictsOf(seenOf(end))["orders"], "ours");
    // Nobody records it, and the first look has shown it.
    const covered = withIntent(stage({ sales: "" }), intent("mine0000", ["sales", "crm"]));
    const shown = observed(
      covered,
      {},
      wanted([]),
      missing(({ wait }) => wait === "listing"),
    );
    assert.deepEqual(shown.looks.at(-1), again);
    assert.deepEqual(Object.keys(verdictsOf(seenOf(shown))), ["sales"]);
    const gone = observed(on(), { records }, wanted([]), {
      databases: ({ wait }) =>
        wait === "listing" ? { databases: [], timedOut: true, isInstanceGone: true } : undefined,
    });
    assert.deepEqual(gone.seen, { blocked: { kind: "instanceNotFound" } });
  });

  it("counts so of every declared name before a drop that makes room for it", () => {
    const on = stage({ crm: "" });
    const missed = play(observe(context(), wanted(["crm"]), { beforeDrop: true }), on, {
      databases: (call) => (call.again ? undefined : { databases: [], timedOut: false }),
    });
    assert.ok(!("blocked" in missed));
    assert.deepEqual(
      [callsOf(on, "databases"), verdictsOf(missed)],
      [[{ call: "databases" }, again], { crm: "theirs" }],
    );
    assert.deepEqual(observed(stage(), {}, wanted(["crm"])).looks.length, 1);
  });

  it("counts after two looks in a row: a list that lacks another name is no second one", () => {
    const records = { orders: filled("orders", "orders00"), crm: filled("crm", "crm00000") };
    const on = () => stage({ orders: description("orders00"), crm: description("crm00000") });
    const lists = (...lacked: readonly string[]) => {
      let looks = 0;
      const databases: ByHand["databases"] = (_call, at) => {
        const lacks = lacked[looks++];
        const all = [...at.databases].filter(([name]) => name !== lacks);
        return { databases: all.map(([name, one]) => foundOf({ name, ...one })), timedOut: false };
      };
      const result = observed(on(), { records }, wanted([]), { databases });
      return [result.looks.length, verdictsOf(seenOf(result))];
    };
    const ours = { orders: "ours", crm: "ours" };
    assert.deepEqual(lists("orders", "crm"), [3, ours]);
    assert.deepEqual(lists("orders", "crm", "orders", "crm"), [5, ours]);
    assert.deepEqual(lists("orders", "orders"), [2, { ...ours, orders: "absent" }]);
  });

  it("is looked at as a report where that is asked for", () => {
    const on = stage({ orders: "" });
    play(look(context(), ["orders"], { recent: true }), on);
    assert.deepEqual(callsOf(on, "databases"), [{ call: "databases", recent: true }]);
  });
});

describe("observe: what is being deleted", () => {
  const deletes = (polls: number, timedOut: boolean): NonNullable<ByHand["databases"]> => {
    let looks = 0;
    return () =>
      listingOf(looks++ < polls ? { orders: "Deleting", other: "Deleting" } : {}, timedOut && looks > 1);
  };

  it("is waited for, by the names that matter, and then absent", () => {
    const { seen, looks } = observed(stage(), {}, wanted(["orders"]), { databases: deletes(3, false) });
    const wait: Look = { call: "databases", wait: "dropping", names: ["orders"] };
    assert.deepEqual(looks, [{ call: "databases" }, wait, wait, wait]);
    assert.ok(!("blocked" in seen));
    assert.deepEqual([verdictsOf(seen), seen.stillDeleting], [{ orders: "absent" }, []]);
  });

  it("and begins to be so at the second look is waited for, too, with the tags of then", () => {
    const records = { orders: filled("orders", "orders00"), crm: filled("crm", "crm00000") };
    const statuses = ["Running", "Deleting", "Deleting", "Deleting"];
    const on = stage();
    const { seen, looks } = observed(on, { records }, wanted([]), {
      databases: () => {
        const status = statuses.shift();
        return listingOf(status === undefined ? {} : { orders: status });
      },
    });
    assert.deepEqual(
      looks.map(({ again, wait }) => (again ? "again" : (wait ?? "look"))),
      ["look", "again", "look", "dropping", "dropping", "again"],
    );
    assert.equal(on.made.filter((call) => call === "tags").length, 2);
    assert.ok(!("blocked" in seen));
    assert.deepEqual([verdictsOf(seen), seen.stillDeleting], [{ crm: "absent", orders: "absent" }, []]);
  });

  it("and still so at the timeout is absent and named", () => {
    const { seen, looks } = observed(stage(), {}, wanted(["orders"]), { databases: deletes(9, true) });
    assert.equal(looks.length, 2);
    assert.ok(!("blocked" in seen));
    assert.deepEqual([verdictsOf(seen), seen.stillDeleting], [{ orders: "absent" }, ["orders"]]);
  });
});

describe("observe: what may still be listed", () => {
  const listingLate = (after: number, limit = 9): NonNullable<ByHand["databases"]> => {
    let polls = 0;
    return ({ wait }) => {
      if (wait === "listing") polls++;
      return listingOf(polls < after ? {} : { crm: "Running" }, polls >= limit);
    };
  };

  it("is waited for, by name, until it is listed or the grace is over", () => {
    const on = () => withIntent(stage(), intent("mine0000", ["crm"], { phase: "accepted" }));
    const filling = { ...filled("crm", "mine0000"), phase: "filling" } as const;
    const late = observed(on(), { records: { crm: filling } }, wanted([]), { databases: listingLate(3) });
    const wait: Look = { call: "databases", wait: "listing", names: ["crm"] };
    assert.deepEqual(late.looks, [{ call: "databases" }, wait, wait, wait]);
    assert.deepEqual(verdictsOf(seenOf(late)), { crm: "ours" });
    const never = observed(on(), { records: { crm: filling } }, wanted([]), { databases: listingLate(9, 2) });
    assert.deepEqual([never.looks.length, verdictsOf(seenOf(never))], [3, { crm: "absent" }]);
  });

  it("is waited for where only an intent of ours covers a name that nobody names", () => {
    const on = () => withIntent(stage(), intent("mine0000", ["crm"], { phase: "accepted" }));
    const { seen, looks } = observed(on(), {}, wanted([]), { databases: listingLate(2) });
    assert.deepEqual(looks, [
      { call: "databases" },
      { call: "databases", wait: "listing", names: [] },
      { call: "databases", wait: "listing", names: [] },
    ]);
    assert.ok(!("blocked" in seen));
    assert.deepEqual(Object.keys(verdictsOf(seen)), ["crm"]);
    const rules = { ...allRules, waitForAllCovered: false };
    assert.equal(observed(on(), { rules }, wanted([]), { databases: listingLate(2) }).looks.length, 1);
  });

  it("and is declared is waited for where the rule for all others is taken out", () => {
    const rules = { ...allRules, waitForAllCovered: false };
    const on = () => withIntent(stage(), intent("mine0000", ["crm"], { phase: "accepted" }));
    const looks = (declared: readonly string[]) => {
      const records = { crm: { ...filled("crm", "mine0000"), phase: "filling" } as const };
      return observed(on(), { rules, records }, wanted(declared), { databases: listingLate(2) }).looks.length;
    };
    assert.deepEqual([looks(["crm"]), looks([])], [3, 1]);
  });
});

describe("observe: the tasks", () => {
  const time = 1_795_807_000;
  const pending = intent("mine0000", ["orders_qa"], { phase: "accepted", time });

  it("are asked for what they decide: by both names, beside which others, and when they began", () => {
    const on = withIntent(stage({ orders_qa: "" }), pending);
    const names = wanted({ orders: "orders_qa", crm: "crm_qa" });
    const records = { old: filled("old", "older000") };
    const { asked } = observed(on, { records, declared: ["orders_qa", "ORDERS", "last"] }, names);
    assert.deepEqual(asked, [
      {
        call: "tasks",
        name: "orders_qa",
        source: "orders",
        others: ["crm", "crm_qa", "old", "last"],
        id: "mine0000",
        window: { from: time, until: time + 300 },
      },
    ]);
  });

  it("are asked without a source name that is not known, and whenever they began where that rule is taken out", () => {
    const rules = { ...allRules, tasksWindow: false };
    const on = withIntent(stage({ orders_qa: "" }), pending);
    const { asked } = observed(on, { rules }, wanted(["other"]));
    assert.deepEqual(asked, [
      { call: "tasks", name: "orders_qa", source: undefined, others: ["other", "other"], id: "mine0000" },
    ]);
  });

  it("decide whose it is", () => {
    for (const [trace, kind] of [
      ["made", "ours"],
      ["failed", "theirs"],
    ] as const) {
      const on = withIntent(stage({ orders_qa: "" }), pending);
      const result = observed(on, {}, wanted({ orders: "orders_qa" }), { tasks: () => trace });
      assert.deepEqual(verdictsOf(seenOf(result)), { orders_qa: kind });
    }
  });

  it("are asked for no other name", () => {
    const on = withIntent(stage({ orders_qa: "", crm: "a note" }), pending);
    assert.deepEqual(
      observed(on, {}, wanted({ crm: "crm" })).asked.map(({ name }) => name),
      ["orders_qa"],
    );
  });
});

describe("observe: a database that only its record shows", () => {
  it("is told from one of another spelling", () => {
    const kindsOf = (target: string, text = "") => {
      const records = { orders: filled("orders", "orders00", { target, unmarked: true }) };
      return verdictsOf(seenOf(observed(stage({ Orders: text }), { records }, wanted([]))))["orders"];
    };
    assert.deepEqual([kindsOf("Orders"), kindsOf("orders")], ["ours", "theirs"]);
    assert.equal(kindsOf("orders", description("orders00")), "ours");
  });
});

describe("what is listed is its record's", () => {
  const found = (text: string) => foundOf({ name: "orders", status: "Running", description: text });
  const record = filled("orders", "orders00");

  it("with the mark of its id; without a mark only where none was ever to be written", () => {
    const is = (text: string, one: Parameters<typeof isOwn>[2], marksOn = true) =>
      isOwn(context({ marksOn }), found(text), one);
    assert.equal(is(description("orders00"), record), true);
    assert.equal(is(description("other000"), record), false);
    assert.equal(is(description("other000"), record, false), false);
    assert.equal(is("", record), false);
    assert.equal(is("", record, false), true);
    assert.equal(is("", { ...record, unmarked: true }), true);
    // Where names are told apart by case, another spelling is another database.
    const other = { ...record, target: "Orders", unmarked: true } as const;
    assert.deepEqual([is("", other), is("", { ...other, phase: "filling" })], [false, true]);
    assert.equal(is(description("orders00"), other), true);
    const adopted = { phase: "adopted", target: "orders" } as const;
    assert.equal(is("", adopted), false);
    assert.equal(is("", adopted, false), false);
  });
});

import assert from "node:assert/strict";
import { preview } from "../../../provider/src/reconcile/preview";
import { reconcile } from "../../../provider/src/reconcile/reconcile";
import { refresh } from "../../../provider/src/reconcile/refresh";
import { destroy } from "../../../provider/src/reconcile/replace";
import { intentKey } from "../../../provider/src/ownership/intent";
import { CallFailed } from "../../../provider/src/reconcile/calls";
import {
  backup,
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
  type Stage,
} from "./stage";

const atTimeout = () => ({ databases: [], timedOut: true });
const records = { orders: filled("orders", "orders00"), crm: filled("crm", "crm00000") };
const listed = () => stage({ orders: description("orders00"), crm: description("crm00000") });
const gone = { databases: () => ({ databases: [], timedOut: false, isInstanceGone: true }) };
const unanswered = {
  databases: () => {
    throw new CallFailed("no answer");
  },
};

describe("refresh", () => {
  it("forgets what is gone, marks what is foreign, and takes what people see from the list", () => {
    const on = stage({ orders: "", crm: description("crm00000") });
    on.databases.set("crm", { status: "Offline", description: description("crm00000") });
    const lost = { ...filled("lost", "lost0000") };
    const filling = { ...filled("filling", "fill0000"), phase: "filling" } as const;
    const end = play(refresh(context({ records: { ...records, lost, filling } })), on);
    assert.equal(end.end, "seen");
    const statuses = Object.entries(end.records).map(([name, { status }]) => [name, status]);
    assert.deepEqual(Object.fromEntries(statuses), { orders: "Foreign", crm: "Offline", filling: "Missing" });
    assert.deepEqual(kinds(on.said), ["foreign orders", "notRunning crm", "vanished lost"]);
    assert.ok(!on.made.includes("tags"));
  });

  it("lets the resource go only with its instance, and keeps the state where nothing answers", () => {
    assert.deepEqual(play(refresh(context({ records })), stage(), gone), { end: "gone" });
    assert.equal(play(refresh(context({ records })), listed(), unanswered).end, "refused");
    const end = play(refresh(context({ records })), stage());
    assert.deepEqual(end, { end: "seen", records: {} });
  });
});

describe("destroy", () => {
  it("drops what it recorded, and names what may be left over", () => {
    const on = listed();
    on.databases.set("old", { status: "Running", description: description("old00000") });
    assert.deepEqual(play(destroy(context({ records })), on), { end: "gone" });
    assert.deepEqual([...on.databases.keys()], ["old"]);
    assert.deepEqual(kinds(on.said), ["maybeOrphan old", "dropped crm", "dropped orders"]);
  });

  it("leaves what another resource that was met declares", () => {
    const on = listed();
    const end = play(destroy(context({ records })), on, {
      declaredElsewhere: ({ name }) => (name === "crm" ? "urn:b" : undefined),
    });
    assert.equal(end.end, "gone");
    assert.deepEqual([...on.databases.keys()], ["crm"]);
  });

  it("leaves what was dropped and made anew right before", () => {
    const on = listed();
    const end = play(destroy(context({ records })), on, {
      databases: ({ lock }, { databases }) => {
        if (lock && databases.has("crm")) databases.set("crm", { status: "Running", description: "" });
        return undefined;
      },
    });
    assert.equal(end.end, "gone");
    assert.deepEqual([...on.databases.keys()], ["crm"]);
  });

  it("succeeds where the instance does not exist", () => {
    assert.deepEqual(play(destroy(context({ records })), stage(), gone), { end: "gone" });
  });

  it("is refused in a replacement where the instance does not exist, and where nothing can be judged", () => {
    const denied: Parameters<typeof play>[2] = {
      tags: () => ({ state: "denied", reason: "no permission" }),
    };
    const none = play(destroy(context({ records }), wanted(["orders"])), stage(), gone);
    assert.deepEqual(none, { end: "refused", reasons: [{ kind: "instanceNotFound" }] });
    const unread = play(destroy(context({ records })), listed(), denied);
    assert.deepEqual(unread, {
      end: "refused",
      reasons: [{ kind: "tagsUnreadable", reason: "no permission" }],
    });
  });

  it("succeeds where the instance goes while it waits, and fails in a replacement", () => {
    const interrupted = () => withIntent(stage({ orders: "" }), intent("orders00", ["orders"]));
    const filling = { orders: { ...records.orders, phase: "filling" } as const };
    const going = {
      databases: ({ wait }: { wait?: string }) =>
        wait === "running" ? { databases: [], timedOut: false, isInstanceGone: true } : undefined,
    };
    const of = (next?: ReturnType<typeof wanted>) =>
      play(destroy(context({ records: filling }), next), interrupted(), going).end;
    assert.deepEqual([of(), of(wanted(["orders"]))], ["gone", "failed"]);
  });

  it("waits for what is being deleted, and does not drop it", () => {
    const on = listed();
    on.databases.set("crm", { status: "Deleting", description: description("crm00000") });
    const end = play(destroy(context({ records })), on, {
      databases: ({ wait }, { databases }) => {
        if (wait === "dropping") databases.delete("crm");
        return undefined;
      },
    });
    assert.equal(end.end, "gone");
    assert.ok(!on.made.includes("drop crm"));
  });
});

describe("the first half of a replacement", () => {
  const drops = ({ made }: Stage) => made.filter((call) => call.startsWith("drop")).length;
  const refused = (on: Stage, next = wanted(["orders", "crm"]), byHand: Parameters<typeof play>[2] = {}) => {
    const end = play(destroy(context({ records }), next), on, byHand);
    assert.equal(end.end, "refused");
    assert.equal(drops(on), 0);
    return kinds(end.end === "refused" ? end.reasons : []);
  };

  it("drops nothing where the new copy would be refused, or cannot be looked at", () => {
    const bad = { lookAhead: () => ({ state: "refused", reasons: ["no such backup"] }) as const };
    const unknown = { lookAhead: () => ({ state: "unknown", reasons: ["no answer"] }) as const };
    assert.deepEqual(refused(listed(), undefined, bad), ["copyBlocked"]);
    assert.deepEqual(refused(listed(), undefined, unknown), ["copyUnknown"]);
    assert.deepEqual(refused(listed(), undefined, unanswered), ["lookFailed"]);
    assert.deepEqual(refused(listed(), undefined, { tags: () => ({ state: "denied", reason: "no" }) }), [
      "tagsUnreadable",
    ]);
  });

  it("drops nothing where a name of the new creation is taken", () => {
    const on = listed();
    on.databases.set("billing", { status: "Running", description: "" });
    assert.deepEqual(refused(on, wanted(["orders", "billing"])), ["refused billing"]);
    const foreign = stage({ orders: "a note", crm: description("crm00000") });
    assert.deepEqual(refused(foreign), ["refused orders"]);
  });

  const again = wanted(["orders", "crm"]);

  it("drops nothing where the tags of people leave no room; its own intents count as room", () => {
    assert.deepEqual(refused(tagged(listed(), 10)), ["tagsFull"]);
    assert.deepEqual(refused(tagged(listed(), 11), { ...again, marksOn: true }), ["tagsFull"]);
    const end = (on: Stage, next = again) => play(destroy(context({ records }), next), on).end;
    assert.equal(end(withIntent(tagged(listed(), 9), intent("crm00000", ["crm"]))), "gone");
    assert.equal(end(tagged(listed(), 10), { ...again, marksOn: false }), "gone");
  });

  it("waits for the intents of others, and drops nothing if they stay", () => {
    const others = intent("others00", ["users"], { owner: "other0000000" });
    const on = withIntent(tagged(listed(), 9), others);
    let waits = 0;
    const leaving: Parameters<typeof play>[2] = {
      databases: ({ wait }, { tags }) => {
        if (wait === "retry" && ++waits === 3) tags.delete(intentKey(others.id));
        return undefined;
      },
    };
    assert.equal(play(destroy(context({ records }), again), on, leaving).end, "gone");
    assert.equal(waits, 3);
    const staying = {
      databases: ({ wait }: { wait?: string }) => (wait === "retry" ? atTimeout() : undefined),
    };
    assert.deepEqual(refused(withIntent(tagged(listed(), 9), others), again, staying), ["tagsFull"]);
  });

  it("counts a disputed intent of its own as taken, and judges again after it has waited", () => {
    const users = () => {
      const on = withIntent(tagged(listed(), 8), intent("mine0000", ["users"]));
      on.databases.set("users", { status: "Running", description: "" });
      return withIntent(on, intent("others00", ["users"], { owner: "other0000000" }));
    };
    const staying = {
      databases: ({ wait }: { wait?: string }) => (wait === "retry" ? atTimeout() : undefined),
    };
    assert.deepEqual(refused(users(), again, staying), ["tagsFull"]);
    const taking: Parameters<typeof play>[2] = {
      databases: ({ wait }, { tags, databases }) => {
        if (wait !== "retry") return undefined;
        tags.delete(intentKey("others00"));
        databases.set("billing", { status: "Running", description: "" });
        return undefined;
      },
    };
    assert.deepEqual(refused(users(), wanted(["orders", "billing"]), taking), ["refused billing"]);
  });

  it("drops what never had a mark and cannot get one, by its record", () => {
    const unmarked = { orders: { ...records.orders, unmarked: true as const } };
    const on = stage({ orders: "" });
    const denied = { mark: () => ({ state: "denied", reason: "no" }) as const };
    assert.equal(play(destroy(context({ records: unmarked }), wanted(["orders"])), on, denied).end, "gone");
    assert.equal(on.databases.size, 0);
  });

  it("drops nothing while a name of the new creation cannot get its mark, and leaves another one", () => {
    const interrupted = () =>
      withIntent(
        stage({ crm: description("crm00000"), orders: "" }),
        intent("orders00", ["orders"], { phase: "accepted" }),
      );
    const denied = { mark: () => ({ state: "denied", reason: "no" }) as const };
    const of = (names: readonly string[], on: Stage) =>
      play(destroy(context({ records: { crm: records.crm } }), wanted(names)), on, denied);
    const [same, other] = [interrupted(), interrupted()];
    const end = of(["orders", "crm"], same);
    assert.equal(end.end, "failed");
    assert.deepEqual("reasons" in end ? kinds(end.reasons) : [], ["unmarked orders"]);
    assert.deepEqual([...same.databases.keys()], ["crm", "orders"]);
    assert.equal(same.tags.size, 1);
    assert.equal(of(["billing"], other).end, "gone");
    assert.deepEqual([...other.databases.keys()], ["orders"]);
  });

  it("keeps covered what it could not mark until that is left, in case another drop fails", () => {
    const on = withIntent(
      stage({ crm: description("call0000"), orders: "" }),
      intent("call0000", ["crm", "orders"], { phase: "recorded" }),
    );
    const filling = (name: string) => ({ ...filled(name, "call0000"), phase: "filling" }) as const;
    const known = context({ records: { crm: filling("crm"), orders: filling("orders") } });
    const denied = { state: "denied", reason: "no" } as const;
    assert.equal(play(destroy(known), on, { mark: () => denied, drop: () => denied }).end, "failed");
    assert.equal(on.tags.size, 1);
    assert.equal(play(destroy(known), on).end, "gone");
    assert.deepEqual([on.databases.size, on.tags.size], [0, 0]);
  });

  it("fails where a name of the new creation was taken by someone else before its drop, and otherwise leaves it", () => {
    const taken: Parameters<typeof play>[2] = {
      // The intents are off: the look at the drop is next.
      eraseIntent: (_call, { databases }) => {
        databases.set("orders", { status: "Running", description: "mine now" });
        return undefined;
      },
    };
    const of = (next?: readonly string[]) => {
      const on = withIntent(stage({ orders: description("orders00") }), intent("orders00", ["orders"]));
      const end = play(
        destroy(context({ records: { orders: records.orders } }), next && wanted(next)),
        on,
        taken,
      );
      assert.ok(on.databases.has("orders"));
      return "reasons" in end ? [end.end, ...kinds(end.reasons)] : [end.end, ...kinds(on.said)];
    };
    assert.deepEqual(of(["orders"]), ["failed", "foreign orders"]);
    assert.deepEqual(of(["crm"]), ["gone", "left orders"]);
    assert.deepEqual(of(), ["gone", "left orders"]);
  });

  it("asks the tags for a creation with marks, although its databases never had any", () => {
    const unmarked = { orders: { ...records.orders, unmarked: true as const } };
    const off = context({ records: unmarked, marksOn: true });
    const denied = { tags: () => ({ state: "denied", reason: "no" }) as const };
    const on = stage({ orders: "" });
    assert.equal(play(destroy(off, wanted(["orders"])), on, denied).end, "refused");
    assert.ok(on.databases.has("orders"));
    assert.equal(play(destroy(off, wanted(["orders"])), on).end, "gone");
    assert.equal(on.databases.size, 0);
  });

  it("drops what an interrupted run made under a name of the new creation, too", () => {
    const on = withIntent(listed(), intent("billing0", ["billing"]));
    on.databases.set("billing", { status: "Running", description: "" });
    const end = play(destroy(context({ records }), wanted(["orders", "billing"])), on);
    assert.equal(end.end, "gone");
    assert.deepEqual([...on.databases.keys()], []);
  });
});

describe("preview", () => {
  it("says what the run does", () => {
    const on = withIntent(listed(), intent("inter000", ["billing"]));
    on.databases.set("billing", { status: "Running", description: "" });
    on.databases.set("users", { status: "Running", description: description("users000") });
    on.databases.set("notes", { status: "Running", description: "notes" });
    const want = wanted(["orders", "billing", "users", "notes", "fresh"], {
      claim: ["users000"],
      adopt: true,
    });
    const before = [...on.databases];
    const said = play(preview(context({ records }), want, { kind: "change" }), on);
    assert.deepEqual(said, {
      end: "fine",
      copies: ["fresh"],
      drops: ["crm"],
      retains: [],
      adopts: ["notes"],
      claims: new Map([["users", backup("2")]]),
      resumes: ["billing", "users"],
      held: [backup("2")],
      warnings: [],
    });
    assert.deepEqual([...on.databases], before);
    const run = play(reconcile(context({ records }), want), on);
    assert.equal(run.end, "done");
    assert.deepEqual([...on.databases.keys()].sort(), ["billing", "fresh", "notes", "orders", "users"]);
  });

  it("refuses for the same reasons as the run", () => {
    const taken = () => stage({ orders: "", crm: description("other000", backup("2"), "other0000000") });
    const said = play(preview(context(), wanted(["orders", "crm"]), { kind: "change" }), taken());
    const run = play(reconcile(context(), wanted(["orders", "crm"])), taken());
    assert.equal(said.end, "refused");
    assert.deepEqual(said, run);
  });

  it("of a replacement without its records refuses nothing that they may know, and warns of what it does not expect", () => {
    const of = (name: string, names: readonly string[], on = listed(), owners: readonly string[] = []) => {
      const said = play(
        preview(context(), wanted([name]), { kind: "replacement", unseen: { names, owners, marksOn: true } }),
        on,
      );
      return said.end === "fine" ? [said.end, ...kinds(said.warnings)] : [said.end];
    };
    assert.deepEqual(of("orders", ["orders"]), ["fine"]);
    assert.deepEqual(of("orders", ["crm"]), ["fine", "maybeReplaced orders"]);
    // The intent that an unfinished run has handed to its state, too.
    const unmarked = () =>
      withIntent(stage({ orders: "" }), intent("call0000", ["orders"], { phase: "recorded" }));
    assert.deepEqual(of("orders", ["crm"], unmarked()), ["fine", "maybeReplaced orders"]);
    // Under a former URN, that the inputs tell or nobody.
    const other = () => stage({ orders: description("orders00", backup("2"), "former000000") });
    assert.deepEqual(of("orders", ["orders"], other(), ["former000000"]), ["fine"]);
    assert.deepEqual(of("orders", ["orders"], other()), ["fine", "maybeReplaced orders"]);
    assert.deepEqual(of("orders", ["crm"], other()), ["refused"]);
    assert.deepEqual(of("orders", ["orders"], stage({ orders: "" })), ["refused"]);
  });

  it("of a replacement without its records warns that what would be adopted may be recorded", () => {
    const of = (names: readonly string[], marksOn = true) => {
      const unseen = { names, owners: [], marksOn };
      const want = wanted(["orders"], { adopt: true });
      const said = play(
        preview(context(), want, { kind: "replacement", unseen }),
        stage({ orders: "", crm: "" }),
      );
      return said.end === "fine" ? kinds(said.warnings) : [said.end];
    };
    assert.deepEqual(of(["orders"]), ["maybeAdopted orders"]);
    assert.deepEqual(of(["crm"]), []);
    // Without marks the record alone decides, and the run drops it.
    assert.deepEqual(of(["orders"], false), []);
  });

  it("of a replacement whose records are at hand refuses what they do not know", () => {
    const of = (known: typeof records | object) =>
      play(preview(context({ records: { ...known } }), wanted(["orders"]), { kind: "replacement" }), listed())
        .end;
    assert.equal(of(records), "fine");
    assert.equal(of({}), "refused");
  });

  it("refuses at once where the tags of people leave no room for a copy, as the run does", () => {
    const full = () => tagged(listed(), 10);
    const of = (names: readonly string[]) => [
      play(preview(context({ records }), wanted(names), { kind: "change" }), full()).end,
      play(reconcile(context({ records }), wanted(names)), full()).end,
    ];
    assert.deepEqual(of(["orders", "crm", "fresh"]), ["refused", "refused"]);
    assert.deepEqual(of(["orders", "crm"]), ["fine", "done"]);
    const replaced = preview(context({ records }), wanted(["orders"]), { kind: "replacement" });
    assert.equal(play(replaced, full()).end, "refused");
  });

  it("does not know where nothing answers", () => {
    assert.deepEqual(play(preview(context(), wanted(["orders"]), { kind: "change" }), stage(), unanswered), {
      end: "unknown",
      reason: "no answer",
    });
  });
});

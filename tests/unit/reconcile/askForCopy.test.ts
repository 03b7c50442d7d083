import assert from "node:assert/strict";
import { nameHash, readIntents, sourceKey, type Intent } from "../../../provider/src/ownership/intent";
import { allRules } from "../../../provider/src/ownership/rules";
import { copyInto } from "../../../provider/src/reconcile/askForCopy";
import { CallFailed, type CopyAnswer } from "../../../provider/src/reconcile/calls";
import type { Context } from "../../../provider/src/reconcile/operation";
import {
  backup,
  begun,
  context,
  description,
  filled,
  intent,
  own,
  play,
  source,
  stage,
  wanted,
  withIntent,
  type ByHand,
  type Stage,
} from "./stage";

/* One request of copies, with a run that has looked: what is asked, what is recorded, and which intents are left. */

const pairs = { orders: "orders_qa", crm: "crm_qa" };
const both = ["orders_qa", "crm_qa"];
const now = 1_795_807_805;

interface Asking {
  readonly names?: readonly string[];
  readonly on?: Stage;
  readonly more?: Partial<Context>;
  readonly mine?: readonly Intent[];
  readonly spelled?: Readonly<Record<string, string>>;
}

function asked(
  { names = both, on = stage(), more = {}, mine = [], spelled = {} }: Asking,
  byHand: ByHand = {},
) {
  for (const one of mine) withIntent(on, one);
  const run = begun({ mine }, { context: context(more), wanted: wanted(pairs) });
  const reasons = play(copyInto(run, names, { points: on.points, spelled }), on, byHand);
  const watched = ["writeIntent", "eraseIntent", "databases", "copy"];
  return { reasons, run, on, calls: on.calls.filter(({ call }) => watched.includes(call)) };
}

const tags = (on: Stage) => {
  const read = readIntents(Object.fromEntries(on.tags));
  assert.ok(read.state === "read");
  return read.intents.map(({ id, phase }) => `${id} ${phase}`);
};

/** Answers to the copy calls, one after the other; then the stage answers. */
const answers =
  (...given: (CopyAnswer | undefined)[]): NonNullable<ByHand["copy"]> =>
  () =>
    given.shift();
const lost: CopyAnswer = { state: "lost", reason: "reset" };

describe("a copy call", () => {
  it("follows an intent and a look under the lock; accepted, it is recorded, and its intent says so", () => {
    const { reasons, run, on, calls } = asked({ spelled: { orders: "ORDERS" } });
    assert.equal(reasons, undefined);
    assert.deepEqual(on.made, ["newId", "now", "writeIntent", "databases", "copy", "unlock", "writeIntent"]);
    const pending: Intent = {
      id: "id000000",
      owner: own,
      time: now,
      phase: "pending",
      point: backup("2"),
      source: sourceKey(source, Object.entries(pairs)),
      names: both.map(nameHash),
    };
    assert.deepEqual(calls, [
      { call: "writeIntent", intent: pending },
      { call: "databases", lock: true },
      { call: "copy", id: "id000000", point: backup("2"), names: { ORDERS: "orders_qa", crm: "crm_qa" } },
      { call: "writeIntent", intent: { ...pending, phase: "accepted" } },
    ]);
    assert.deepEqual(run.mine, [{ ...pending, phase: "accepted" }]);
    const request = { requestId: "request-id000000" };
    assert.deepEqual(run.filled, { restorePoint: backup("2"), ...request });
    const record = { phase: "filling", id: "id000000", point: backup("2"), status: "Requested", ...request };
    const askedAt = "2026-11-27T19:30:05Z";
    assert.deepEqual(Object.fromEntries(run.records), {
      orders_qa: { ...record, target: "orders_qa", source: "orders", askedAt },
      crm_qa: { ...record, target: "crm_qa", source: "crm", askedAt },
    });
  });

  it("has no intent without marks, and its records say that they were never marked", () => {
    const { run, on } = asked({ more: { marksOn: false } });
    assert.deepEqual(on.made, ["newId", "now", "databases", "copy", "unlock"]);
    assert.deepEqual(run.mine, []);
    for (const record of run.records.values()) assert.ok(record.phase === "filling" && record.unmarked);
  });

  it("is for a name as it is where the program does not declare it", () => {
    const { calls } = asked({ names: ["kept"] });
    const copy = calls.find((call) => call.call === "copy");
    assert.ok(copy?.call === "copy");
    assert.deepEqual(copy.names, { kept: "kept" });
  });

  it("takes no lock, and notes no answer, where those rules are taken out", () => {
    const rules = { ...allRules, lookLocked: false, acceptedPhase: false };
    const { on, calls } = asked({ more: { rules } });
    assert.deepEqual(on.made, ["newId", "now", "writeIntent", "databases", "copy"]);
    assert.deepEqual(calls[1], { call: "databases", lock: false });
    assert.deepEqual(tags(on), ["id000000 pending"]);
  });

  it("is not made without its intent", () => {
    const denied = asked({}, { writeIntent: () => ({ state: "denied", reason: "no permission" }) });
    assert.deepEqual(denied.reasons, [{ kind: "tagsDenied", reason: "no permission" }]);
    assert.deepEqual(denied.on.made, ["newId", "now", "writeIntent"]);
    assert.deepEqual(denied.run.mine, []);
  });

  it("is not made over what appeared under a name, listed or being deleted; the intent goes", () => {
    const on = stage({ crm_qa: "", other: "" });
    on.databases.set("orders_qa", { status: "Deleting", description: "" });
    const { reasons, run } = asked({ on });
    assert.deepEqual(reasons, [
      { kind: "refused", name: "orders_qa", why: "stillDeleting" },
      { kind: "refused", name: "crm_qa", why: "appeared" },
    ]);
    assert.ok(!on.made.includes("copy") && on.made.includes("unlock"));
    assert.deepEqual([tags(on), run.mine], [[], []]);
  });

  it("that finds a name taken which is not listed, or is refused, takes its intent off and says why", () => {
    const duplicate = asked({}, { copy: answers({ state: "duplicate", reason: "taken" }) });
    assert.deepEqual(
      duplicate.reasons,
      both.map((name) => ({ kind: "refused", name, why: "unlisted" })),
    );
    const no = asked({}, { copy: answers({ state: "refused", reason: "no", isNotInBackup: false }) });
    assert.deepEqual(no.reasons, [{ kind: "copyRefused", names: both, reason: "no" }]);
    for (const { on, run } of [duplicate, no]) {
      assert.deepEqual([tags(on), run.mine, run.records.size], [[], [], 0]);
      assert.equal(on.made.filter((call) => call === "copy").length, 1);
    }
  });
});

describe("a copy call that may be carried out later", () => {
  const busy: CopyAnswer = { state: "later", reason: "busy" };

  it("is repeated under the same id, with the time of the last one, after another look", () => {
    let time = now;
    const { reasons, run, calls } = asked({}, { copy: answers(busy, busy), now: () => time++ });
    assert.equal(reasons, undefined);
    const written = calls.flatMap((call) =>
      call.call === "writeIntent" ? [`${call.intent.id} ${call.intent.phase} ${call.intent.time - now}`] : [],
    );
    assert.deepEqual(written, [0, 1, 2].map((s) => `id000000 pending ${s}`).concat("id000000 accepted 2"));
    const waits = calls.flatMap((call) => (call.call === "databases" && call.wait ? [call] : []));
    const wait = { call: "databases", wait: "retry", names: both } as const;
    assert.deepEqual(waits, [wait, wait]);
    assert.equal(run.mine.length, 1);
  });

  it("ends at the timeout, or where the intent cannot be written again; the intent goes", () => {
    const late: ByHand = {
      copy: answers(busy),
      databases: ({ wait }) => (wait === "retry" ? { databases: [], timedOut: true } : undefined),
    };
    const over = asked({}, late);
    assert.deepEqual(over.reasons, [{ kind: "copyTimedOut", names: both, reason: "busy" }]);
    let writes = 0;
    const denied = asked(
      {},
      {
        copy: answers(busy),
        writeIntent: () => (++writes > 1 ? { state: "denied", reason: "no permission" } : undefined),
      },
    );
    assert.deepEqual(denied.reasons, [{ kind: "tagsDenied", reason: "no permission" }]);
    for (const { on, run } of [over, denied]) assert.deepEqual([tags(on), run.mine], [[], []]);
  });
});

describe("a copy call whose answer is lost", () => {
  /** What is listed at the polls of the grace; the last one is over. */
  const appearing = (polls: readonly (readonly string[])[], text = ""): NonNullable<ByHand["databases"]> => {
    let poll = 0;
    return ({ wait }) => {
      if (wait !== "listing") return undefined;
      const names = polls[poll++] ?? [];
      const databases = names.map(
        (name) =>
          ({
            name,
            status: "creating",
            statusText: "Creating",
            mark: text === "" ? null : { owner: own, id: text, point: backup("2") },
          }) as const,
      );
      return { databases, timedOut: poll >= polls.length };
    };
  };

  it("was carried out where one of its names appears within the grace", () => {
    const { reasons, run, on, calls } = asked(
      {},
      {
        copy: answers(lost),
        databases: appearing([[], ["crm_qa"], []]),
      },
    );
    assert.equal(reasons, undefined);
    assert.deepEqual([...run.records.keys()], both);
    assert.deepEqual([tags(on), run.unanswered.size], [["id000000 accepted"], 0]);
    const [, wait] = calls.filter((call) => call.call === "databases");
    assert.deepEqual(wait, { call: "databases", wait: "listing", names: both });
  });

  it("records the request where the lost answer told it, and none where it did not", () => {
    const recorded = (answer: CopyAnswer) =>
      asked({}, { copy: answers(answer), databases: appearing([["crm_qa"]]) }).run;
    const told = recorded({ ...lost, requestId: "request" });
    const record = told.records.get("crm_qa");
    assert.ok(record?.phase === "filling" && record.requestId === "request");
    assert.deepEqual(told.filled, { restorePoint: backup("2"), requestId: "request" });
    const untold = recorded(lost).records.get("crm_qa");
    assert.ok(untold && !("requestId" in untold));
  });

  it("is made again under another id after an empty grace; accepted, the earlier intents go", () => {
    const { reasons, run, on, calls } = asked({}, { copy: answers(lost, lost) });
    assert.equal(reasons, undefined);
    assert.deepEqual(
      calls.flatMap((call) => (call.call === "copy" ? [call.id] : [])),
      ["id000000", "id000001", "id000002"],
    );
    assert.deepEqual([tags(on), run.unanswered.size], [["id000002 accepted"], 0]);
    assert.deepEqual(
      run.mine.map(({ id }) => id),
      ["id000002"],
    );
  });

  it("is made three times at most; then all is open, and every intent stays pending", () => {
    const { reasons, run, on } = asked(
      {},
      { copy: answers(lost, { ...lost, reason: "timeout" }, lost, lost) },
    );
    assert.deepEqual(reasons, [{ kind: "copyUnanswered", names: both, reason: "reset" }]);
    assert.equal(on.made.filter((call) => call === "copy").length, 3);
    assert.deepEqual(tags(on), ["id000000 pending", "id000001 pending", "id000002 pending"]);
    assert.deepEqual([...run.unanswered], ["id000000", "id000001", "id000002"]);
    const rules = { ...allRules, askAgain: false };
    const once = asked({ more: { rules } }, { copy: answers(lost) });
    assert.equal(once.on.made.filter((call) => call === "copy").length, 1);
    assert.deepEqual(once.reasons, [{ kind: "copyUnanswered", names: both, reason: "reset" }]);
  });

  it("leaves it open what became of it where the next one is refused", () => {
    const { reasons, on, run } = asked(
      {},
      {
        copy: answers(lost, { state: "refused", reason: "no", isNotInBackup: false }),
      },
    );
    assert.deepEqual(reasons, [
      { kind: "copyRefused", names: both, reason: "no" },
      { kind: "copyUnanswered", names: both, reason: "reset" },
    ]);
    assert.deepEqual([tags(on), [...run.unanswered]], [["id000000 pending"], ["id000000"]]);
  });

  it("is open, and not made again, where what appears has a mark or is under an intent of someone else", () => {
    const others = (on: Stage) => withIntent(on, intent("others00", ["crm_qa"], { owner: "other0000000" }));
    const open = (byHand: ByHand, on = stage(), more: Partial<Context> = {}) =>
      asked({ on, more }, { copy: answers(lost), ...byHand });
    const marked = open({ databases: appearing([["orders_qa", "crm_qa"]], "other000") });
    const covered = open({ databases: appearing([["orders_qa", "crm_qa"]]) }, others(stage()));
    const untold = open({
      databases: appearing([["orders_qa"]]),
      tags: () => ({ state: "denied", reason: "no permission" }),
    });
    for (const { reasons, run, on } of [marked, covered, untold]) {
      assert.deepEqual(reasons, [{ kind: "copyUnanswered", names: both, reason: "reset" }]);
      assert.deepEqual([...run.unanswered], ["id000000"]);
      assert.ok(tags(on).includes("id000000 pending"));
      assert.equal(on.made.filter((call) => call === "copy").length, 1);
    }
    const beside = open({ databases: appearing([["orders_qa"]]) }, others(stage()));
    assert.equal(beside.reasons, undefined);
    const rules = { ...allRules, lostBesideOthers: false };
    const unasked = open({ databases: appearing([["crm_qa"]]) }, others(stage()), { rules });
    assert.equal(unasked.reasons, undefined);
    assert.ok(!unasked.on.made.includes("tags"));
  });

  it("stays open where the look after it fails", () => {
    const run = begun({}, { wanted: wanted(pairs) });
    const failing: ByHand = {
      copy: answers(lost),
      databases: ({ wait }) => {
        if (wait === "listing") throw new CallFailed("no answer");
        return undefined;
      },
    };
    const on = stage();
    assert.throws(
      () => play(copyInto(run, both, { points: on.points, spelled: {} }), on, failing),
      CallFailed,
    );
    assert.deepEqual([...run.unanswered], ["id000000"]);
  });

  it("has no intent to take off without marks", () => {
    const { reasons, on } = asked({ more: { marksOn: false } }, { copy: answers(lost, lost) });
    assert.equal(reasons, undefined);
    assert.ok(!on.made.includes("eraseIntent"));
  });
});

describe("restore points that lack a database", () => {
  const lacking: CopyAnswer = { state: "refused", reason: "no", isNotInBackup: true };

  it("are named with what they lack, and an older one is tried; the last one is a refusal", () => {
    const older = asked({}, { copy: answers(lacking) });
    assert.equal(older.reasons, undefined);
    assert.deepEqual(older.on.said, [{ kind: "notInBackup", names: both, point: backup("2") }]);
    assert.deepEqual(older.run.filled?.restorePoint, backup("1"));
    assert.deepEqual(tags(older.on), ["id000001 accepted"]);
    const none = asked({}, { copy: answers(lacking, lacking) });
    assert.deepEqual(none.reasons, [{ kind: "noRestorePoint", names: both }]);
    assert.equal(none.on.said.length, 1);
    assert.deepEqual(tags(none.on), []);
  });

  it("are a refusal at once where there are none", () => {
    const on = stage();
    on.points = [];
    assert.deepEqual(asked({ on }).reasons, [{ kind: "noRestorePoint", names: both }]);
    assert.deepEqual(on.made, []);
  });

  it("are not exchanged after a first call: all of a run is from one point", () => {
    const names = Array.from({ length: 22 }, (_, i) => `db${i}`);
    const last = names.slice(21);
    const { reasons, calls } = asked({ names }, { copy: answers(undefined, lacking) });
    assert.deepEqual(reasons, [{ kind: "noRestorePoint", names: last }]);
    const points = calls.flatMap((call) => (call.call === "copy" ? [call.point] : []));
    assert.deepEqual(points, [backup("2"), backup("2")]);
  });
});

describe("room for the tag of a copy call", () => {
  const full = { state: "full", keys: ["team"] } as const;
  const earlier = intent("early000", ["old"]);

  /** No room while more than `room` intents are there, unless it is waited for. */
  const crowded = (room: number): ByHand => ({
    writeIntent: ({ intent: { id }, wait }, { tags: all }) =>
      all.size >= room && !wait && ![...all.keys()].some((key) => key.endsWith(id)) ? full : undefined,
  });

  it("is made by an earlier intent of this run once what it covers carries its mark", () => {
    const on = withIntent(stage({ old: "" }), earlier);
    const run = begun({ mine: [earlier] }, { wanted: wanted(pairs) });
    run.records.set("old", { ...filled("old", "early000"), phase: "filling" });
    const reasons = play(copyInto(run, both, { points: on.points, spelled: {} }), on, crowded(1));
    assert.equal(reasons, undefined);
    assert.equal(on.databases.get("old")?.description, description("early000"));
    assert.ok(on.made.indexOf("mark old") < on.made.indexOf("eraseIntent"));
    assert.deepEqual(tags(on), ["id000000 accepted"]);
  });

  it("is not made by one that covers nothing recorded, is disputed, or has no answer: others are waited for", () => {
    const written: (boolean | undefined)[] = [];
    const wait: ByHand = {
      writeIntent: (call, at) => {
        if (call.intent.phase === "pending") written.push(call.wait);
        return crowded(1).writeIntent?.(call, at);
      },
    };
    assert.equal(asked({ mine: [earlier] }, wait).reasons, undefined);
    assert.deepEqual(written, [undefined, true]);
    const on = withIntent(stage({ old: "" }), earlier);
    const run = begun({ mine: [earlier] }, { wanted: wanted(pairs) });
    run.records.set("old", { ...filled("old", "early000"), phase: "filling" });
    run.unanswered.add("early000");
    play(copyInto(run, both, { points: on.points, spelled: {} }), on, wait);
    assert.deepEqual(written, [undefined, true, undefined, true]);
    assert.ok(!on.made.includes("mark old"));
  });

  it("that never comes is said; an earlier intent that cannot be taken off is, too", () => {
    const never = asked({}, { writeIntent: () => full });
    assert.deepEqual(never.reasons, [{ kind: "tagsFull", keys: ["team"] }]);
    const on = withIntent(stage({ old: "" }), earlier);
    const run = begun({ mine: [earlier] }, { wanted: wanted(pairs) });
    run.records.set("old", { ...filled("old", "early000"), phase: "filling" });
    const reasons = play(copyInto(run, both, { points: on.points, spelled: {} }), on, {
      ...crowded(1),
      eraseIntent: () => ({ state: "denied", reason: "no permission" }),
    });
    assert.deepEqual(reasons, [{ kind: "tagsDenied", reason: "no permission" }]);
    assert.ok(!on.made.includes("copy"));
  });
});

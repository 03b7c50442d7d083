import assert from "node:assert/strict";
import { foundOf, type Verdict } from "../../../provider/src/ownership/evidence";
import { intentKey, nameHash, readIntents, type Intent } from "../../../provider/src/ownership/intent";
import type { DatabaseRecord } from "../../../provider/src/ownership/record";
import { allRules } from "../../../provider/src/ownership/rules";
import type { Saying } from "../../../provider/src/ownership/sayings";
import { CallFailed } from "../../../provider/src/reconcile/calls";
import {
  endUnfinished,
  eraseIntents,
  forgetAbsent,
  isClaimedWhole,
} from "../../../provider/src/reconcile/intents";
import type { Seen } from "../../../provider/src/reconcile/observe";
import type { Run } from "../../../provider/src/reconcile/run";
import { backup, begun, context, filled, intent, play, stage, withIntent, type ByHand } from "./stage";

/* Each with a run that has looked: which intents it writes, which it takes off, and what it still knows of them. */

const both = intent("both0000", ["orders", "crm"]);
const lone = intent("lone0000", ["billing"]);
const ours = (id: string, isClaimed = false): Verdict => ({
  kind: "ours",
  id,
  point: backup("2"),
  isClaimed,
});
const absent: Verdict = { kind: "absent" };
const disputed: Verdict = { kind: "theirs", why: "othersIntent", isAdoptable: false, isDisputed: true };

interface Looked {
  /** By name: the verdict. Every name is listed, unless it is absent. */
  readonly verdicts?: Readonly<Record<string, Verdict>>;
  readonly mine?: readonly Intent[];
  readonly others?: readonly Intent[];
  readonly records?: Readonly<Record<string, DatabaseRecord>>;
}

/** A run, and the target with the intents that it has seen. */
function looked({ verdicts = {}, mine = [both], others = [], records = {} }: Looked, more = {}) {
  const names = Object.keys(verdicts).filter((name) => verdicts[name] !== absent);
  const databases = names.map((name) => foundOf({ name, status: "Running", description: "" }));
  const seen: Partial<Seen> = {
    listing: { databases, timedOut: false },
    verdicts: new Map(Object.entries(verdicts)),
    mine,
    others,
    records,
  };
  const on = stage();
  for (const one of [...mine, ...others]) withIntent(on, one);
  return { run: begun(seen, more), on };
}

/** The intents on the target: phase and how many names. */
function tags(on: ReturnType<typeof stage>): Record<string, string> {
  const read = readIntents(Object.fromEntries(on.tags));
  assert.ok(read.state === "read");
  return Object.fromEntries(read.intents.map(({ id, phase, names }) => [id, `${phase} ${names.length}`]));
}

const knows = ({ mine }: Run) => mine.map(({ id, phase, names }) => `${id} ${phase} ${names.length}`);

const refusals: readonly (readonly [ByHand, Saying])[] = [
  [
    {
      writeIntent: () => ({ state: "denied", reason: "no permission" }),
      eraseIntent: () => ({ state: "denied", reason: "no permission" }),
    },
    { kind: "tagsDenied", reason: "no permission" },
  ],
  [
    {
      writeIntent: () => ({ state: "full", keys: ["team"] }),
      eraseIntent: () => ({ state: "later", reason: "busy" }),
    },
    { kind: "tagsFull", keys: ["team"] },
  ],
];

describe("intents before what does not exist is copied anew", () => {
  it("cover only what is there: one with nothing goes, one with all stays as it is", () => {
    const { run, on } = looked({
      verdicts: { orders: ours("both0000"), crm: absent, billing: absent, sales: ours("sales000") },
      mine: [both, lone, intent("sales000", ["sales"])],
    });
    assert.equal(play(forgetAbsent(run), on), undefined);
    assert.deepEqual(on.made, ["writeIntent", "eraseIntent"]);
    assert.deepEqual(tags(on), { both0000: "accepted 1", sales000: "accepted 1" });
    assert.deepEqual(knows(run), ["both0000 accepted 1", "sales000 accepted 1"]);
    assert.deepEqual(run.mine[0]?.names, [nameHash("orders")]);
  });

  it("stay while one of their names is disputed", () => {
    const { run, on } = looked({ verdicts: { orders: disputed, crm: absent } });
    assert.equal(play(forgetAbsent(run), on), undefined);
    assert.deepEqual([on.made, knows(run)], [[], ["both0000 accepted 2"]]);
  });

  it("end the run at the first that cannot be written or taken off", () => {
    for (const [byHand, failure] of refusals) {
      const { run, on } = looked({ verdicts: { orders: ours("both0000"), crm: absent }, mine: [both, lone] });
      assert.deepEqual(play(forgetAbsent(run), on, byHand), failure);
      assert.deepEqual(on.made, ["writeIntent"]);
      assert.deepEqual(knows(run), ["both0000 accepted 2", "lone0000 accepted 1"]);
    }
    const { run, on } = looked({ mine: [lone, both] });
    const busy = { eraseIntent: () => ({ state: "later", reason: "busy" }) as const };
    assert.deepEqual(play(forgetAbsent(run), on, busy), {
      kind: "tagsDenied",
      reason: "busy",
      isPassing: true,
    });
    assert.deepEqual(on.made, ["eraseIntent"]);
  });
});

describe("intents before a drop and at the end of a run", () => {
  it("go, and are forgotten", () => {
    const { run, on } = looked({ mine: [both, lone] });
    assert.equal(play(eraseIntents(run), on), undefined);
    assert.deepEqual([tags(on), knows(run)], [{}, []]);
  });

  it("that are gone already are forgotten as well", () => {
    const { run, on } = looked({});
    const gone = { eraseIntent: () => ({ state: "notFound" }) as const };
    assert.equal(play(eraseIntents(run), on, gone), undefined);
    assert.deepEqual(knows(run), []);
  });

  it("stay as recorded where a name is disputed, and this run touches them no more", () => {
    const { run, on } = looked({ verdicts: { orders: disputed }, mine: [lone, both] });
    assert.equal(play(eraseIntents(run), on), undefined);
    assert.deepEqual([tags(on), knows(run)], [{ both0000: "recorded 2" }, []]);
  });

  it("stay, as they are, for the names that a destroy could not mark", () => {
    const { run, on } = looked({ mine: [both, lone] });
    assert.equal(play(eraseIntents(run, ["crm"]), on), undefined);
    assert.deepEqual(tags(on), { both0000: "accepted 1" });
    assert.deepEqual(run.mine[0]?.names, [nameHash("crm")]);
  });

  it("end the run at the first that cannot be written or taken off", () => {
    for (const [byHand, failure] of refusals) {
      const some = looked({ verdicts: { orders: disputed }, mine: [both, lone] });
      assert.deepEqual(play(eraseIntents(some.run), some.on, byHand), failure);
      assert.deepEqual(some.on.made, ["writeIntent"]);
      const unmarked = looked({ mine: [both, lone] });
      assert.deepEqual(play(eraseIntents(unmarked.run, ["crm"]), unmarked.on, byHand), failure);
      assert.deepEqual(unmarked.on.made, ["writeIntent"]);
    }
    const { run, on } = looked({ mine: [both, lone] });
    const no = { eraseIntent: () => ({ state: "denied", reason: "no permission" }) as const };
    assert.deepEqual(play(eraseIntents(run), on, no), { kind: "tagsDenied", reason: "no permission" });
    assert.deepEqual([on.made, run.mine.length], [["eraseIntent"], 2]);
  });

  const claimed = intent("claimed0", ["orders"], { owner: "other0000000", phase: "recorded" });
  const alive = intent("alive000", ["crm"], { owner: "other0000000", phase: "accepted" });
  const claiming = () =>
    looked({
      verdicts: { orders: ours("claimed0", true), crm: ours("alive000", true) },
      mine: [],
      others: [claimed, alive],
    });

  it("of another run go once, where all that they cover was claimed and that run is over", () => {
    const { run, on } = claiming();
    assert.equal(play(eraseIntents(run), on), undefined);
    assert.deepEqual([on.made, Object.keys(tags(on))], [["eraseIntent"], ["alive000"]]);
    assert.equal(play(eraseIntents(run), on), undefined);
    assert.deepEqual(on.made, ["eraseIntent"]);
  });

  it("of another run are tried again where they could not be taken off", () => {
    const { run, on } = claiming();
    const busy = { eraseIntent: () => ({ state: "later", reason: "busy" }) as const };
    assert.deepEqual(play(eraseIntents(run), on, busy), {
      kind: "tagsDenied",
      reason: "busy",
      isPassing: true,
    });
    assert.equal(play(eraseIntents(run), on), undefined);
    assert.deepEqual(Object.keys(tags(on)), ["alive000"]);
  });
});

describe("an intent of another run", () => {
  const whole = intent("claimed0", ["orders", "crm"], { phase: "recorded" });
  const isWhole = (
    verdicts: Readonly<Record<string, Verdict>>,
    one = whole,
    records: Readonly<Record<string, DatabaseRecord>> = {},
  ) => isClaimedWhole({ verdicts: new Map(Object.entries(verdicts)), records }, one);
  const all = { orders: ours("claimed0", true), crm: ours("claimed0", true) };

  it("is claimed as a whole with all its names under its id, when a state has recorded it", () => {
    assert.equal(isWhole(all), true);
    assert.equal(isWhole(all, { ...whole, phase: "accepted" }), false);
    assert.equal(isWhole({ ...all, crm: absent }), false);
    assert.equal(isWhole({ ...all, crm: ours("claimed0") }), false);
    assert.equal(isWhole({ ...all, crm: ours("fresh000", true) }), false);
    assert.equal(isWhole({ orders: ours("claimed0", true) }), false);
    // What an earlier run has claimed, and did not come to its end.
    const crm = { ...filled("crm", "fresh000"), phase: "filling", from: "claimed0" } as const;
    const rest = { orders: ours("claimed0", true), crm: ours("fresh000") };
    assert.equal(isWhole(rest, whole, { crm }), true);
    assert.equal(isWhole(rest, whole, { crm: { ...crm, from: "other000" } }), false);
    assert.equal(isWhole(rest, whole, { crm: { phase: "adopted", target: "crm" } }), false);
  });
});

describe("the end of an unfinished run", () => {
  const records = { orders: filled("orders", "both0000"), crm: filled("crm", "both0000") };
  const verdicts = { orders: ours("both0000"), crm: ours("both0000") };
  const reasons = [{ kind: "vanished", name: "orders" }] as const;

  it("hands to the state what is recorded and not marked yet, and says why it ended", () => {
    const { run, on } = looked({ verdicts, records });
    run.settled.add("crm");
    run.filled = { restorePoint: backup("2"), requestId: "request" };
    assert.deepEqual(play(endUnfinished(run, reasons), on), {
      end: "unfinished",
      reasons,
      records,
      restorePoint: backup("2"),
      requestId: "request",
    });
    assert.deepEqual(tags(on), { both0000: "recorded 1" });
    assert.deepEqual(run.mine[0]?.names, [nameHash("orders")]);
  });

  it("covers what this run has recorded and had not seen when it began", () => {
    const { run, on } = looked({ verdicts: { orders: absent } });
    run.records.set("crm", filled("crm", "both0000"));
    play(endUnfinished(run, reasons), on);
    assert.deepEqual([tags(on), run.mine[0]?.names], [{ both0000: "recorded 1" }, [nameHash("crm")]]);
  });

  it("takes off what covers nothing recorded: another call's, an adopted one, none", () => {
    for (const some of [
      {},
      { orders: filled("orders", "older000") },
      { orders: { phase: "adopted", target: "orders" } },
    ] as const) {
      const { run, on } = looked({ verdicts, records: some });
      play(endUnfinished(run, reasons), on);
      assert.deepEqual([tags(on), knows(run)], [{}, []]);
    }
  });

  it("keeps covering what is disputed, recorded or not", () => {
    const { run, on } = looked({ verdicts: { orders: disputed, crm: absent } });
    play(endUnfinished(run, reasons), on);
    assert.deepEqual([tags(on), run.mine[0]?.names], [{ both0000: "recorded 1" }, [nameHash("orders")]]);
  });

  it("leaves the intents of a call without an answer, of a destroy, and of an instance that is lost", () => {
    const open = looked({ verdicts, records, mine: [both, lone] });
    open.run.unanswered.add("both0000");
    play(endUnfinished(open.run, reasons), open.on);
    assert.deepEqual(tags(open.on), { both0000: "accepted 2" });
    const destroyed = looked({ verdicts, records }, { destroying: { nextNames: [] } });
    play(endUnfinished(destroyed.run, reasons), destroyed.on);
    const lost = looked({ verdicts, records });
    play(endUnfinished(lost.run, [...reasons, { kind: "instanceLost" }]), lost.on);
    for (const { on } of [destroyed, lost]) assert.deepEqual(on.made, []);
  });

  it("adds what became of the tags, once for all of them, and saves what is recorded", () => {
    const end = (byHand: ByHand) => {
      const { run, on } = looked({ verdicts, records, mine: [both, lone] });
      const { reasons: all, records: saved } = play(endUnfinished(run, reasons), on, byHand) as {
        reasons: readonly Saying[];
        records: object;
      };
      assert.deepEqual(saved, records);
      assert.deepEqual(on.made.filter((call) => call !== "thrown").length, 2);
      return all.slice(1);
    };
    const [[denied, reason]] = refusals as [(typeof refusals)[0]];
    assert.deepEqual(end(denied), [reason]);
    const failing = () => {
      throw new CallFailed("no answer");
    };
    assert.deepEqual(end({ writeIntent: failing }), [
      { kind: "tagsDenied", reason: "no answer", isPassing: true },
    ]);
    const defect = () => {
      throw new TypeError("a defect");
    };
    assert.throws(() => end({ writeIntent: defect }), TypeError);
  });

  it("covers all of a call where that rule is taken out", () => {
    const rules = { ...allRules, narrowIntents: false };
    const { run, on } = looked({ verdicts, records }, { context: context({ rules }) });
    run.settled.add("crm").add("orders");
    play(endUnfinished(run, reasons), on);
    assert.deepEqual(tags(on), { both0000: "recorded 2" });
    const none = looked({ verdicts }, { context: context({ rules }) });
    play(endUnfinished(none.run, reasons), none.on);
    assert.ok(!none.on.tags.has(intentKey("both0000")));
  });
});

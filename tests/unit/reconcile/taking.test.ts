import assert from "node:assert/strict";
import type { RestorePointChoice } from "../../../provider/src/copy/restorePoint";
import { foundOf, type Theirs } from "../../../provider/src/ownership/evidence";
import { sourceKey } from "../../../provider/src/ownership/intent";
import type { DatabaseRecord } from "../../../provider/src/ownership/record";
import { allRules } from "../../../provider/src/ownership/rules";
import { CallFailed, type Listing } from "../../../provider/src/reconcile/calls";
import type { Context, Wanted } from "../../../provider/src/reconcile/operation";
import { reconcile } from "../../../provider/src/reconcile/reconcile";
import { refusal, stillDeleting } from "../../../provider/src/reconcile/steps";
import { destroy } from "../../../provider/src/reconcile/replace";
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

/* What a run records and says of each name, by its action, and how it ends. */

const theirs = (id: string) => description(id, backup("2"), "other0000000");
const filling = (name: string, id: string): DatabaseRecord => ({ ...filled(name, id), phase: "filling" });
const adopted = { phase: "adopted", target: "crm", status: "Running" } as const;

/** A run over these databases (name and description), and what it recorded and said. */
function ran(
  on: Stage,
  records: Readonly<Record<string, DatabaseRecord>>,
  want: Wanted,
  { more = {}, byHand = {} }: { more?: Partial<Context>; byHand?: ByHand } = {},
) {
  const end = play(reconcile(context({ records, ...more }), want), on, byHand);
  return { end, said: on.said, records: end.end === "refused" ? undefined : end.records };
}

describe("a run over a name", () => {
  it("keeps what is adopted, as the service spells and shows it now", () => {
    const on = stage();
    on.databases.set("CRM", { status: "Offline", description: "a note" });
    const { records, said } = ran(on, { crm: adopted }, wanted(["crm"]));
    assert.deepEqual([records, said], [{ crm: { ...adopted, target: "CRM", status: "Offline" } }, []]);
  });

  it("adopts what carries no mark, and says so", () => {
    const { records, said } = ran(stage({ crm: "" }), {}, wanted(["crm"], { adopt: true }));
    assert.deepEqual([records, said], [{ crm: adopted }, [{ kind: "adopted", name: "crm" }]]);
  });

  it("releases what it does not declare any more and did not make, and says why", () => {
    const crm = filled("crm", "crm00000");
    const changed = ran(stage({ crm: theirs("other000") }), { crm }, wanted([]));
    const left = { kind: "left", name: "crm" } as const;
    assert.deepEqual([changed.records, changed.said], [{}, [{ ...left, why: "otherOwner", record: crm }]]);
    const released = ran(stage({ crm: "a note" }), { crm: adopted }, wanted([]));
    assert.deepEqual([released.records, released.said], [{}, [{ ...left, why: "adopted", record: adopted }]]);
  });

  it("forgets what is not there: with a word where it was requested and never seen", () => {
    const unseen = filling("crm", "crm00000");
    const never = ran(stage(), { crm: unseen }, wanted([]));
    assert.deepEqual(
      [never.records, never.said],
      [{}, [{ kind: "neverAppeared", name: "crm", point: backup("2") }]],
    );
    for (const record of [filled("crm", "crm00000"), adopted]) {
      const gone = ran(stage(), { crm: record }, wanted([]));
      assert.deepEqual([gone.records, gone.said], [{}, []]);
    }
  });

  it("names what its interrupted run made and the program does not declare, and what is not its own there", () => {
    const on = withIntent(
      stage({ crm: "", sales: theirs("other000") }),
      intent("call0000", ["crm", "sales"]),
    );
    const { said, records } = ran(on, {}, wanted([]));
    assert.deepEqual(records, {});
    assert.deepEqual(said, [
      { kind: "maybeOrphan", name: "crm", mark: undefined, id: "call0000" },
      { kind: "left", name: "sales", why: "otherOwner" },
    ]);
    const marked = withIntent(stage({ crm: description("call0000") }), intent("call0000", ["crm"]));
    const mark = { owner: own, id: "call0000", point: backup("2") };
    assert.deepEqual(ran(marked, {}, wanted([])).said, [
      { kind: "maybeOrphan", name: "crm", mark, id: "call0000" },
    ]);
  });

  it("leaves what is someone else's now, and goes on with the others", () => {
    const crm = filled("crm", "crm00000");
    const { records, said } = ran(stage({ crm: theirs("other000") }), { crm }, wanted(["crm", "orders"]));
    assert.deepEqual(records?.["crm"], { ...crm, status: "Foreign" });
    assert.equal(records["orders"]?.phase, "filled");
    const mark = { owner: "other0000000", id: "other000", point: backup("2") };
    assert.deepEqual(said, [
      { kind: "foreign", name: "crm", why: "otherOwner", id: "other000", mark, record: crm },
    ]);
  });

  it("takes the point of an interrupted run for what it filled, where no state tells of one", () => {
    const interrupted = () =>
      withIntent(stage({ orders: "" }), intent("call0000", ["orders"], { point: backup("1") }));
    const pointOf = (records: Readonly<Record<string, DatabaseRecord>>, more: Partial<Context> = {}) => {
      const { end } = ran(interrupted(), records, wanted(["orders"]), { more });
      return end.end === "done" ? end.restorePoint : end.end;
    };
    assert.deepEqual(pointOf({}), backup("1"));
    assert.equal(pointOf({ orders: filling("orders", "call0000") }), undefined);
    assert.equal(pointOf({}, { restorePoint: backup("2") }), undefined);
  });

  it("says of a claim whether a tag stays, by the id of that claim alone", () => {
    const on = stage({ orders: theirs("old00000") });
    withIntent(on, intent("else0000", ["other"], { owner: "other0000000" }));
    const { said } = ran(on, {}, wanted(["orders"], { claim: ["old00000"] }));
    assert.deepEqual(said, [{ kind: "claimed", name: "orders", id: "old00000", isTagged: false }]);
    const tagged = stage({ orders: theirs("old00000") });
    withIntent(tagged, intent("old00000", ["orders", "crm"], { owner: "other0000000" }));
    withIntent(tagged, intent("else0000", ["other"], { owner: "other0000000" }));
    const claimed = ran(tagged, {}, wanted(["orders"], { claim: ["old00000"] })).said;
    assert.deepEqual(claimed, [{ kind: "claimed", name: "orders", id: "old00000", isTagged: true }]);
  });
});

describe("what may be left over", () => {
  const orphans = (on: Stage, more: Partial<Context> = {}, isDestroy = false) => {
    if (isDestroy) play(destroy(context(more)), on);
    else play(reconcile(context(more), wanted([])), on);
    return on.said.filter(({ kind }) => kind === "maybeOrphan");
  };

  it("is what carries the mark of this owner, or is under an intent of it that a state has recorded", () => {
    const on = stage({
      marked: description("call0000"),
      covered: "",
      stranger: theirs("other000"),
      bare: "",
    });
    withIntent(on, intent("handed00", ["covered"], { phase: "recorded" }));
    withIntent(on, intent("others00", ["bare"], { owner: "other0000000" }));
    const mark = { owner: own, id: "call0000", point: backup("2") };
    assert.deepEqual(orphans(on), [
      { kind: "maybeOrphan", name: "marked", mark, id: "call0000" },
      { kind: "maybeOrphan", name: "covered", mark: undefined, id: "handed00" },
    ]);
  });

  it("is nothing that another resource of the program declares by now", () => {
    const on = stage({ marked: description("call0000"), more: description("call0001") });
    play(reconcile(context(), wanted([])), on, {
      declaredElsewhere: ({ name }) => (name === "marked" ? "urn:b" : undefined),
    });
    assert.deepEqual(
      on.said.map((one) => ("name" in one ? one.name : "")),
      ["more"],
    );
  });

  it("is at a destroy what the last program declared and nothing records, unless it is someone else's", () => {
    const on = () => stage({ Declared: "", taken: theirs("other000"), bare: "" });
    const declared = ["declared", "taken"];
    assert.deepEqual(orphans(on(), { declared }, true), [
      { kind: "maybeOrphan", name: "Declared", mark: undefined, id: undefined },
    ]);
    assert.deepEqual(orphans(on(), { declared }), []);
  });
});

describe("a refusal", () => {
  const verdict: Theirs = {
    kind: "theirs",
    why: "othersIntent",
    id: "others00",
    isAdoptable: false,
    isDisputed: false,
  };
  const mine = [intent("first000", ["orders"]), intent("last0000", ["orders"]), intent("else0000", ["crm"])];
  const latest: RestorePointChoice = { kind: "latest" };
  const others = [intent("else0001", ["orders"]), intent("others00", ["orders"])];
  const of = (status: string, text = "", more: Partial<Theirs> = {}, choice: RestorePointChoice = latest) =>
    refusal(
      begun({
        listing: { databases: [foundOf({ name: "Orders", status, description: text })], timedOut: false },
        mine,
        others,
        records: { orders: adopted },
      }).seen,
      wanted([], { choice }),
      { name: "orders", verdict: { ...verdict, ...more } },
    );
  const refused = {
    kind: "refused",
    name: "orders",
    why: "othersIntent",
    id: "others00",
    record: adopted,
  } as const;

  it("tells the mark that is there, else the intent whose run would write it; and the record", () => {
    const expected = { ...refused, status: undefined, requested: undefined };
    assert.deepEqual(of("Running"), { ...expected, mark: others[1] });
    const mark = { owner: own, id: "there000", point: backup("2") };
    assert.deepEqual(of("Running", description("there000")), { ...expected, mark });
  });

  it("tells the status of what does not run, and our last intent where it is disputed", () => {
    assert.equal(of("Creating").status, "Creating");
    assert.equal(of("").status, "of unknown status");
    assert.deepEqual(of("Running", "", { isDisputed: true }).requested, mine[1]);
  });

  it("tells that what is there holds another restore point than the program names", () => {
    const pinned = (backupId: string) =>
      of("Running", description("there000"), {}, { kind: "backup", backupId }).isOtherPoint;
    assert.deepEqual([pinned("2"), pinned("1"), of("Running").isOtherPoint], [undefined, true, undefined]);
  });

  it("of what is claimed tells the point that it holds", () => {
    const { seen } = begun();
    const verdict = { kind: "ours", id: "old00000", point: backup("1"), isClaimed: true } as const;
    assert.deepEqual(refusal(seen, wanted([]), { name: "crm", verdict }), {
      kind: "refused",
      name: "crm",
      why: "otherPoint",
      id: "old00000",
      point: backup("1"),
    });
  });

  it("of what is adopted, or still being deleted, says that", () => {
    const seen = begun({ stillDeleting: ["orders", "crm"] }).seen;
    assert.deepEqual(refusal(seen, wanted([]), { name: "crm", verdict: { kind: "adopted" } }), {
      kind: "refused",
      name: "crm",
      why: "adopted",
    });
    assert.deepEqual(stillDeleting(seen), [
      { kind: "refused", name: "orders", why: "stillDeleting" },
      { kind: "refused", name: "crm", why: "stillDeleting" },
    ]);
  });
});

describe("a run that does not come to its end", () => {
  const gone = { databases: [], timedOut: false, isInstanceGone: true };
  const lookFailed = [{ kind: "lookFailed", reason: "no answer" }];

  /** A run whose wait fails; `after` answers the looks that follow. */
  const ended = (isInstanceUnknown: boolean, after: () => Listing | undefined = () => undefined) => {
    let isAfter = false;
    const on = stage();
    const { end } = ran(on, {}, wanted(["orders"]), {
      byHand: {
        databases: ({ wait }) => {
          if (isAfter) return after();
          if (wait !== "running") return undefined;
          isAfter = true;
          throw new CallFailed("no answer", isInstanceUnknown);
        },
      },
    });
    return { reasons: end.end === "done" ? [] : end.reasons, on };
  };

  it("with an instance that may be gone looks once more", () => {
    const lost = ended(true, () => gone);
    assert.deepEqual(lost.reasons, [{ kind: "instanceLost" }]);
    assert.deepEqual(ended(true).reasons, lookFailed);
    const silent = ended(true, () => {
      throw new CallFailed("no answer either");
    });
    assert.deepEqual(silent.reasons, lookFailed);
    const looks = ({ made }: Stage) => made.filter((call) => call === "databases").length;
    const known = ended(false, () => gone);
    assert.deepEqual(known.reasons, lookFailed);
    assert.equal(looks(lost.on), looks(known.on) + 1);
    const defect = () =>
      ended(true, () => {
        throw new TypeError("a defect");
      });
    assert.throws(defect, TypeError);
  });

  it("before its first change is refused, whatever the answer; a defect is thrown", () => {
    const refused = (error: Error) =>
      ran(stage(), {}, wanted(["orders"]), {
        byHand: {
          databases: () => {
            throw error;
          },
        },
      }).end;
    assert.deepEqual(refused(new CallFailed("no answer", true)), { end: "refused", reasons: lookFailed });
    assert.throws(() => refused(new TypeError("a defect")), TypeError);
    const denied = ran(stage(), {}, wanted(["orders"]), {
      byHand: { tags: () => ({ state: "denied", reason: "no permission" }) },
    }).end;
    assert.deepEqual(denied, {
      end: "refused",
      reasons: [{ kind: "tagsUnreadable", reason: "no permission" }],
    });
  });

  it("asks for no room and no restore point where nothing is to be copied", () => {
    const on = stage({ orders: description("orders00") });
    for (let i = 0; i < 10; i++) on.tags.set(`team${i}`, "");
    const { end } = ran(on, { orders: filled("orders", "orders00") }, wanted(["orders"]));
    assert.equal(end.end, "done");
    assert.ok(!on.made.includes("lookAhead"));
  });

  it("waits for what is not filled, or has no mark yet; not for a filled one that is out of order", () => {
    const waits = (status: string, text: string, record: DatabaseRecord, more: Partial<Context> = {}) => {
      const on = stage();
      on.databases.set("orders", { status, description: text });
      const waited: (readonly string[] | undefined)[] = [];
      ran(on, { orders: record }, wanted(["orders"]), {
        more,
        byHand: {
          databases: ({ wait, names }, { databases }) => {
            if (wait !== "running") return undefined;
            waited.push(names);
            const all = [...databases].map(([name, one]) => foundOf({ name, ...one, status: "Running" }));
            return { databases: all, timedOut: false };
          },
        },
      });
      return waited.length;
    };
    const own = description("orders00");
    const done = filled("orders", "orders00");
    const never = { ...done, unmarked: true } as const;
    assert.equal(waits("Running", own, done), 0);
    assert.equal(waits("Running", own, filling("orders", "orders00")), 1);
    assert.equal(waits("Running", "", never), 1);
    assert.equal(waits("Running", "", never, { marksOn: false }), 0);
    assert.equal(waits("Offline", own, done), 0);
    assert.equal(waits("Offline", "", never), 0);
  });

  it("names what holds other data: another source, or another restore point", () => {
    const pinned = wanted({ orders: "orders_qa" }, { choice: { kind: "backup", backupId: "1" } });
    const interrupted = (key: string, point = backup("2")) =>
      withIntent(stage({ orders_qa: "" }), intent("call0000", ["orders_qa"], { source: key, point }));
    const differs = (on: Stage, want: Wanted, records: Readonly<Record<string, DatabaseRecord>> = {}) => {
      const { end } = ran(on, records, want);
      return end.end === "unfinished" ? end.reasons : end.end;
    };
    const key = sourceKey(source, [["orders", "orders_qa"]]);
    const other = { kind: "otherData", name: "orders_qa", point: backup("2") } as const;
    assert.deepEqual(differs(interrupted(key), pinned), [{ ...other, differs: "point" }]);
    assert.deepEqual(differs(interrupted("zzzz"), pinned), [{ ...other, differs: "source" }]);
    const renamed = { orders_qa: { ...filling("orders_qa", "call0000"), source: "crm" } } as const;
    assert.deepEqual(differs(interrupted(key), pinned, renamed), [{ ...other, differs: "source" }]);
  });

  it("takes its intents off before a drop, and after a copy that comes before one", () => {
    const on = stage({ orders: description("orders00"), crm: description("crm00000") });
    withIntent(on, intent("crm00000", ["crm"]));
    const records = { orders: filled("orders", "orders00"), crm: filled("crm", "crm00000") };
    ran(on, records, wanted(["orders", "billing"]));
    const order = on.made.filter((call) => /^(eraseIntent|copy|drop)/.test(call));
    assert.deepEqual(order, ["eraseIntent", "copy", "eraseIntent", "drop crm"]);
    const kept = stage({ orders: description("orders00") });
    withIntent(kept, intent("orders00", ["orders"]));
    ran(kept, records, wanted(["orders", "billing"]));
    assert.deepEqual(
      kept.made.filter((call) => /^(eraseIntent|copy|drop)/.test(call)),
      ["copy", "eraseIntent", "eraseIntent"],
      "without a drop they stay until the end",
    );
  });

  it("ends with what its last look found and with what became of the tags", () => {
    const on = stage({ orders: description("orders00") });
    withIntent(on, intent("orders00", ["orders"]));
    let looks = 0;
    const { end } = ran(on, { orders: filled("orders", "orders00") }, wanted(["orders"]), {
      byHand: {
        eraseIntent: () => ({ state: "denied", reason: "no permission" }),
        databases: (_call, { databases }) => {
          if (++looks === 2) databases.delete("orders");
          return undefined;
        },
      },
    });
    assert.ok(end.end === "unfinished");
    assert.deepEqual(end.reasons, [
      { kind: "vanished", name: "orders" },
      { kind: "tagsDenied", reason: "no permission" },
    ]);
  });

  it("finds at its last look what vanished or is someone else's", () => {
    const records = { orders: filled("orders", "orders00"), crm: filled("crm", "crm00000") };
    const on = () => stage({ orders: description("orders00"), crm: description("crm00000") });
    let looks = 0;
    const changing: ByHand = {
      databases: (_call, { databases }) => {
        if (++looks === 2) {
          databases.delete("orders");
          databases.set("crm", { status: "Running", description: theirs("other000") });
        }
        return undefined;
      },
    };
    const { end } = ran(on(), records, wanted(["orders", "crm"]), { byHand: changing });
    assert.ok(end.end === "unfinished");
    const mark = { owner: "other0000000", id: "other000", point: backup("2") };
    const crm = records.crm;
    assert.deepEqual(end.reasons, [
      { kind: "vanished", name: "orders" },
      { kind: "foreign", name: "crm", why: "changed", mark, record: { ...crm, status: "Running" } },
    ]);
    assert.deepEqual(Object.keys(end.records), ["crm"]);
    looks = 0;
    const rules = { ...allRules, lastLookMarks: false };
    const unlooked = ran(on(), records, wanted(["orders", "crm"]), { byHand: changing, more: { rules } });
    assert.equal(unlooked.end.end, "done");
  });
});

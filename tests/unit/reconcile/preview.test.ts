import assert from "node:assert/strict";
import type { DatabaseRecord } from "../../../provider/src/ownership/record";
import { CallFailed } from "../../../provider/src/reconcile/calls";
import { maybeReplaced, preview, type Previewed, type Unseen } from "../../../provider/src/reconcile/preview";
import {
  backup,
  context,
  description,
  filled,
  intent,
  own,
  play,
  stage,
  wanted,
  withIntent,
  type ByHand,
  type Stage,
} from "./stage";

const change: Previewed = { kind: "change" };
const former = "former000000";

function previewed(
  on: Stage,
  names: readonly string[],
  {
    previewed: what = change,
    records = {},
    byHand = {},
    more = {},
  }: {
    previewed?: Previewed;
    records?: Readonly<Record<string, DatabaseRecord>>;
    byHand?: ByHand;
    more?: Parameters<typeof wanted>[1];
  } = {},
) {
  return play(preview(context({ records }), wanted(names, more), what), on, byHand);
}

const warningsOf = (end: ReturnType<typeof previewed>) => (end.end === "fine" ? end.warnings : end.end);

describe("the preview of a change", () => {
  it("is refused where nothing can be judged, not known without an answer; a defect is thrown", () => {
    const denied: ByHand = { tags: () => ({ state: "denied", reason: "no permission" }) };
    assert.deepEqual(previewed(stage(), ["orders"], { byHand: denied }), {
      end: "refused",
      reasons: [{ kind: "tagsUnreadable", reason: "no permission" }],
    });
    const failing = (error: Error) => () =>
      previewed(stage(), ["orders"], {
        byHand: {
          tags: () => {
            throw error;
          },
        },
      });
    assert.deepEqual(failing(new CallFailed("no answer"))(), { end: "unknown", reason: "no answer" });
    assert.throws(failing(new TypeError("a defect")), TypeError);
  });

  it("warns of what is someone else's now, with what the run will say of it", () => {
    const orders = filled("orders", "orders00");
    const end = previewed(stage({ orders: description("other000", backup("1"), former) }), ["orders"], {
      records: { orders },
    });
    assert.deepEqual(warningsOf(end), [
      {
        kind: "foreign",
        name: "orders",
        why: "otherOwner",
        id: "other000",
        status: undefined,
        mark: { owner: former, id: "other000", point: backup("1") },
        requested: undefined,
        record: orders,
      },
    ]);
  });

  it("warns of a filled one that is out of order, and of no other", () => {
    const on = stage({
      orders: description("orders00"),
      crm: description("crm00000"),
      sales: description("sales000"),
    });
    for (const name of ["orders", "crm", "old"])
      on.databases.set(name, { status: "Offline", description: description(`${name}00000`.slice(0, 8)) });
    const records = {
      orders: filled("orders", "orders00"),
      crm: { ...filled("crm", "crm00000"), phase: "filling" },
      sales: filled("sales", "sales000"),
      old: filled("old", "old00000"),
    } as const;
    const end = previewed(on, ["orders", "crm", "sales"], { records });
    assert.deepEqual(warningsOf(end), [{ kind: "notRunning", name: "orders", status: "Offline" }]);
    assert.ok(end.end === "fine");
    assert.deepEqual([end.resumes, end.drops], [["crm"], ["old"]]);
  });

  it("warns that what an interrupted run made of other data is replaced by the run after this one", () => {
    const interrupted = (point = backup("2")) =>
      withIntent(stage({ orders: "" }), intent("call0000", ["orders"], { point }));
    const pinned = { choice: { kind: "backup", backupId: "1" } } as const;
    const other = { kind: "otherData", name: "orders", point: backup("2"), differs: "point" };
    assert.deepEqual(warningsOf(previewed(interrupted(), ["orders"], { more: pinned })), [other]);
    assert.deepEqual(warningsOf(previewed(interrupted(backup("1")), ["orders"], { more: pinned })), []);
    const claimed = stage({ orders: description("old00000", backup("1"), former) });
    const more = { ...pinned, claim: ["old00000"] };
    assert.deepEqual(warningsOf(previewed(claimed, ["orders"], { more })), []);
  });

  it("tells under retainOnDelete what is left instead of dropped", () => {
    const records = { crm: filled("crm", "crm00000") };
    const end = previewed(stage({ crm: description("crm00000") }), [], { records, more: { retain: true } });
    assert.ok(end.end === "fine");
    assert.deepEqual([end.drops, end.retains], [[], ["crm"]]);
  });

  it("tells what is claimed, by the point of its mark, and of nothing else", () => {
    const on = stage({ orders: description("old00000", backup("1"), former), crm: description("crm00000") });
    const end = previewed(on, ["orders", "crm"], {
      records: { crm: filled("crm", "crm00000") },
      more: { claim: ["old00000"] },
    });
    assert.ok(end.end === "fine");
    assert.deepEqual([...end.claims], [["orders", backup("1")]]);
    assert.deepEqual(end.held, [backup("2"), backup("1")]);
  });
});

describe("the preview of a replacement whose records are not at hand", () => {
  const unseen: Unseen = { names: ["orders"], owners: [former], marksOn: true };
  const of = (on: Stage, name: string, more: Partial<Unseen> = {}, adopt = false) =>
    previewed(on, [name], {
      previewed: { kind: "replacement", unseen: { ...unseen, ...more } },
      more: { adopt },
    });

  it("copies all that is declared, and drops nothing that it could name", () => {
    assert.deepEqual(of(stage(), "orders"), {
      end: "fine",
      copies: ["orders"],
      drops: [],
      retains: [],
      adopts: [],
      claims: new Map(),
      resumes: [],
      held: [],
      warnings: [],
    });
  });

  it("is refused for what no state of this resource can record", () => {
    const ends = [
      // Unmarked: its own without marks, under a name that it had, and only then.
      [of(stage({ orders: "" }), "orders", { marksOn: false }), "fine"],
      [of(stage({ orders: "" }), "orders"), "refused"],
      [of(stage({ crm: "" }), "crm", { marksOn: false }), "refused"],
      // Without a mark and under the intent of someone else.
      [
        of(
          withIntent(stage({ orders: "" }), intent("others00", ["orders"], { owner: "other0000000" })),
          "orders",
        ),
        "refused",
      ],
      [of(withIntent(stage({ crm: "" }), intent("former00", ["crm"], { owner: former })), "crm"), "fine"],
      // The mark of another owner: maybe a former name, on a name that it had.
      [of(stage({ orders: description("other000", backup("2"), "other0000000") }), "orders"), "fine"],
      [of(stage({ crm: description("other000", backup("2"), "other0000000") }), "crm"), "refused"],
      [of(stage({ crm: description("other000", backup("2"), former) }), "crm"), "fine"],
      [of(stage({ crm: description("other000") }), "crm"), "fine"],
    ] as const;
    assert.deepEqual(
      ends.map(([{ end }]) => end),
      ends.map(([, end]) => end),
    );
  });

  it("warns of what it does not expect: not of its own under a name that it had", () => {
    const warned = (on: Stage, name: string) => warningsOf(of(on, name));
    assert.deepEqual(warned(stage({ orders: description("orders00") }), "orders"), []);
    assert.deepEqual(warned(stage({ crm: description("crm00000") }), "crm"), [
      { kind: "maybeReplaced", name: "crm", id: "crm00000", point: backup("2"), isMarked: true },
    ]);
    assert.deepEqual(
      warned(stage({ orders: description("other000", backup("1"), "other0000000") }), "orders"),
      [{ kind: "maybeReplaced", name: "orders", id: "other000", point: backup("1"), isMarked: true }],
    );
  });

  it("warns of what would be adopted, under a name that it had with marks", () => {
    const adopted = (name: string, more: Partial<Unseen> = {}) =>
      warningsOf(of(stage({ [name]: "" }), name, more, true));
    assert.deepEqual(adopted("orders"), [{ kind: "maybeAdopted", name: "orders" }]);
    assert.deepEqual(adopted("crm"), []);
    assert.deepEqual(adopted("orders", { marksOn: false }), []);
    assert.deepEqual(warningsOf(of(stage({ orders: description("orders00") }), "orders", {}, true)), []);
  });

  it("is refused for everything where the records are at hand", () => {
    const end = previewed(stage({ orders: description("orders00") }), ["orders"], {
      previewed: { kind: "replacement" },
    });
    assert.equal(end.end, "refused");
  });
});

describe("what the state may record", () => {
  const why = "unrecorded";
  const mark = { owner: own, id: "id000000", point: backup("2") };
  const refused = { kind: "refused", name: "orders" } as const;

  it("is told by its mark, or by the tag that covers it", () => {
    const told = { kind: "maybeReplaced", name: "orders", id: "id000000", point: backup("2") };
    assert.deepEqual(maybeReplaced({ ...refused, why, mark, id: "id000000" }), [{ ...told, isMarked: true }]);
    assert.deepEqual(maybeReplaced({ ...refused, why: "othersIntent", mark, id: "id000000" }), [
      { ...told, isMarked: false },
    ]);
  });

  it("is nothing without a mark or an id", () => {
    assert.deepEqual(maybeReplaced({ ...refused, why, id: "id000000" }), []);
    assert.deepEqual(maybeReplaced({ ...refused, why, mark }), []);
  });
});

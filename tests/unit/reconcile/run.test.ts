import assert from "node:assert/strict";
import type { Found, Ours, Theirs, Verdict } from "../../../provider/src/ownership/evidence";
import { nameHash, sourceKey, type Intent } from "../../../provider/src/ownership/intent";
import type { DatabaseRecord } from "../../../provider/src/ownership/record";
import {
  copiedRecord,
  isMarked,
  isNameDisputed,
  isShownOwn,
  lineageOf,
  narrowed,
  recordTaken,
  type Run,
} from "../../../provider/src/reconcile/run";
import { backup, begun, filled, intent, own, source, wanted } from "./stage";

const point = backup("2");
const names = { orders: "orders_qa", crm: "crm_qa" };
const both = intent("call0000", ["orders_qa", "crm_qa"], {
  source: sourceKey(source, Object.entries(names)),
  time: 1_795_807_805,
});
const found: Found = { name: "Orders_QA", status: "running", statusText: "Running", mark: null };
const ours: Ours = { kind: "ours", id: "call0000", point, isClaimed: false };

function run(
  records: Readonly<Record<string, DatabaseRecord>> = {},
  mine: readonly Intent[] = [both],
  declared: Readonly<Record<string, string>> = names,
) {
  return begun({ records, mine }, { wanted: wanted(declared) });
}

describe("an intent for fewer names", () => {
  it("has their hashes, and the source key that a call of these names has", () => {
    assert.deepEqual(narrowed(run(), both, ["orders_qa"]), {
      ...both,
      names: [nameHash("orders_qa")],
      source: sourceKey(source, [["orders", "orders_qa"]]),
    });
  });

  it("keeps the key of another source", () => {
    const elsewhere = { ...both, source: "zzzz" };
    assert.equal(narrowed(run(), elsewhere, ["orders_qa"]).source, "zzzz");
  });
});

describe("the record of a database that was found ours", () => {
  const taken = (on: Run, { name = "orders_qa", freshId }: { name?: string; freshId?: string } = {}) =>
    recordTaken(on, name, found, ours, freshId);
  const filling = { phase: "filling", id: "call0000", point, target: "Orders_QA", status: "Running" };
  const askedAt = "2026-11-27T19:30:05Z";

  it("is that of its call: when it was requested, and from which source name", () => {
    assert.deepEqual(taken(run()), { ...filling, askedAt, source: "orders" });
  });

  it("names another source where the call had one, and none where the program cannot tell", () => {
    const other = { ...both, source: "zzzz" };
    assert.deepEqual(taken(run({}, [other])), { ...filling, askedAt, otherSource: "zzzz" });
    assert.deepEqual(taken(run(), { name: "old_qa" }), { ...filling, askedAt });
    const fewer = run({}, [both], { orders: "orders_qa" });
    assert.deepEqual(taken(fewer), { ...filling, askedAt, otherSource: both.source });
    const others = intent("others00", ["orders_qa"]);
    assert.deepEqual(taken(run({}, [others])), filling);
  });

  it("stays what it was where the state has it under the same call, as the service spells it now", () => {
    const before = filled("orders_qa", "call0000", { source: "orders", status: "Creating" });
    assert.deepEqual(taken(run({ orders_qa: before })), {
      ...before,
      target: "Orders_QA",
      status: "Running",
    });
    const older = filled("orders_qa", "older000");
    assert.deepEqual(taken(run({ orders_qa: older }, [])), filling);
    const adopted = { phase: "adopted", target: "orders_qa" } as const;
    assert.deepEqual(taken(run({ orders_qa: adopted }, [])), filling);
  });

  it("of a claimed one has the new id, and the old one until the new mark is written", () => {
    assert.deepEqual(taken(run(), { freshId: "fresh000" }), {
      phase: "filling",
      id: "fresh000",
      point,
      from: "call0000",
      target: "Orders_QA",
    });
  });
});

describe("what a run knows of a name", () => {
  const marked = (id: string, status: Found["status"] = "running"): Found => ({
    ...found,
    name: "orders_qa",
    status,
    mark: { owner: own, id, point },
  });
  const recorded = run({
    orders_qa: filled("orders_qa", "call0000"),
    crm_qa: { phase: "adopted", target: "crm_qa" },
  });

  it("is its record as a copy; an adopted or an unknown one has none", () => {
    assert.equal(copiedRecord(recorded, "orders_qa").id, "call0000");
    for (const name of ["crm_qa", "other"])
      assert.throws(() => copiedRecord(recorded, name), { message: `${name} is not recorded as a copy` });
  });

  it("is whether it carries the mark of its record for good", () => {
    assert.equal(isMarked(recorded, "orders_qa", marked("call0000")), true);
    assert.equal(isMarked(recorded, "orders_qa", marked("other000")), false);
    assert.equal(isMarked(recorded, "orders_qa", marked("call0000", "creating")), false);
    assert.equal(isMarked(recorded, "orders_qa", found), false);
    assert.equal(isMarked(recorded, "unknown", found), false);
  });

  it("is whether its own record shows it to be ours", () => {
    const listing = (one: Found) => ({ databases: [one], timedOut: false });
    assert.equal(isShownOwn(recorded, listing(marked("call0000")), "orders_qa"), true);
    assert.equal(isShownOwn(recorded, listing(marked("other000")), "orders_qa"), false);
    assert.equal(isShownOwn(recorded, listing(found), "missing"), false);
    assert.equal(isShownOwn(run(), listing(marked("call0000")), "orders_qa"), false);
  });

  it("is whether someone else's intent covers it, too", () => {
    const disputed = (verdict: Verdict) =>
      isNameDisputed(
        { ...run(), seen: { ...run().seen, verdicts: new Map([["orders_qa", verdict]]) } },
        "orders_qa",
      );
    const theirs: Omit<Theirs, "isDisputed"> = { kind: "theirs", why: "othersIntent", isAdoptable: false };
    assert.equal(disputed({ ...theirs, isDisputed: true }), true);
    assert.equal(disputed({ ...theirs, isDisputed: false }), false);
    assert.equal(disputed(ours), false);
    assert.equal(isNameDisputed(run(), "orders_qa"), false);
  });
});

describe("the lineage of a copy", () => {
  it("is written where its source name and the time of its request are known", () => {
    const record = filled("orders_qa", "call0000", { source: "orders", askedAt: "2026-11-27T19:30:05Z" });
    assert.deepEqual(lineageOf(run(), record), {
      sourceInstanceId: "rm-prod",
      sourceDatabase: "orders",
      askedAt: "2026-11-27T19:30:05Z",
    });
    const { source: _source, ...nameless } = record;
    const { askedAt: _askedAt, ...undated } = record;
    assert.equal(lineageOf(run(), nameless), undefined);
    assert.equal(lineageOf(run(), undated), undefined);
  });
});

import assert from "node:assert/strict";
import { foundOf } from "../../../provider/src/ownership/evidence";
import { parseMark } from "../../../provider/src/ownership/mark";
import type { CopiedRecord, DatabaseRecord } from "../../../provider/src/ownership/record";
import { allRules } from "../../../provider/src/ownership/rules";
import type { Call, Listing } from "../../../provider/src/reconcile/calls";
import type { Context } from "../../../provider/src/reconcile/operation";
import type { Run } from "../../../provider/src/reconcile/run";
import { waitFor } from "../../../provider/src/reconcile/waitFor";
import {
  backup,
  begun,
  callsOf,
  context,
  description,
  filled,
  kinds,
  play,
  source,
  stage,
  wanted,
  type ByHand,
  type Stage,
} from "./stage";

/* The wait of a run for its copies, poll by poll: what is marked when, what ends it, and what is recorded. */

const filling = (name: string, id: string, more: Partial<CopiedRecord> = {}): CopiedRecord => ({
  ...filled(name, id),
  phase: "filling",
  ...more,
});

/** At each poll: status and description by name. */
type Poll = Readonly<Record<string, string | readonly [status: string, description: string]>>;

interface Waited {
  readonly records?: Readonly<Record<string, DatabaseRecord>>;
  readonly polls: readonly Poll[];
  readonly more?: Partial<Context>;
  readonly destroying?: readonly string[];
  readonly prepare?: (run: Run) => void;
  /** The last poll is at the timeout. */
  readonly isTimedOut?: boolean;
}

const orders = {
  orders: filling("orders", "orders00", { source: "orders", askedAt: "2026-11-27T19:30:05Z" }),
};

/** Waits for all that is recorded. Each poll shows its statuses; what was marked stays marked. */
function waited(
  { records = orders, polls, more = {}, destroying, prepare, isTimedOut = false }: Waited,
  byHand: ByHand = {},
) {
  const on = stage();
  let poll = 0;
  const run = begun(
    { records },
    {
      context: context(more),
      wanted: wanted([]),
      ...(destroying ? { destroying: { nextNames: destroying } } : {}),
    },
  );
  prepare?.(run);
  const reasons = play(waitFor(run, Object.keys(records)), on, {
    ...byHand,
    databases(call, at): Listing | undefined {
      if (call.wait) {
        const shown = polls[poll++];
        assert.ok(shown, "it waits no longer");
        show(at, shown);
      }
      const answer = byHand.databases?.(call, at);
      if (answer) return answer;
      const databases = [...at.databases].map(([name, one]) => foundOf({ name, ...one }));
      return { databases, timedOut: isTimedOut && poll >= polls.length };
    },
  });
  return {
    reasons,
    run,
    on,
    looks: callsOf(on, "databases"),
    marks: callsOf(on, "mark"),
    polled: poll,
  };
}

function show({ databases }: Stage, poll: Poll): void {
  for (const name of [...databases.keys()]) if (!(name in poll)) databases.delete(name);
  for (const [name, what] of Object.entries(poll)) {
    const [status, text] = typeof what === "string" ? [what, undefined] : what;
    databases.set(name, { status, description: text ?? databases.get(name)?.description ?? "" });
  }
}

const markedAs = (id: string) => ["Running", description(id)] as const;

describe("waiting for copies", () => {
  it("polls until all run, marks each under the lock, and records them as filled", () => {
    const { reasons, run, on, looks, marks } = waited({ polls: [{}, { orders: "Running" }] });
    assert.equal(reasons, undefined);
    const poll = { call: "databases", wait: "running", names: ["orders"] } as const;
    assert.deepEqual(looks, [poll, poll, { call: "databases", lock: true }]);
    assert.deepEqual(marks, [
      {
        call: "mark",
        name: "orders",
        mark: { owner: run.ctx.own, id: "orders00", point: backup("2") },
        lineage: { sourceInstanceId: "rm-prod", sourceDatabase: "orders", askedAt: "2026-11-27T19:30:05Z" },
        isClaim: false,
      },
    ]);
    assert.deepEqual(on.made.slice(-4), ["databases", "mark orders", "unlock", "now"]);
    assert.deepEqual(run.records.get("orders"), {
      ...orders.orders,
      phase: "filled",
      status: "Running",
      copiedAt: "2026-11-27T19:30:05Z",
    });
  });

  it("takes a mark for lasting on a running database only: it is tried again at each status", () => {
    const { run, marks } = waited(
      { polls: [{ orders: "Creating" }, { orders: "Restoring" }, { orders: "Running" }] },
      {
        // A copy takes the description of its source along at its end.
        mark: ({ mark }, { databases }) => {
          const found = databases.get("orders");
          if (found?.status !== "Running") return { state: "done" };
          found.description = description(mark.id);
          return { state: "done" };
        },
      },
    );
    assert.equal(marks.length, 3);
    assert.ok(run.settled.has("orders"));
    const early = waited({ polls: [{ orders: "Creating" }, { orders: "Creating" }, { orders: "Running" }] });
    assert.equal(early.marks.length, 1, "what carries its mark already is not marked again");
    assert.ok(early.run.settled.has("orders"));
    const denied = waited(
      { polls: [{ orders: "Creating" }, { orders: "Creating" }, { orders: "Running" }] },
      { mark: () => ({ state: "denied", reason: "no permission" }) },
    );
    assert.equal(denied.marks.length, 2);
  });

  it("without marks writes none, takes no lock, and keeps that they were never marked", () => {
    const records = { orders: filling("orders", "orders00", { unmarked: true }) };
    const { run, on } = waited({ records, polls: [{ orders: "Running" }], more: { marksOn: false } });
    assert.deepEqual(on.made, ["databases", "now"]);
    const record = run.records.get("orders");
    assert.ok(record?.phase === "filled" && record.unmarked);
    const marked = waited({ records, polls: [{ orders: "Running" }] }).run.records.get("orders");
    assert.ok(marked?.phase === "filled" && !("unmarked" in marked));
    // Also where another one of the run is never marked.
    const both = { ...records, crm: filling("crm", "crm00000") };
    const unfinished = waited(
      { records: both, polls: [{ orders: "Running", crm: "Creating" }], isTimedOut: true },
      { mark: ({ name }) => (name === "crm" ? { state: "later", reason: "busy" } : undefined) },
    );
    const settled = unfinished.run.records.get("orders");
    assert.ok(unfinished.reasons && settled?.phase === "filling" && !("unmarked" in settled));
  });

  it("takes no lock where that rule is taken out", () => {
    const rules = { ...allRules, lookLocked: false };
    const { on } = waited({ polls: [{ orders: "Running" }], more: { rules } });
    assert.deepEqual(on.made, ["databases", "mark orders", "now"]);
  });

  it("marks a claimed database as its own under the new id, and forgets the old one", () => {
    const records = { orders: filling("orders", "fresh000", { from: "old00000" }) };
    const { run, on, marks } = waited({ records, polls: [{ orders: markedAs("old00000") }] });
    assert.equal(marks[0]?.isClaim, true);
    assert.equal(parseMark(on.databases.get("orders")?.description ?? "")?.id, "fresh000");
    const record = run.records.get("orders");
    assert.ok(record && !("from" in record));
  });

  it("keeps the time at which a copy was filled before", () => {
    const records = { orders: filling("orders", "orders00", { copiedAt: "2026-01-01T00:00:00Z" }) };
    const { run } = waited({ records, polls: [{ orders: markedAs("orders00") }] });
    const record = run.records.get("orders");
    assert.ok(record?.phase === "filled" && record.copiedAt === "2026-01-01T00:00:00Z");
  });

  it("spells a database as the service does", () => {
    const { run, marks } = waited({ polls: [{ ORDERS: "Running" }] });
    assert.equal(marks[0]?.name, "ORDERS");
    assert.equal(run.records.get("orders")?.target, "ORDERS");
  });

  it("says which of the new copies have no accounts, where they were to have them", () => {
    const records = { orders: filling("orders", "orders00"), crm: filled("crm", "crm00000") };
    const bare: ByHand = {
      databases: (_call, { databases }) => ({
        databases: [...databases].map(([name, one]) => ({
          ...foundOf({ name, ...one }),
          isWithoutAccounts: true,
        })),
        timedOut: false,
      }),
    };
    const polls = [{ orders: markedAs("orders00"), crm: markedAs("crm00000") }];
    const withAccounts = { source: { ...source, syncUserPrivilege: true } };
    const said = (on: Stage) => on.said.filter(({ kind }) => kind === "withoutAccounts");
    assert.deepEqual(said(waited({ records, polls, more: withAccounts }, bare).on), [
      { kind: "withoutAccounts", names: ["orders"] },
    ]);
    assert.deepEqual(said(waited({ records, polls }, bare).on), []);
    assert.deepEqual(said(waited({ records, polls, more: withAccounts }).on), []);
    assert.deepEqual(said(waited({ records, polls, more: withAccounts, destroying: [] }, bare).on), []);
  });
});

describe("a wait ends", () => {
  it("with the instance", () => {
    const { reasons } = waited(
      { polls: [{}] },
      {
        databases: () => ({ databases: [], timedOut: false, isInstanceGone: true }),
      },
    );
    assert.deepEqual(reasons, [{ kind: "instanceLost" }]);
  });

  it("where one that was listed is gone: it is recorded no more", () => {
    const { reasons, run } = waited({ polls: [{ orders: "Creating" }, {}] });
    assert.deepEqual(reasons, [{ kind: "vanished", name: "orders" }]);
    assert.equal(run.records.has("orders"), false);
  });

  it("not at one look that lacks what was listed, under the lock or not: a second one tells", () => {
    const missing = (isMissed: (call: Extract<Call, { call: "databases" }>) => boolean): ByHand => ({
      databases: (call) => (isMissed(call) ? { databases: [], timedOut: false } : undefined),
    });
    const polls = [{ orders: "Creating" }, { orders: "Running" }];
    let locked = 0;
    let tried = 0;
    const underLock = waited(
      { polls },
      {
        ...missing(({ lock, again }) => lock === true && !again && ++locked === 2),
        mark: () => (++tried === 1 ? { state: "later", reason: "busy" } : undefined),
      },
    );
    let polled = 0;
    const atPoll = waited(
      { polls },
      missing(({ wait }) => wait === "running" && ++polled === 2),
    );
    const again = { call: "databases", again: true } as const;
    for (const [{ reasons, run, looks }, lock] of [
      [underLock, true],
      [atPoll, false],
    ] as const) {
      assert.equal(reasons, undefined);
      assert.deepEqual(looks.at(-1), { ...again, lock });
      assert.equal(run.records.get("orders")?.phase, "filled");
    }
    assert.deepEqual(underLock.on.made.slice(-3), ["mark orders", "unlock", "now"]);
  });

  it("with the instance, also where the look under the lock shows it", () => {
    const gone = { databases: [], timedOut: false, isInstanceGone: true };
    const { reasons, run } = waited(
      { polls: [{ orders: "Creating" }] },
      {
        databases: ({ lock }) => (lock ? gone : undefined),
      },
    );
    assert.deepEqual(reasons, [{ kind: "instanceLost" }]);
    assert.ok(run.records.has("orders"));
  });

  it("where one carries the mark of someone else, or lost its own: said, settled, and still recorded", () => {
    const theirs = waited({ polls: [{ orders: markedAs("other000") }] });
    const changed = waited({
      polls: [{ orders: ["Running", "a note"] }],
      prepare: ({ settled }) => settled.add("orders"),
    });
    const mark = { owner: theirs.run.ctx.own, id: "other000", point: backup("2") };
    const record = orders.orders;
    const foreign = { kind: "foreign", name: "orders", why: "changed", record } as const;
    assert.deepEqual(theirs.reasons, [{ ...foreign, mark }]);
    assert.deepEqual(changed.reasons, [{ ...foreign, mark: undefined }]);
    for (const { run, on, reasons, marks } of [theirs, changed]) {
      assert.deepEqual([on.said, marks.length], [reasons, 0]);
      assert.ok(run.settled.has("orders") && run.records.has("orders"));
    }
  });

  it("where a claimed one that ran with the claimed mark has none any more: it was made anew", () => {
    const records = { orders: filling("orders", "fresh000", { from: "old00000" }) };
    const busy: ByHand = { mark: () => ({ state: "later", reason: "busy" }) };
    const claimed = markedAs("old00000");
    const remade = waited({ records, polls: [{ orders: claimed }, { orders: ["Running", ""] }] }, busy);
    assert.deepEqual(kinds(remade.reasons ?? []), ["foreign orders"]);
    assert.equal(remade.marks.length, 1);
    // A mark may be lost at the end of a copy.
    const creating = ["Creating", description("old00000")] as const;
    const lost = waited({ records, polls: [{ orders: creating }, { orders: ["Running", ""] }] });
    assert.equal(lost.reasons, undefined);
  });

  it("with each that is gone or foreign, at the same poll, while others are still made", () => {
    const records = {
      orders: filling("orders", "orders00"),
      crm: filling("crm", "crm00000"),
      sales: filling("sales", "sales000"),
    };
    const { reasons, on, polled } = waited({
      records,
      polls: [
        { orders: "Creating", crm: "Creating", sales: "Creating" },
        { sales: "Creating", crm: markedAs("other000") },
      ],
    });
    assert.deepEqual(kinds(reasons ?? []), ["vanished orders", "foreign crm"]);
    assert.deepEqual(kinds(on.said), ["foreign crm"]);
    assert.equal(polled, 2);
  });

  it("at the timeout: with what is not listed, and the status of what is not running", () => {
    const records = {
      orders: filling("orders", "orders00"),
      crm: filling("crm", "crm00000"),
      sales: filling("sales", "sales000"),
    };
    const { reasons } = waited({ records, polls: [{ crm: "Creating", sales: "" }], isTimedOut: true });
    assert.deepEqual(reasons, [
      {
        kind: "timedOut",
        names: ["orders", "crm", "sales"],
        statuses: { crm: "Creating", sales: "of unknown status" },
      },
    ]);
  });

  it("at the timeout with those as well that could not be marked, and why", () => {
    const records = { orders: filling("orders", "orders00"), crm: filling("crm", "crm00000") };
    const { reasons, run } = waited(
      { records, polls: [{ orders: "Running", crm: "Creating" }], isTimedOut: true },
      { mark: () => ({ state: "later", reason: "busy" }) },
    );
    assert.deepEqual(reasons, [
      { kind: "timedOut", names: ["crm"], statuses: { crm: "Creating" } },
      {
        kind: "unmarked",
        name: "orders",
        reason: "busy",
        isPassing: true,
        record: run.records.get("orders"),
      },
    ]);
  });

  it("where a mark is refused, as soon as all run; a busy instance is waited for until the timeout", () => {
    const denied = waited(
      { polls: [{ orders: "Running" }] },
      {
        mark: () => ({ state: "denied", reason: "no permission" }),
      },
    );
    const busy = waited(
      { polls: Array<Poll>(3).fill({ orders: "Running" }), isTimedOut: true },
      {
        mark: () => ({ state: "later", reason: "busy" }),
      },
    );
    const missed = waited({ polls: [{ orders: "Running" }] }, { mark: () => ({ state: "notFound" }) });
    for (const [{ reasons, run, marks }, reason, tries] of [
      [denied, "no permission", 1],
      [busy, "busy", 3],
      [missed, "it was not written", 1],
    ] as const) {
      const record = run.records.get("orders");
      const isPassing = reason === "no permission" ? {} : { isPassing: true };
      assert.deepEqual(reasons, [{ kind: "unmarked", name: "orders", reason, ...isPassing, record }]);
      assert.equal(record?.phase, "filling");
      assert.equal(marks.length, tries);
    }
  });

  it("in a destroy without the mark of what is left; not where the creation that follows needs the name", () => {
    const denied: ByHand = { mark: () => ({ state: "denied", reason: "no permission" }) };
    const left = waited({ polls: [{ orders: "Running" }], destroying: ["other"] }, denied);
    assert.equal(left.reasons, undefined);
    assert.deepEqual(kinds(left.on.said), ["unmarked orders"]);
    const needed = waited({ polls: [{ orders: "Running" }], destroying: ["Orders"] }, denied);
    assert.deepEqual(kinds(needed.reasons ?? []), ["unmarked orders"]);
    assert.deepEqual(needed.on.said, []);
    const records = { orders: filling("orders", "orders00", { unmarked: true }) };
    const shown = waited({ records, polls: [{ orders: "Running" }], destroying: ["orders"] }, denied);
    assert.equal(shown.reasons, undefined);
    const record = shown.run.records.get("orders");
    assert.ok(record?.phase === "filled" && record.unmarked);
  });

  it("for a database that has run with its mark and is out of order since: said once", () => {
    const records = { orders: filling("orders", "orders00"), crm: filling("crm", "crm00000") };
    const { reasons, run, on } = waited({
      records,
      polls: [
        { orders: "Running", crm: "Creating" },
        { orders: "Suspect", crm: "Creating" },
        { orders: "Suspect", crm: "Running" },
      ],
    });
    assert.equal(reasons, undefined);
    assert.deepEqual(on.said, [{ kind: "notRunning", name: "orders", status: "Suspect" }]);
    assert.equal(run.records.get("orders")?.status, "Suspect");
    const unmarked = waited({ polls: [{ orders: "Suspect" }, { orders: "Running" }] });
    assert.equal(unmarked.polled, 2, "one that never ran is waited for");
    const bare = waited({
      records: { orders: filling("orders", "orders00", { unmarked: true }), crm: filling("crm", "crm00000") },
      polls: [
        { orders: "Running", crm: "Creating" },
        { orders: "Suspect", crm: "Running" },
      ],
      more: { marksOn: false },
    });
    assert.deepEqual(kinds(bare.on.said), ["notRunning orders"]);
  });
});

describe("a copy that was accepted and never appears", () => {
  const at = Date.parse("2026-11-27T19:30:05Z") / 1000;

  /** Nothing is listed at any poll; each poll is so many seconds after the last one. */
  function unseen(trace: "failed" | "made", polls: number, seconds = 30, records = orders) {
    let now = at - seconds;
    const result = waited(
      { records, polls: Array<Poll>(polls).fill({}), isTimedOut: true },
      {
        now: () => (now += seconds),
        tasks: () => trace,
      },
    );
    return { ...result, asked: callsOf(result.on, "tasks") };
  }

  it("is asked for by its tasks a minute after the first poll, and every minute after", () => {
    const { reasons, asked } = unseen("made", 7);
    // Polls at 0, 30, 60, 90, 120 and 150 s; the last one is the timeout.
    assert.equal(asked.length, 2);
    assert.deepEqual(asked[0], {
      call: "tasks",
      name: "orders",
      source: "orders",
      others: [],
      id: "orders00",
      window: { from: at, until: at + 300 },
    });
    assert.deepEqual(kinds(reasons ?? []), ["timedOut"]);
  });

  it("has failed where its tasks say so, and stays recorded", () => {
    const { reasons, run, polled } = unseen("failed", 9);
    assert.deepEqual(reasons, [{ kind: "copyFailed", name: "orders", point: backup("2") }]);
    assert.equal(polled, 3);
    assert.ok(run.records.has("orders"));
  });

  it("whose request has no time is asked for from the beginning", () => {
    const records = { orders: filling("orders", "orders00") };
    const { asked } = unseen("failed", 9, 60, records);
    assert.deepEqual(asked[0]?.window, { from: 0, until: 300 });
  });

  it("is not asked for once it was listed", () => {
    let now = at;
    const { reasons } = waited(
      { polls: [{ orders: "Creating" }, { orders: "Creating" }, { orders: "Running" }] },
      {
        now: () => (now += 100),
        tasks: () => assert.fail("a listed copy is watched in the list"),
      },
    );
    assert.equal(reasons, undefined);
  });
});

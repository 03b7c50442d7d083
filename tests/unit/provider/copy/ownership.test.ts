import assert from "node:assert/strict";
import {
  isMark,
  markOf,
  parseReceipt,
  receiptKey,
  type MarkedRequest,
} from "../../../../provider/src/copy/marks";
import { ownership, type OwnershipOptions } from "../../../../provider/src/copy/ownership";
import { targetLocks } from "../../../../provider/src/copy/targetLocks";
import { fakeClock } from "../fakeClock";
import { failures, inTurn, scriptedRds, type RdsCalls } from "../scriptedRds";

const urn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const askedAt = "2026-03-01T02:00:00Z";
const request: MarkedRequest = {
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  names: { orders: "orders" },
  restorePoint: { backupId: "1001" },
  syncUserPrivilege: false,
  generation: 0,
};
const done = () => Promise.resolve();
const orders = (status: string, description = "") => ({ name: "ORDERS", status, description });
const mark = markOf(urn, request, "orders");

function open(script: Partial<RdsCalls>, more: Partial<OwnershipOptions> = {}) {
  const clock = fakeClock();
  const warnings: string[] = [];
  const { rds, calls, names } = scriptedRds(script, clock);
  const owned = ownership({
    rds,
    clock,
    locks: targetLocks(),
    report: { status: () => undefined, info: () => undefined, warn: (line) => warnings.push(line) },
    urn,
    enabled: true,
    mayWarn: () => true,
    ...more,
  });
  return { owned, calls, names, warnings, clock };
}

describe("the receipt of a copy", () => {
  it("is written before the copy is asked for, again with its request id, and taken off in the end", async () => {
    const { owned, calls } = open({ tagInstance: done, untagInstance: done });
    await owned.announce(request, askedAt);
    await owned.accepted(request, askedAt, "R-1");
    await owned.settled("rm-staging");
    const written = calls.map((call) => call.split(" ").slice(1));
    assert.deepEqual(
      written.map(([name, instance, key]) => [name, instance, key]),
      ["tagInstance", "tagInstance", "untagInstance"].map((name) => [name, "rm-staging", receiptKey(urn)]),
    );
    const receipts = written.slice(0, 2).map(([, , , value]) => parseReceipt(value));
    assert.deepEqual(
      receipts.map((receipt) => receipt?.requestId),
      [undefined, "R-1"],
    );
    assert.deepEqual(
      receipts.map((receipt) => receipt?.time),
      [askedAt, askedAt],
    );
  });

  it("is left as it was announced where the answer to the copy was lost", async () => {
    const { owned, calls } = open({});
    await owned.accepted(request, askedAt, undefined);
    assert.deepEqual(calls, []);
  });

  for (const kind of ["busy", "throttled", "unreachable", "unknown"] as const) {
    it(`is written once more after a while: ${kind}`, async () => {
      const { owned, names, warnings, clock } = open({ tagInstance: inTurn(failures[kind](), undefined) });
      await owned.announce(request, askedAt);
      assert.deepEqual([names(), warnings, clock.elapsed()], [["tagInstance", "tagInstance"], [], 1000]);
    });

    it(`is given up within half a minute, with one warning: ${kind}`, async () => {
      const { owned, warnings, clock } = open({ tagInstance: inTurn(failures[kind]()) });
      await owned.announce(request, askedAt);
      assert.equal(warnings.length, 1);
      assert.ok(clock.elapsed() > 10_000 && clock.elapsed() <= 30_000, `${clock.elapsed()} ms`);
    });
  }

  for (const kind of ["denied", "refused", "signIn"] as const) {
    it(`is given up at once where it may not be written, with a warning that says what to do: ${kind}`, async () => {
      const { owned, names, warnings } = open({ tagInstance: inTurn(failures[kind]()) });
      await owned.announce(request, askedAt);
      assert.deepEqual(names(), ["tagInstance"]);
      assert.match(warnings.join(), /receipt.*on rm-staging.*The cloud said .*ownershipMarks: false/);
    });
  }

  it("waits as long as the service asks, if that is worth it", async () => {
    const { owned, clock } = open({ tagInstance: inTurn(failures.throttled(20_000), undefined) });
    await owned.announce(request, askedAt);
    assert.equal(clock.elapsed(), 20_000);
  });

  it("waits no longer than half a minute in all", async () => {
    const atLast = open({ tagInstance: inTurn(failures.throttled(30_000), undefined) });
    await atLast.owned.announce(request, askedAt);
    assert.deepEqual([atLast.clock.elapsed(), atLast.warnings], [30_000, []]);
    const tooLate = open({ tagInstance: inTurn(failures.throttled(30_001), undefined) });
    await tooLate.owned.announce(request, askedAt);
    assert.deepEqual([tooLate.clock.elapsed(), tooLate.warnings.length], [0, 1]);
  });

  it("is no matter on an instance that is gone", async () => {
    const { owned, names, warnings } = open({ untagInstance: inTurn(failures.notFound()) });
    await owned.settled("rm-staging");
    assert.deepEqual([names(), warnings], [["untagInstance"], []]);
  });

  it("is not complained of twice", async () => {
    const answers = [true, false];
    const { owned, warnings } = open(
      { tagInstance: inTurn(failures.denied()), untagInstance: inTurn(failures.denied()) },
      { mayWarn: () => answers.shift() ?? false },
    );
    await owned.announce(request, askedAt);
    await owned.settled("rm-staging");
    assert.equal(warnings.length, 1);
  });

  it("lets an error through that is no failed call", async () => {
    const { owned } = open({ tagInstance: inTurn(new TypeError("a defect")) });
    await assert.rejects(owned.announce(request, askedAt), TypeError);
  });
});

describe("the mark of a database", () => {
  it("is its description, under the name that the service knows it by", async () => {
    const { owned, calls } = open({ describeDatabaseAs: done });
    assert.deepEqual(await owned.mark(request, "orders", orders("Running")), { state: "marked", mark });
    assert.deepEqual(calls, [`0s describeDatabaseAs rm-staging ORDERS ${mark}`]);
    assert.ok(isMark(mark));
  });

  it("is not put on twice", async () => {
    const { owned, calls } = open({});
    assert.deepEqual(await owned.mark(request, "orders", orders("Running", mark)), { state: "marked", mark });
    assert.deepEqual(calls, []);
  });

  it("takes the place of another description", async () => {
    const { owned, names } = open({ describeDatabaseAs: done });
    await owned.mark(request, "orders", orders("Running", "of production"));
    assert.deepEqual(names(), ["describeDatabaseAs"]);
  });

  it("is tried for a while on a database that runs, and then done without, which is said", async () => {
    const busy = open({ describeDatabaseAs: inTurn(failures.busy(), undefined) });
    assert.equal((await busy.owned.mark(request, "orders", orders("Running"))).state, "marked");
    const denied = open({ describeDatabaseAs: inTurn(failures.denied()) });
    assert.deepEqual(await denied.owned.mark(request, "orders", orders("Running")), { state: "unmarked" });
    assert.match(denied.warnings.join(), /The mark of the copy.*could not be written/);
  });

  it("is not there, and not missed, where the database is gone with its instance", async () => {
    const { owned, names, warnings } = open({ describeDatabaseAs: inTurn(failures.notFound()) });
    assert.deepEqual(await owned.mark(request, "orders", orders("Running")), { state: "unmarked" });
    assert.deepEqual([names(), warnings], [["describeDatabaseAs"], []]);
  });

  it("may be on where the answer to a try was lost, and the next one found nothing", async () => {
    const lostThenGone = { describeDatabaseAs: inTurn(failures.unknown(), failures.notFound()) };
    const { owned } = open(lostThenGone);
    const end = await owned.mark(request, "orders", orders("Running"));
    assert.deepEqual(end, { state: "unmarked", maybe: mark });
  });

  it("is tried once, and silently, on a database that is still being made", async () => {
    for (const [kind, state] of [
      ["busy", "unmarked"],
      ["refused", "unmarked"],
      ["denied", "unmarked"],
      ["throttled", "later"],
      ["unknown", "later"],
      ["unreachable", "later"],
    ] as const) {
      const { owned, names, warnings } = open({ describeDatabaseAs: inTurn(failures[kind]()) });
      // Where only the answer was lost, it may be on.
      const expected = kind === "unknown" ? { state, maybe: mark } : { state };
      assert.deepEqual(await owned.mark(request, "orders", orders("Creating")), expected, kind);
      assert.deepEqual([names(), warnings], [["describeDatabaseAs"], []], kind);
    }
    const made = open({ describeDatabaseAs: done });
    assert.deepEqual(await made.owned.mark(request, "orders", orders("Creating")), { state: "marked", mark });
    const defect = open({ describeDatabaseAs: inTurn(new TypeError("a defect")) });
    await assert.rejects(defect.owned.mark(request, "orders", orders("Creating")), TypeError);
  });

  it("is written one at a time with other changes of the instance", async () => {
    const locks = targetLocks();
    let isBusy = true;
    const other = locks.oneAtATime("rm-staging", async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isBusy = false;
    });
    const notBusy = () => Promise.resolve(assert.equal(isBusy, false));
    const { owned } = open({ tagInstance: notBusy, describeDatabaseAs: notBusy }, { locks });
    await Promise.all([
      other,
      owned.mark(request, "orders", orders("Creating")),
      owned.announce(request, askedAt),
    ]);
  });
});

describe("without marks", () => {
  for (const [why, more] of [
    ["they are switched off", { enabled: false }],
    ["the resource has no URN", { urn: undefined }],
  ] as const) {
    it(`nothing is written: ${why}`, async () => {
      const { owned, calls } = open({}, more);
      await owned.announce(request, askedAt);
      await owned.accepted(request, askedAt, "R-1");
      await owned.settled("rm-staging");
      assert.deepEqual(await owned.mark(request, "orders", orders("Running")), { state: "unmarked" });
      assert.deepEqual(calls, []);
    });
  }
});

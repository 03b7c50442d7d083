import assert from "node:assert/strict";
import type { FailureKind } from "../../../../provider/src/rds/failure";
import { callUntil, failureRow, type Situation } from "../../../../provider/src/rds/failurePolicy";
import { fakeClock } from "../fakeClock";
import { failures, inTurn } from "../scriptedRds";

/** How long a row of failures of one kind is borne, in minutes: 0 stops at once; `for ever` is until the timeout. */
async function borne(situation: Situation, kind: FailureKind): Promise<number | "for ever"> {
  const clock = fakeClock();
  const row = failureRow(situation, clock);
  for (;;) {
    const delay = row.retryAfter(failures[kind]());
    if (delay === undefined) return Math.round(clock.elapsed() / 60_000);
    await clock.sleep(delay);
    if (clock.elapsed() > 24 * 3_600_000) return "for ever";
  }
}

describe("the table of failure policies", () => {
  const always = "for ever";
  const table: Readonly<Record<Situation, Readonly<Record<FailureKind, number | "for ever">>>> = {
    preview: {
      busy: 0,
      throttled: 0,
      unreachable: 0,
      unknown: 0,
      notFound: 0,
      refused: 0,
      denied: 0,
      signIn: 0,
    },
    read: {
      busy: 1,
      throttled: 30,
      unreachable: 1,
      unknown: 1,
      notFound: 0,
      refused: 0,
      denied: 0,
      signIn: 0,
    },
    poll: {
      busy: always,
      throttled: always,
      unreachable: 10,
      unknown: 10,
      notFound: 1,
      refused: 1,
      denied: 0,
      signIn: 0,
    },
    write: {
      busy: 1,
      throttled: 30,
      unreachable: 1,
      unknown: 1,
      notFound: 0,
      refused: 0,
      denied: 0,
      signIn: 0,
    },
    // A lost answer to a copy is never repeated blindly.
    copy: {
      busy: always,
      throttled: always,
      unreachable: 2,
      unknown: 0,
      notFound: 0,
      refused: 0,
      denied: 0,
      signIn: 0,
    },
    drop: {
      busy: always,
      throttled: always,
      unreachable: 2,
      unknown: always,
      notFound: always,
      refused: 0,
      denied: 0,
      signIn: 0,
    },
  };
  for (const [situation, row] of Object.entries(table) as [Situation, (typeof table)[Situation]][]) {
    it(situation, async () => {
      for (const [kind, minutes] of Object.entries(row) as [FailureKind, number | "for ever"][]) {
        const found = await borne(situation, kind);
        // The last try comes when the next one would be too late: waits double up to a minute.
        if (typeof minutes === "number" && minutes > 0 && typeof found === "number")
          assert.ok(found <= minutes && found >= minutes - 1, `${situation} ${kind}: ${found}`);
        else assert.equal(found, minutes, `${situation} ${kind}`);
      }
    });
  }

  it("a row begins anew after an answer, and with a failure that is borne for another time", async () => {
    const clock = fakeClock();
    const row = failureRow("copy", clock);
    row.retryAfter(failures.unreachable());
    await clock.sleep(110_000);
    row.retryAfter(failures.busy());
    assert.notEqual(row.retryAfter(failures.unreachable()), undefined);
    await clock.sleep(121_000);
    assert.equal(row.retryAfter(failures.unreachable()), undefined);
    row.end();
    assert.equal(row.retryAfter(failures.unreachable()), 1000);
  });
});

describe("callUntil", () => {
  it("gives the first answer", async () => {
    const clock = fakeClock();
    const answer = await callUntil(inTurn(failures.busy(), failures.throttled(9000), "yes"), {
      situation: "read",
      clock,
    });
    assert.equal(answer, "yes");
    assert.deepEqual(clock.delays, [1000, 9000]);
  });

  it("ends with the last failure at the deadline, or when it is called off", async () => {
    const clock = fakeClock();
    const call = inTurn(failures.busy());
    await assert.rejects(callUntil(call, { situation: "copy", clock, deadline: clock.now() + 5000 }), {
      kind: "busy",
    });
    assert.deepEqual(clock.delays, [1000, 2000]);
    await assert.rejects(callUntil(call, { situation: "copy", clock, signal: AbortSignal.abort() }), {
      kind: "busy",
    });
  });
});

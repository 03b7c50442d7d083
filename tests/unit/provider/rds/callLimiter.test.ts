import assert from "node:assert/strict";
import fc from "fast-check";
import { callLimiter } from "../../../../provider/src/rds/callLimiter";
import { callUntil } from "../../../../provider/src/rds/failurePolicy";
import { fakeClock, type FakeClock } from "../fakeClock";
import { failures } from "../scriptedRds";

/** A service that takes so many calls in each second of its clock. */
function service(clock: FakeClock, callsPerSecond: number) {
  const seconds = new Map<number, number>();
  const counts = { taken: 0, refused: 0 };
  return {
    counts,
    call(): Promise<void> {
      const second = Math.floor(clock.now() / 1000);
      const before = seconds.get(second) ?? 0;
      seconds.set(second, before + 1);
      if (before < callsPerSecond) {
        counts.taken++;
        return Promise.resolve();
      }
      counts.refused++;
      return Promise.reject(failures.throttled());
    },
  };
}

async function manyCallers(callers: number, calls: number, limit: number, isLimited: boolean) {
  const clock = fakeClock();
  const cloud = service(clock, limit);
  const limiter = callLimiter({ clock, random: () => 0.5 });
  const began = clock.now();
  const one = async () => {
    for (let call = 0; call < calls; call++)
      await callUntil(() => (isLimited ? limiter.run(() => cloud.call()) : cloud.call()), {
        situation: "read",
        clock,
      });
  };
  await Promise.all(Array.from({ length: callers }, one));
  return { ...cloud.counts, seconds: (clock.now() - began) / 1000 };
}

describe("the limiter of calls", () => {
  it("lets 50 callers of an account of 10 calls a second come to their ends, with few refusals", async () => {
    const { taken, refused, seconds } = await manyCallers(50, 14, 10, true);
    assert.equal(taken, 700);
    // The first second, before anything is known of a limit, and one in seven seconds after it.
    assert.ok(refused <= 50 + 30, `${refused} refused`);
    assert.ok(seconds < 2 * (700 / 10), `${seconds} s`);
    // Without it most calls are refused, and some callers give up.
    await assert.rejects(manyCallers(50, 14, 10, false), /Throttling/);
  });

  it("costs nothing where nothing is limited", async () => {
    const { refused, seconds } = await manyCallers(50, 14, Infinity, true);
    assert.deepEqual([refused, seconds], [0, 0]);
  });

  it("says once that calls are limited, and hands every failure on", async () => {
    const clock = fakeClock();
    let said = 0;
    const limiter = callLimiter({ clock, onLimited: () => said++ });
    for (let call = 0; call < 3; call++)
      await assert.rejects(
        limiter.run(() => Promise.reject(failures.throttled())),
        /Throttling/,
      );
    assert.equal(said, 1);
  });

  it("brings whatever number of callers to the end, whatever the limit", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 20 }),
        async (callers, calls, limit) => {
          const { taken } = await manyCallers(callers, calls, limit, true);
          assert.equal(taken, callers * calls);
        },
      ),
      { numRuns: 50 },
    );
  });
});

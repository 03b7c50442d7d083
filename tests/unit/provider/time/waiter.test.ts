import assert from "node:assert/strict";
import fc from "fast-check";
import { steadyPace, wait, type Verdict } from "../../../../provider/src/time/waiter";
import { fakeClock } from "../fakeClock";

const pending = { state: "pending" } as const;

/** Looks that are pending until the clock is that old. */
function doneAfter(clock: ReturnType<typeof fakeClock>, milliseconds: number) {
  const looks: number[] = [];
  const look = (): Promise<Verdict<string, never>> => {
    looks.push(clock.elapsed());
    return Promise.resolve(clock.elapsed() >= milliseconds ? { state: "done", value: "there" } : pending);
  };
  return { look, looks };
}

describe("wait", () => {
  it("looks at once and does not sleep when the first look is final", async () => {
    const clock = fakeClock();
    const { look, looks } = doneAfter(clock, 0);
    assert.deepEqual(await wait(look, { clock, deadline: clock.now() + 60_000 }), {
      state: "done",
      value: "there",
    });
    assert.deepEqual(looks, [0]);
    assert.deepEqual(clock.delays, []);
  });

  it("ends with the failure that a look shows", async () => {
    const clock = fakeClock();
    const look = (): Promise<Verdict<never, string>> =>
      Promise.resolve(clock.elapsed() < 2000 ? pending : { state: "failed", failure: "gone" });
    assert.deepEqual(await wait(look, { clock, deadline: clock.now() + 60_000 }), {
      state: "failed",
      failure: "gone",
    });
    assert.deepEqual(clock.delays, [1000, 1000]);
  });

  it("looks a last time at the deadline", async () => {
    const clock = fakeClock();
    const { look, looks } = doneAfter(clock, 10_000);
    const end = await wait(look, { clock, deadline: clock.now() + 10_000, pace: () => 4000 });
    assert.deepEqual(end, { state: "done", value: "there" });
    assert.deepEqual(looks, [0, 4000, 8000, 10_000]);
    assert.deepEqual(clock.delays, [4000, 4000, 2000]);
  });

  it("ends at the deadline when that look shows nothing either", async () => {
    const clock = fakeClock();
    const { look, looks } = doneAfter(clock, 10_001);
    assert.deepEqual(await wait(look, { clock, deadline: clock.now() + 10_000, pace: () => 4000 }), {
      state: "timedOut",
    });
    assert.deepEqual(looks, [0, 4000, 8000, 10_000]);
  });

  it("looks once when the deadline has passed already", async () => {
    const clock = fakeClock();
    const { look, looks } = doneAfter(clock, 1);
    assert.deepEqual(await wait(look, { clock, deadline: clock.now() - 1 }), { state: "timedOut" });
    assert.deepEqual(looks, [0]);
  });

  it("looks as soon as a verdict asks, whatever the pace, but not after the deadline", async () => {
    const clock = fakeClock();
    const look = (): Promise<Verdict<never, never>> => Promise.resolve({ state: "pending", againInMs: 3000 });
    await wait(look, { clock, deadline: clock.now() + 7000, pace: () => 60_000 });
    assert.deepEqual(clock.delays, [3000, 3000, 1000]);
  });

  it("does not look when it was called off before", async () => {
    const clock = fakeClock();
    const { look, looks } = doneAfter(clock, 0);
    const end = await wait(look, { clock, deadline: clock.now() + 1000, signal: AbortSignal.abort() });
    assert.deepEqual(end, { state: "aborted" });
    assert.deepEqual(looks, []);
  });

  it("ends in the middle of a sleep when it is called off", async () => {
    const clock = fakeClock();
    const stop = new AbortController();
    const { look, looks } = doneAfter(clock, 60_000);
    clock.at(5000, () => stop.abort());
    const end = await wait(look, {
      clock,
      deadline: clock.now() + 60_000,
      signal: stop.signal,
      pace: () => 4000,
    });
    assert.deepEqual(end, { state: "aborted" });
    assert.deepEqual(looks, [0, 4000]);
    assert.equal(clock.elapsed(), 5000);
  });

  it("lets an error of a look through", async () => {
    const clock = fakeClock();
    const look = () => Promise.reject(new Error("a bug"));
    await assert.rejects(wait(look, { clock, deadline: clock.now() + 1000 }), /a bug/);
  });
});

describe("steadyPace", () => {
  it("looks once a second at first and once in 32 seconds in the end", async () => {
    const clock = fakeClock();
    const { look } = doneAfter(clock, 20 * 60_000);
    await wait(look, { clock, deadline: clock.now() + 60 * 60_000 });
    const counts = [1, 2, 4, 8, 16, 32].map((s) => clock.delays.filter((ms) => ms === s * 1000).length);
    assert.deepEqual(clock.delays.slice(0, 40), Array<number>(40).fill(1000));
    assert.deepEqual(clock.delays.slice(-2), [32_000, 32_000]);
    assert.deepEqual(counts, [40, 20, 20, 20, 20, 18]);
  });

  it("counts from the time waited, so that a look between two grid points falls back onto the grid", () => {
    assert.equal(steadyPace(0, 10_400), 600);
    assert.equal(steadyPace(39_999, 10_400), 600);
    assert.equal(steadyPace(40_000, 10_400), 1600);
    assert.equal(steadyPace(10 * 3_600_000, 33_000), 31_000);
  });

  it("comes late by one twentieth of the time waited, or one second, at most", () => {
    fc.assert(
      fc.property(fc.nat(20 * 3_600_000), fc.nat(4_000_000_000), (waited, now) => {
        const delay = steadyPace(waited, now);
        assert.ok(delay > 0);
        assert.ok(delay <= Math.max(1000, waited / 20));
        assert.ok(delay <= 32_000);
      }),
    );
  });

  it("lets all who wait equally long look at the same moments, whenever they began", () => {
    const began = fc.nat(4_000_000_000);
    fc.assert(
      fc.property(began, began, fc.nat(20 * 3_600_000), (one, other, waited) => {
        const grid = 2 ** Math.floor(Math.log2(Math.min(Math.max(waited / 20_000, 1), 32))) * 1000;
        for (const now of [one + waited, other + waited])
          assert.equal((now + steadyPace(waited, now)) % grid, 0);
      }),
    );
  });

  it("lets one answer serve copies that began at different times", async () => {
    const clock = fakeClock();
    const looks = [3_300, 70_100, 200_450].map(async (start) => {
      await clock.sleep(start);
      const moments: number[] = [];
      const look = (): Promise<Verdict<never, never>> => {
        moments.push(clock.now());
        return Promise.resolve(pending);
      };
      await wait(look, { clock, deadline: clock.now() + 3_600_000 });
      // The last look is at the deadline, which is everybody's own.
      return moments.slice(0, -1);
    });
    const [first = [], second = [], third = []] = await Promise.all(looks);
    const shared = new Set([...second, ...third]);
    const late = first.filter((moment) => moment > clock.now() - 30 * 60_000);
    assert.ok(late.length > 20);
    assert.deepEqual(
      late.filter((moment) => !shared.has(moment)),
      [],
    );
  });
});

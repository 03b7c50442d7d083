import assert from "node:assert/strict";
import fc from "fast-check";
import { steadyPace } from "../../../../provider/src/time/backoff";

describe("steadyPace", () => {
  it("polls once a second at first and once in 32 seconds in the end", () => {
    const delays: number[] = [];
    for (let waited = 0; waited < 20 * 60_000; waited += delays.at(-1) ?? 0)
      delays.push(steadyPace(waited, waited));
    const counts = [1, 2, 4, 8, 16, 32].map((s) => delays.filter((ms) => ms === s * 1000).length);
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
});

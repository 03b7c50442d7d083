import assert from "node:assert/strict";
import { copyForecast } from "../../../../provider/src/copy/forecast";
import { copyPace } from "../../../../provider/src/time/backoff";
import { fakeClock } from "../fakeClock";

describe("the forecast of a copy's end", () => {
  it("tells nothing as long as no percentage has moved", async () => {
    const clock = fakeClock();
    const forecast = copyForecast(clock);
    assert.equal(forecast.remainingMs(), undefined);
    forecast.saw(undefined);
    forecast.saw(7);
    await clock.sleep(60_000);
    forecast.saw(7);
    assert.equal(forecast.remainingMs(), undefined);
    assert.ok(forecast.isDue());
  });

  it("tells the least that is left: whole percents may be almost one more than they say", async () => {
    const clock = fakeClock();
    const forecast = copyForecast(clock);
    forecast.saw(10);
    await clock.sleep(50_000);
    forecast.saw(19);
    // 10 percent at most in 50 s: 80 more take 400 s at least.
    assert.equal(forecast.remainingMs(), 400_000);
    await clock.sleep(30_000);
    assert.equal(forecast.remainingMs(), 370_000);
    assert.ok(!forecast.isDue());
    await clock.sleep(30_000);
    assert.ok(forecast.isDue());
  });

  it("is due again at once where nothing may be left, and else when as much time passed as was left", async () => {
    const clock = fakeClock();
    const forecast = copyForecast(clock);
    forecast.saw(10);
    await clock.sleep(50_000);
    forecast.saw(99);
    assert.equal(forecast.remainingMs(), 0);
    assert.ok(forecast.isDue());
    // 88 percent at most in 50 s: 3 more take 1.7 s at least.
    const other = copyForecast(clock);
    other.saw(9);
    await clock.sleep(50_000);
    other.saw(96);
    assert.ok(!other.isDue());
    await clock.sleep(1000);
    assert.ok(other.isDue());
  });
});

describe("the pace of looks at a copy", () => {
  it("without a forecast loses 2 s or 2 % at most", () => {
    assert.equal(copyPace(0, 0, undefined), 2000);
    assert.equal(copyPace(99_000, 0, undefined), 2000);
    assert.equal(copyPace(600_000, 0, undefined), 8000);
    assert.equal(copyPace(36_000_000, 0, undefined), 32_000);
  });

  it("with one looks rarely where the end is far, and never past it", () => {
    assert.equal(copyPace(64_000, 0, 500_000), 32_000);
    for (const remaining of [3000, 8000, 20_000, 60_000])
      assert.ok(copyPace(64_000, 0, remaining) < Math.max(remaining, 2001), String(remaining));
    // What has passed bounds it: percentages may leap.
    assert.equal(copyPace(8000, 0, 500_000), 4000);
  });
});

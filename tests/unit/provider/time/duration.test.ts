import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDuration, parseDuration } from "../../../../provider/src/time/duration";

describe("parseDuration", () => {
  const good: readonly [string, number][] = [
    ["90s", 90_000],
    ["90m", 5_400_000],
    ["2h", 7_200_000],
    ["1h30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["7d", 604_800_000],
    ["1d12h", 129_600_000],
    ["250ms", 250],
    ["1h0m0s", 3_600_000],
  ];
  for (const [text, milliseconds] of good) {
    it(`reads ${text}`, () => assert.equal(parseDuration(text), milliseconds));
  }

  const bad = [
    "",
    "0s",
    "0h0m",
    "2",
    "h",
    "-1h",
    "2 h",
    "2h ",
    "2hours",
    "1w",
    "1y",
    "2H",
    "1,5h",
    ".5h",
    "1e3s",
  ];
  for (const text of bad) {
    it(`does not read ${JSON.stringify(text)}`, () => assert.equal(parseDuration(text), undefined));
  }
});

describe("formatDuration", () => {
  const cases: readonly [number, string][] = [
    [-5, "0s"],
    [999, "0s"],
    [42_000, "42s"],
    [60_000, "1m"],
    [12 * 60_000 + 59_999, "12m"],
    [3_600_000, "1h00m"],
    [65 * 60_000, "1h05m"],
    [47 * 3_600_000, "47h00m"],
    [74 * 3_600_000, "3d2h"],
  ];
  for (const [milliseconds, text] of cases) {
    it(`writes ${text}`, () => assert.equal(formatDuration(milliseconds), text));
  }

  it("writes what parseDuration reads, never more than was given", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 100 * 86_400_000 }), (milliseconds) => {
        const read = parseDuration(formatDuration(milliseconds)) ?? Number.NaN;
        assert.ok(read <= milliseconds);
        assert.ok(read > milliseconds - 3_600_000);
      }),
    );
  });
});

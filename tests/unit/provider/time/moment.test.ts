import assert from "node:assert/strict";
import fc from "fast-check";
import { momentOf, readMoment, toUtcSeconds } from "../../../../provider/src/time/moment";

describe("readMoment", () => {
  const moments: readonly [string, string][] = [
    ["2026-03-01T02:00:00Z", "2026-03-01T02:00:00Z"],
    ["2026-03-01T02:00:00.999Z", "2026-03-01T02:00:00Z"],
    ["2026-03-01T02:00:00.123456789Z", "2026-03-01T02:00:00Z"],
    ["2026-03-01T02:00Z", "2026-03-01T02:00:00Z"],
    ["2026-03-01t02:00:00z", "2026-03-01T02:00:00Z"],
    ["2026-03-01 02:00:00Z", "2026-03-01T02:00:00Z"],
    [" 2026-03-01T02:00:00Z ", "2026-03-01T02:00:00Z"],
    ["2026-03-01T10:00:00+08:00", "2026-03-01T02:00:00Z"],
    ["2026-02-28T21:00:00-05:00", "2026-03-01T02:00:00Z"],
    ["2026-03-01T07:45:00+05:45", "2026-03-01T02:00:00Z"],
    ["2026-03-01T16:00:00+14:00", "2026-03-01T02:00:00Z"],
    ["2026-02-28T22:30:00-03:30", "2026-03-01T02:00:00Z"],
    ["2026-03-01T02:00:00-00:00", "2026-03-01T02:00:00Z"],
    ["2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z"],
    ["2028-02-29T23:30:00-01:00", "2028-03-01T00:30:00Z"],
  ];
  for (const [text, utc] of moments) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(readMoment(text), { state: "moment", utc }));
  }

  const none = [
    "",
    "yesterday",
    "2026-03-01",
    "2026-03-01Z",
    "02:00:00Z",
    "1772330400",
    "2026-13-01T02:00:00Z",
    "2026-02-29T02:00:00Z",
    "2026-02-30T02:00:00Z",
    "2026-03-01T24:00:00Z",
    "2026-03-01T25:00:00Z",
    "2026-03-01T02:60:00Z",
    "2026-03-01T02:00:60Z",
    "2026-03-01T02:00:00+8",
    "2026-03-01T02:00:00+0800",
    "2026-03-01T02:00:00+24:00",
    "2026-03-01T02:00:00+08:60",
    "2026-03-01T02:00:00CST",
    "Sun Mar 01 2026 02:00:00 GMT+0800",
    "2026-03-01T02:00:00Z; 2026-03-02T02:00:00Z",
  ];
  for (const text of none) {
    it(`finds no time in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(readMoment(text), { state: "notATime" }));
  }

  it("spells out both readings of a time without a zone", () => {
    const readings = { state: "noZone", asUtc: "2026-03-01T02:00:00Z", asChina: "2026-02-28T18:00:00Z" };
    assert.deepEqual(readMoment("2026-03-01T02:00:00"), readings);
    assert.deepEqual(readMoment("2026-03-01 02:00"), readings);
  });

  it("reads a moment of any zone as that moment, without its fraction of a second", () => {
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const moment = fc.integer({ min: 0, max: Date.parse("2099-01-01T00:00:00Z") });
    fc.assert(
      fc.property(moment, offset, (milliseconds, minutes) => {
        const local = new Date(milliseconds + minutes * 60_000).toISOString().slice(0, -1);
        const two = (number: number) => String(number).padStart(2, "0");
        const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
        const zone = `${minutes < 0 ? "-" : "+"}${two(hours)}:${two(rest)}`;
        const reading = readMoment(local + zone);
        assert.ok(reading.state === "moment");
        assert.equal(Date.parse(reading.utc), Math.floor(milliseconds / 1000) * 1000);
      }),
    );
  });
});

describe("momentOf", () => {
  it("reads the service's times with seconds or without, as UTC", () => {
    assert.equal(momentOf("2026-03-01T02:00:30Z"), Date.parse("2026-03-01T02:00:30Z"));
    assert.equal(momentOf("2026-03-01T02:00Z"), Date.parse("2026-03-01T02:00:00Z"));
    assert.equal(momentOf("2026-03-01T02:00:30"), Date.parse("2026-03-01T02:00:30Z"));
  });

  it("gives NaN for anything else", () => assert.ok(Number.isNaN(momentOf(""))));
});

describe("toUtcSeconds", () => {
  it("writes the form that RestoreTime takes", () =>
    assert.equal(toUtcSeconds(Date.parse("2026-03-01T02:00:30.900Z")), "2026-03-01T02:00:30Z"));
});

import assert from "node:assert/strict";
import { coverage, logIntervalMs, logRange } from "../../../provider/src/preflight/logCoverage";
import { at, backupSet } from "./known";

const ms = (time: string) => Date.parse(at(time));
const minute = 60_000;
const span = (begin: string, end: string) => ({ begin: at(begin), end: at(end) });

describe("a chain of log backups", () => {
  const chainTo = (to: number, ...logs: readonly ReturnType<typeof span>[]) =>
    coverage(logs, ms("02:30"), to);

  it("covers a moment that it reaches, whatever its order", () => {
    const logs = [span("03:00", "03:30"), span("02:00", "03:00"), span("03:30", "04:00")];
    assert.deepEqual(chainTo(ms("04:00"), ...logs), { state: "covered" });
  });

  it("covers the end of the backup itself, without any log", () => {
    assert.deepEqual(chainTo(ms("02:30")), { state: "covered" });
  });

  it("may end a minute before the moment, which is as near as its times tell, and no more", () => {
    const end = ms("03:00");
    assert.deepEqual(chainTo(end + minute, span("02:00", "03:00")), { state: "covered" });
    assert.deepEqual(chainTo(end + minute + 1, span("02:00", "03:00")), { state: "ends", at: end });
  });

  it("may begin a minute late, and no more", () => {
    assert.deepEqual(chainTo(ms("04:00"), span("02:31", "04:00")), { state: "covered" });
    assert.deepEqual(chainTo(ms("04:00"), span("02:31:01", "04:00")), {
      state: "hole",
      from: ms("02:30"),
      to: ms("02:31:01"),
    });
  });

  it("has a hole where no log begins and more of them follow", () => {
    const logs = [span("02:00", "03:00"), span("03:30", "04:00"), span("05:00", "06:00")];
    assert.deepEqual(chainTo(ms("06:00"), ...logs), { state: "hole", from: ms("03:00"), to: ms("03:30") });
  });

  it("is not harmed by a hole after the moment", () => {
    const logs = [span("02:00", "03:00"), span("04:00", "05:00")];
    assert.deepEqual(chainTo(ms("03:00"), ...logs), { state: "covered" });
    assert.deepEqual(chainTo(ms("02:45"), ...logs), { state: "covered" });
  });

  it("reaches as far as the longest of its logs, also where a shorter one follows", () => {
    const logs = [span("02:00", "04:00"), span("02:30", "03:00"), span("04:00", "05:00")];
    assert.deepEqual(chainTo(ms("05:00"), ...logs), { state: "covered" });
  });

  it("begins with the backup, not with logs from before it", () => {
    assert.deepEqual(chainTo(ms("03:00"), span("01:00", "02:00")), { state: "ends", at: ms("02:30") });
  });
});

describe("the interval of the log backups", () => {
  it("is the policy's, or half an hour", () => {
    assert.equal(logIntervalMs({ method: "Physical", logIntervalMinutes: 5 }), 5 * minute);
    assert.equal(logIntervalMs({ method: "Physical", logIntervalMinutes: undefined }), 30 * minute);
    assert.equal(logIntervalMs(undefined), 30 * minute);
  });
});

describe("the time in which log backups are looked for", () => {
  const set = backupSet({ startTime: at("02:00"), endTime: at("02:30") });
  const everyTen = { method: "Physical", logIntervalMinutes: 10 };
  const rangeOf = (facts: Partial<typeof set>, restoreTime: string, now: string) => {
    const { since, until } = logRange({ ...set, ...facts }, at(restoreTime), everyTen, ms(now));
    return [since, until].map((moment) => new Date(moment).toISOString().slice(11, 19));
  };

  it("is two intervals wider than from the start of the backup to the moment", () => {
    assert.deepEqual(rangeOf({}, "10:00", "12:00"), ["01:40:00", "10:20:00"]);
  });

  it("begins with the end of a backup that does not tell its start", () => {
    assert.deepEqual(rangeOf({ startTime: "" }, "10:00", "12:00"), ["02:10:00", "10:20:00"]);
  });

  it("does not go further than a minute beyond now", () => {
    assert.deepEqual(rangeOf({}, "10:00", "10:10"), ["01:40:00", "10:11:00"]);
    assert.deepEqual(rangeOf({}, "10:00", "10:19"), ["01:40:00", "10:20:00"]);
    assert.deepEqual(rangeOf({}, "10:00", "10:18:59"), ["01:40:00", "10:19:59"]);
  });

  it("is an hour wider at each end where the policy does not tell", () => {
    const { since, until } = logRange(set, at("10:00"), undefined, ms("12:00"));
    assert.deepEqual([since, until], [ms("01:00"), ms("11:00")]);
  });
});

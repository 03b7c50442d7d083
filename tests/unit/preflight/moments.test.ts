import assert from "node:assert/strict";
import { restoreTimeFindings } from "../../../provider/src/preflight/restoreTimeFindings";
import { at, backupSet, briefs, knownOf, onlyText, sourceInstance, type KnownParts } from "./known";

const moment = (time: string) => ({ choice: { kind: "time", restoreTime: at(time) } }) as const;
const span = (begin: string, end: string) => ({ begin: at(begin), end: at(end) });
const findingsOf = ({ plan, ...parts }: KnownParts) =>
  restoreTimeFindings(knownOf({ backups: [backupSet()], plan: { ...moment("10:00"), ...plan }, ...parts }));

const inHole = ["blocks restore-time-in-hole restoreTime InvalidParamTableMeta.RestoreTime"];
const unclear = ["warns restore-time-unclear restoreTime InvalidParamTableMeta.RestoreTime"];
const tooEarly = ["blocks restore-time-too-early restoreTime InvalidParamTableMeta.RestoreTime"];
const simple = ["blocks recovery-model restoreTime CurrentRecoveryModelNotSupportThisAction"];

describe("a moment that is to be copied", () => {
  const keepsNoLog = sourceInstance({ recoveryModel: "Simple" });

  it("needs a source that keeps its log", () => {
    assert.deepEqual(briefs(findingsOf({ source: keepsNoLog })), simple);
    assert.deepEqual(briefs(findingsOf({ source: keepsNoLog, backups: undefined })), simple);
  });

  it("does not matter where nothing is copied, or another point is asked for", () => {
    assert.deepEqual(findingsOf({ source: keepsNoLog, copies: false }), []);
    assert.deepEqual(findingsOf({ source: keepsNoLog, plan: { choice: { kind: "latest" } } }), []);
    assert.deepEqual(
      findingsOf({ source: keepsNoLog, plan: { choice: { kind: "backup", backupId: "b-1" } } }),
      [],
    );
  });

  it("is not judged while the choice or the source is not known", () => {
    assert.deepEqual(findingsOf({ source: keepsNoLog, plan: { choice: undefined } }), []);
    assert.deepEqual(findingsOf({ source: keepsNoLog, plan: { sourceDbInstanceId: undefined } }), []);
  });

  it("is not judged by answers that are not there", () => {
    assert.deepEqual(findingsOf({ backups: undefined, logs: [] }), []);
    assert.deepEqual(findingsOf({ logs: undefined }), []);
    for (const source of [
      undefined,
      "not found",
      sourceInstance(),
      sourceInstance({ recoveryModel: "Full" }),
    ] as const)
      assert.deepEqual(findingsOf({ source }), []);
  });
});

describe("a moment before the first backup", () => {
  it("is too early, whatever logs there are", () => {
    assert.deepEqual(briefs(findingsOf({ plan: moment("02:29:59") })), tooEarly);
    assert.deepEqual(
      briefs(findingsOf({ plan: moment("02:29:59"), logs: [span("01:00", "12:00")] })),
      tooEarly,
    );
    assert.deepEqual(findingsOf({ plan: moment("02:30"), logs: [] }), []);
  });

  it("is told the earliest one: the end of the oldest usable backup", () => {
    const backups = [
      backupSet({ backupId: "b-3", endTime: at("08:00") }),
      backupSet({ backupId: "b-1", endTime: at("06:00"), databases: ["crm"] }),
      backupSet({ backupId: "b-0", endTime: at("05:00"), status: "Failed" }),
      backupSet({ backupId: "b-2", endTime: at("07:00") }),
    ];
    assert.match(
      onlyText(findingsOf({ plan: moment("04:00"), backups })),
      /ended before 2026-11-25T04:00:00Z\. The earliest .* is 2026-11-25T06:00:00Z, the end of backup b-1\./,
    );
  });

  it("is told so where there is no usable backup at all", () => {
    const findings = findingsOf({ backups: [backupSet({ status: "Failed" })] });
    assert.deepEqual(briefs(findings), tooEarly);
    assert.match(onlyText(findings), /It has no usable full backup at all: make one/);
  });
});

describe("a moment behind a hole in the log", () => {
  const hole = (begin: string) => [span("02:00", "05:00"), span(begin, "12:00")];

  it("cannot be reached if a whole log backup is missing", () => {
    assert.deepEqual(briefs(findingsOf({ logs: hole("05:30") })), inHole);
    assert.deepEqual(briefs(findingsOf({ logs: hole("05:29:59") })), unclear);
  });

  it("is measured by the interval of the policy", () => {
    const sourcePolicy = { method: "Physical", logIntervalMinutes: 20 };
    assert.deepEqual(briefs(findingsOf({ logs: hole("05:20"), sourcePolicy })), inHole);
    assert.deepEqual(briefs(findingsOf({ logs: hole("05:19:59"), sourcePolicy })), unclear);
  });

  it("is told the last one before it", () => {
    assert.match(
      onlyText(findingsOf({ logs: hole("06:00") })),
      /hole from 2026-11-25T05:00:00Z to 2026-11-25T06:00:00Z, .* from backup b-1\. Name a moment up to 2026-11-25T05:00:00Z/,
    );
  });

  it("is reached all the same from a later backup", () => {
    const backups = [backupSet(), backupSet({ backupId: "b-2", endTime: at("07:00") })];
    assert.deepEqual(findingsOf({ logs: hole("06:00"), backups }), []);
  });
});

describe("a moment after the end of the log", () => {
  const upTo = (end: string, parts: KnownParts = {}) =>
    findingsOf({ plan: moment("11:59"), logs: [span("02:00", end)], ...parts });

  it("may still be backed up for two intervals, and no longer", () => {
    assert.deepEqual(briefs(upTo("11:00:01")), unclear);
    assert.deepEqual(briefs(upTo("11:00")), inHole);
  });

  it("is measured by the interval of the policy", () => {
    const sourcePolicy = { method: "Physical", logIntervalMinutes: 5 };
    assert.deepEqual(briefs(upTo("11:50:01", { sourcePolicy })), unclear);
    assert.deepEqual(briefs(upTo("11:50", { sourcePolicy })), inHole);
    assert.match(onlyText(upTo("11:50:01", { sourcePolicy })), /They are made every 5 minutes: /);
  });

  it("is told how far the log reaches", () => {
    assert.match(
      onlyText(upTo("08:00")),
      /reach to 2026-11-25T08:00:00Z, .* Name a moment up to 2026-11-25T08:00:00Z\.$/,
    );
  });

  it("is nothing to say of where the log reaches it", () => {
    assert.deepEqual(upTo("11:59"), []);
  });
});

import assert from "node:assert/strict";
import type { TheirsBecause } from "../../../provider/src/ownership/evidence";
import { explain, explainOptions, severityOf } from "../../../provider/src/ownership/explain";
import { intentKey } from "../../../provider/src/ownership/intent";
import { markText } from "../../../provider/src/ownership/mark";
import { id, name, place, point, reason, record, sayings } from "./samples";

const mark = { owner: "other0000000", id, point };

/** Their reasons are those of the preflight, which names instances, or they follow what names one. */
const told = new Set(["copyBlocked", "copyUnknown", "noRestorePoint", "mixedPoints", "notInBackup"]);

describe("explain", () => {
  it("says everything in whole sentences, on the instance, with nothing left open", () => {
    for (const saying of sayings) {
      const text = explain(saying, place);
      assert.match(text, /^.+[.`"]$/s, saying.kind);
      if (!told.has(saying.kind)) assert.match(text, /rm-staging|pulumi-database-copy/, saying.kind);
      assert.doesNotMatch(text, /undefined|\[object|<id>\b.*k3f9q0za/, saying.kind);
      assert.ok(["info", "warn"].includes(severityOf(saying)));
    }
  });

  it("warns of whatever is left, foreign or unfinished", () => {
    const infos = sayings.filter((saying) => severityOf(saying) === "info").map(({ kind }) => kind);
    assert.deepEqual(infos, ["notInBackup", "adopted", "claimed", "resumed", "dropped"]);
  });

  const refusal = (why: TheirsBecause, more: object = {}) =>
    explain({ kind: "refused", name, why, id, record, ...more }, place);

  it("names the way out of every refusal", () => {
    assert.match(refusal("unrecorded", { mark: { ...mark, owner: place.own } }), /claim: \["k3f9q0za"\]/);
    assert.match(refusal("unrecorded", { mark }), /backup 1002/);
    assert.match(refusal("otherOwner", { mark }), /owner other0000000.*aliases.*claim: \["k3f9q0za"\]/);
    const othersIntent = refusal("othersIntent", { mark });
    assert.ok(othersIntent.includes(intentKey(id)));
    assert.ok(othersIntent.includes(markText(mark)), "the mark that its run would write");
    assert.match(refusal("unproven"), /claim: \["k3f9q0za"\].*remove the tag/);
    assert.ok(refusal("unproven").includes(intentKey(id)));
    assert.match(refusal("copyFailed"), /drop orders yourself/);
    assert.match(refusal("unclaimed"), /adoptExisting: true.*ignoreChanges: \["tags"\]/);
    assert.match(
      refusal("unclaimed", { status: "Creating" }),
      /It is Creating; when it is Running, `adoptExisting: true`/,
    );
    const markGone = refusal("markGone");
    assert.ok(markGone.includes(markText({ owner: place.own, id, point })), "the exact text to write back");
    assert.match(markGone, /ignoreChanges: \["tags"\]/);
  });

  it("asks for a claim without a pin where that names another restore point", () => {
    const beside =
      /claim: \["k3f9q0za"\]` and leave backupId and restoreTime out, since it holds another restore point/;
    for (const why of ["unrecorded", "otherOwner", "othersIntent", "unproven"] as const) {
      assert.match(refusal(why, { mark, isOtherPoint: true }), beside);
      assert.doesNotMatch(refusal(why, { mark }), beside);
    }
  });

  it("is whole where an id, a mark or a record is not known", () => {
    const bare = (why: TheirsBecause) => explain({ kind: "refused", name, why }, place);
    assert.ok(bare("unproven").includes(`(tag ${intentKey("<id>")})`));
    assert.match(bare("otherOwner"), /\(owner unknown, id <id>, /);
    const left = (why: "notItsOwn" | TheirsBecause, more: object = {}) =>
      explain({ kind: "left", name, why, ...more }, place);
    const database = "Database orders on rm-staging";
    for (const why of ["unrecorded", "otherOwner", "othersIntent", "unproven", "copyFailed"] as const)
      assert.equal(left(why), `${database} is someone else's. It was left in place.`);
    const noMark = `${database} does not carry the owner mark of its record. It was left in place and is no longer managed.`;
    assert.equal(left("notItsOwn"), noMark);
    assert.equal(left("notItsOwn", { record: { phase: "adopted", target: name } }), noMark);
    assert.match(explain({ kind: "timedOut", names: [] }, place), /^[^(]*$/);
    assert.match(explain({ kind: "claimed", name, id, isTagged: false }, place), / leaves it\.$/);
  });

  it("never advises to adopt what carries a mark, or is under an intent", () => {
    for (const why of [
      "unrecorded",
      "otherOwner",
      "othersIntent",
      "unproven",
      "copyFailed",
      "markGone",
    ] as const) {
      assert.doesNotMatch(refusal(why, { mark }), /adoptExisting/, why);
    }
  });

  it("names the permission where tags or descriptions are denied, and what to do without", () => {
    for (const kind of ["tagsUnreadable", "tagsDenied"] as const) {
      assert.match(explain({ kind, reason }, place), /rds:TagResources.*ownershipMarks: false/);
    }
    assert.match(
      explain({ kind: "unmarked", name, reason }, place),
      /rds:ModifyDBDescription.*ownershipMarks: false/,
    );
  });

  it("names no permission, and talks nobody out of marks, where it was only not done", () => {
    for (const saying of [
      { kind: "tagsDenied", reason, isPassing: true },
      { kind: "unmarked", name, reason, isPassing: true },
    ] as const) {
      const text = explain(saying, place);
      assert.match(text, /Run `pulumi up` again/);
      assert.doesNotMatch(text, /Grant|ownershipMarks/);
    }
  });

  it("names the property of options that contradict each other", () => {
    for (const [problem, property] of [
      ["adoptNeedsMarks", "adoptExisting"],
      ["createFirst", "deleteBeforeReplace"],
      ["retained", "retainOnDelete"],
    ] as const) {
      assert.equal(explainOptions(problem).property, property);
      assert.match(explainOptions(problem).reason, /^(cannot|keeps).*\.$/);
    }
  });
});

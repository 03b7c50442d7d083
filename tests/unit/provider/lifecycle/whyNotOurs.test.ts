import assert from "node:assert/strict";
import { markPrefix } from "../../../../provider/src/copy/marks";
import type { DatabaseState } from "../../../../provider/src/lifecycle/state";
import { whyNotOurs } from "../../../../provider/src/lifecycle/whyNotOurs";
import type { TaskFacts } from "../../../../provider/src/rds/rdsApi";
import { inTurn, task } from "../scriptedRds";
import { testRun } from "./testRun";

const resourceUrn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const ownMark = `${markPrefix(resourceUrn)}0123abcd`;
const foreignMark = `${markPrefix("urn:of:another")}0123abcd`;

const accepted: DatabaseState = {
  sourceName: "crm",
  targetName: "crm2",
  status: "Creating",
  origin: "copied",
  requestId: "R-1",
};
const { requestId: _, ...unanswered } = { ...accepted, status: "Requested" };
const seenRunning = { ...accepted, status: "Running" };
const done = { ...seenRunning, copiedAt: "2026-03-01T01:10:00Z" };

async function why(recorded: DatabaseState, description = "", ended: Partial<TaskFacts>[] = []) {
  const run = testRun({
    describeTasks: inTurn([]),
    describeHistoryTasks: inTurn(ended.map((facts) => task({ database: "crm2", ...facts }))),
  });
  const state = { targetDbInstanceId: "rm-target", resourceUrn, startedAt: "2026-03-01T01:00:00Z" };
  const found = { name: "crm2", status: "Running", description };
  const reason = await whyNotOurs(
    run.rds(undefined),
    { ...state, ownershipMarks: true },
    recorded,
    found,
    run,
  );
  return { verdict: reason === undefined ? "ours" : "not ours", calls: run.calls.length };
}

const verdict = async (...story: Parameters<typeof why>) => (await why(...story)).verdict;

describe("whose a database is that a look shows under the name of ours", () => {
  it("is told by the mark, without a question", async () => {
    for (const recorded of [unanswered, accepted, done])
      assert.deepEqual(await why(recorded, foreignMark), { verdict: "not ours", calls: 0 });
    for (const recorded of [unanswered, accepted, done])
      assert.deepEqual(await why(recorded, ownMark), { verdict: "ours", calls: 0 });
    assert.deepEqual(await why({ ...accepted, mark: ownMark }, ownMark), { verdict: "ours", calls: 0 });
    assert.deepEqual(await why({ ...accepted, mark: ownMark }, ""), { verdict: "not ours", calls: 0 });
  });

  it("was settled before for one that a run saw to its end, and for one that was taken over", async () => {
    assert.deepEqual(await why(done), { verdict: "ours", calls: 0 });
    assert.deepEqual(await why({ ...accepted, origin: "adopted" }), { verdict: "ours", calls: 0 });
  });

  it("is ours after an accepted copy, unless the tasks say that it failed", async () => {
    assert.equal(await verdict(accepted), "ours");
    assert.equal(await verdict(accepted, "", [{ status: "Finish" }]), "ours");
    assert.equal(await verdict(accepted, "", [{ status: "Failed" }]), "not ours");
  });

  it("is not settled by a refresh, which sees a database of its name running and not who made it", async () => {
    assert.equal(await verdict(seenRunning), "ours");
    assert.equal(await verdict(seenRunning, "", [{ status: "Failed" }]), "not ours");
  });

  it("is somebody else's where it was gone before and had no mark, unless it carries one of ours now", async () => {
    const gone = { ...done, status: "Missing" };
    assert.deepEqual(await why(gone), { verdict: "not ours", calls: 0 });
    assert.deepEqual(await why(gone, ownMark), { verdict: "ours", calls: 0 });
    assert.deepEqual(await why({ ...gone, mark: ownMark }, ownMark), { verdict: "ours", calls: 0 });
  });

  it("is somebody else's after a copy without an answer, unless the tasks say that it was made", async () => {
    assert.equal(await verdict(unanswered), "not ours");
    assert.equal(await verdict(unanswered, "", [{ status: "Failed" }]), "not ours");
    assert.equal(await verdict(unanswered, "", [{ status: "Finish", database: "orders" }]), "not ours");
    assert.equal(await verdict(unanswered, "", [{ status: "Finish" }]), "ours");
  });
});

import assert from "node:assert/strict";
import { markPrefix } from "../../../../provider/src/copy/marks";
import { asSeen } from "../../../../provider/src/lifecycle/asSeen";
import type { DatabaseState } from "../../../../provider/src/lifecycle/state";
import type { DatabaseFacts } from "../../../../provider/src/rds/rdsApi";
import { testRun } from "./testRun";

const resourceUrn = "urn:pulumi:prod::shop::DatabaseCopy::data";
const state = { targetDbInstanceId: "rm-staging", ownershipMarks: true, resourceUrn };
const ownMark = `${markPrefix(resourceUrn)}0123abcd`;
const foreignMark = `${markPrefix("urn:of:another")}0123abcd`;

const running: DatabaseState = {
  sourceName: "orders",
  targetName: "orders",
  status: "Running",
  origin: "copied",
};
const marked: DatabaseState = { ...running, mark: ownMark };
/** The answer to its copy was lost. */
const open: DatabaseState = { ...running, status: "Requested" };
const accepted: DatabaseState = { ...open, requestId: "R-1" };

const found = (facts: Partial<DatabaseFacts> = {}): DatabaseFacts => ({
  name: "orders",
  status: "Running",
  description: "",
  ...facts,
});

function look(database: DatabaseState, ...listed: DatabaseFacts[]) {
  const run = testRun();
  const seen = asSeen(state, database, listed, run);
  return { seen, said: run.said.map((line) => line.split(":")[0]) };
}

describe("a recorded database, as a look shows it", () => {
  it("takes on the status and the spelling of the service, whatever the case of the name", () => {
    assert.deepEqual(look(running, found({ name: "crm" }), found({ name: "ORDERS", status: "Cold" })), {
      seen: { ...running, targetName: "ORDERS", status: "Cold" },
      said: [],
    });
    assert.deepEqual(look(marked, found({ description: ownMark })), { seen: marked, said: [] });
  });

  it("that is not listed is missing, which is said when it is found and not again", () => {
    const missing = { ...running, status: "Missing" };
    assert.deepEqual(look(running, found({ name: "crm" })), { seen: missing, said: ["info"] });
    assert.deepEqual(look(missing), { seen: missing, said: [] });
  });

  it("that was asked for and never seen is still to come", () => {
    assert.deepEqual(look(accepted), { seen: accepted, said: [] });
    assert.deepEqual(look(open), { seen: open, said: [] });
  });

  it("is somebody else's without the mark that it was given, or with the mark of another: warned of once", () => {
    const foreign = { ...marked, status: "Foreign" };
    assert.deepEqual(look(marked, found()), { seen: foreign, said: ["warn"] });
    assert.deepEqual(look(foreign, found()), { seen: foreign, said: [] });
    assert.deepEqual(look(running, found({ description: foreignMark })).seen.status, "Foreign");
  });

  it("does not pass for ours by its name alone where the answer to its copy was lost", () => {
    assert.deepEqual(look(open, found()).seen, open);
    assert.equal(look(open, found({ description: ownMark })).seen.status, "Running");
    assert.equal(look(accepted, found()).seen.status, "Running");
  });
});

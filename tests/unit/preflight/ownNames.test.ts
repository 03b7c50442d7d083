import assert from "node:assert/strict";
import { markPrefix, receiptKey } from "../../../provider/src/copy/marks";
import { callCounts, inputs, openProcess, openStage, urn, worldOf, type Stage } from "./stage";

const marked = { name: "orders", description: `${markPrefix(urn)}01234567` };
const foreign = { name: "orders", description: `${markPrefix(`${urn}-other`)}01234567` };
const receipt = { [receiptKey(urn)]: "pending:01234567:2026-11-25T11:00:00Z" };

describe("preflight: names that are taken", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const checkOn = (target: NonNullable<Parameters<typeof worldOf>[0]>["target"], more: object = {}) => {
    stage.simulator.setWorld(worldOf({ target }));
    stage.simulator.clearJournal();
    return openProcess(stage.cloud(), stage.clock).check({ ...inputs, ...more });
  };
  const codes = ({ problems }: { readonly problems: readonly { readonly reason: string }[] }) =>
    problems.map(({ reason }) => reason.split(" ")[0]);

  it("by a database with the mark of this very resource: a killed run, which the copy resumes", async () => {
    const seen = await checkOn({ databases: [marked] });
    assert.deepEqual(seen.problems, []);
    assert.deepEqual(seen.lines, [
      "Copies crm as crm_staging from rm-prod to rm-staging, as of the latest usable backup, now b-2 of 2026-11-25T02:30:00Z (9h30m old). " +
        "orders on rm-staging is there already and will not be copied.",
    ]);
    assert.equal(callCounts(stage.simulator.journal())["ListTagResources"], undefined);
  });

  it("by databases that the receipt on the instance may speak of", async () => {
    const seen = await checkOn({ databases: [{ name: "orders" }, { name: "crm_staging" }], tags: receipt });
    assert.deepEqual(seen.problems, []);
    assert.deepEqual(seen.lines, [
      "orders and crm as crm_staging on rm-staging are there already and will not be copied.",
    ]);
    // Nothing is copied, so nothing of the source matters.
    assert.deepEqual(callCounts(stage.simulator.journal()), {
      DescribeDBInstanceAttribute: 2,
      DescribeDatabases: 1,
      ListTagResources: 1,
    });
  });

  it("by a database with the mark of another resource", async () => {
    assert.deepEqual(codes(await checkOn({ databases: [foreign] })), ["[target-name-taken]"]);
  });

  it("by a database with its own mark, which counts for nothing when marks are off", async () => {
    const seen = await checkOn({ databases: [marked], tags: receipt }, { ownershipMarks: false });
    assert.deepEqual(codes(seen), ["[target-name-taken]"]);
  });

  it("where tags may not be read, no receipt was written either", async () => {
    stage.simulator.setWorld(
      worldOf({
        target: { databases: [{ name: "orders" }] },
        more: { accounts: [{ deny: ["rds:ListTagResources"] }] },
      }),
    );
    const seen = await openProcess(stage.cloud(), stage.clock).check(inputs);
    assert.deepEqual(codes(seen), ["[target-name-taken]"]);
    assert.match(seen.warnings.join(), /rds:ListTagResources/);
  });

  it("where the tags were not told, the copy decides", async () => {
    stage.simulator.setWorld(worldOf({ target: { databases: [{ name: "orders" }] } }));
    stage.simulator.addFault({
      action: "ListTagResources",
      then: { error: { status: 503, code: "ServiceUnavailable" } },
    });
    const seen = await openProcess(stage.cloud(), stage.clock).check(inputs);
    stage.simulator.clearFaults();
    assert.deepEqual(seen.problems, []);
    assert.match(seen.warnings.join(), /receipt of a copy that was cut off.*ServiceUnavailable/);
  });

  it("by databases of the state that is about to be replaced, also when its old inputs come no more", async () => {
    stage.simulator.setWorld(
      worldOf({ target: { databases: [{ name: "orders" }, { name: "crm_staging" }] } }),
    );
    const process = openProcess(stage.cloud(), stage.clock);
    const news = { ...inputs, backupId: "b-1" };
    assert.deepEqual((await process.check(news, inputs)).problems, []);
    assert.deepEqual((await process.check(news)).problems, []);
    process.run.memory.deleted(urn, true);
    assert.deepEqual(codes(await process.check(news)), ["[target-name-taken]", "[target-name-taken]"]);
  });

  it("adoptExisting takes them over, and needs nothing of the source for it", async () => {
    const seen = await checkOn(
      { databases: [{ name: "orders" }, { name: "crm_staging" }] },
      { adoptExisting: true, sourceDbInstanceId: "rm-gone" },
    );
    assert.deepEqual(seen.problems, []);
  });
});

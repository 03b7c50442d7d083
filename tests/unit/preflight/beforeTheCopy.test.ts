import assert from "node:assert/strict";
import { create } from "../../../provider/src/lifecycle/create";
import type { CopyInputs } from "../../../provider/src/lifecycle/inputs";
import { callCounts, inputs, openProcess, openStage, worldOf, type Stage } from "./stage";

/** The same look again, right before the copy: what a preview saw may not be true any more. */
describe("preflight: before the copy", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(() => {
    stage.simulator.setWorld(worldOf());
    stage.simulator.clearJournal();
    stage.simulator.clearFaults();
  });

  const copy = (more: object = {}) =>
    create({ ...inputs, ...more } as unknown as CopyInputs, openProcess(stage.cloud(), stage.clock).session);
  const changes = () =>
    stage.simulator
      .journal()
      .filter(({ action }) => !/^(Describe|List)/.test(action))
      .map(({ action }) => action);

  it("what a check learnt a moment ago does not count: a set that has vanished since is refused", async () => {
    const process = openProcess(stage.cloud(), stage.clock);
    const news = { ...inputs, backupId: "b-2" };
    assert.deepEqual((await process.check(news)).problems, []);
    await stage.clock.sleep(6000);
    const world = worldOf({ source: { backups: [] } });
    stage.simulator.setWorld({ ...world, now: stage.simulator.world().now });
    await assert.rejects(create(news as unknown as CopyInputs, process.session), /\[backup-missing\]/);
    assert.deepEqual(changes(), []);
  });

  it("is asked with no call too many: the backups are not listed again", async () => {
    stage.simulator.addFault({
      action: "CopyDatabaseBetweenInstances",
      then: { error: { status: 400, code: "EngineNotSupported" } },
    });
    await assert.rejects(copy(), /EngineNotSupported/);
    const { DescribeDatabases, DescribeBackups, DescribeDBInstanceAttribute, DescribeDBInstanceTDE } =
      callCounts(stage.simulator.journal());
    // The target three times: by the judge, by the preflight, and by the request under its lock. The source once.
    // The attribute of the target also for its own region (rds/ownRegion.ts).
    assert.deepEqual(
      { DescribeDatabases, DescribeBackups, DescribeDBInstanceAttribute, DescribeDBInstanceTDE },
      { DescribeDatabases: 4, DescribeBackups: 1, DescribeDBInstanceAttribute: 3, DescribeDBInstanceTDE: 1 },
    );
  });

  it("a busy instance is waited for, not refused", async () => {
    stage.simulator.setWorld(worldOf({ target: { status: "Restoring" } }));
    const copying = copy({ timeouts: { create: "1h" } });
    const world = stage.simulator.world();
    stage.simulator.setWorld({
      ...world,
      instances: world.instances.map((instance) => ({ ...instance, status: "Running" })),
    });
    const ended = await copying;
    assert.deepEqual(ended.reasons, []);
  });

  it("a guard that cannot be seen to be met stops the copy here, in every mode", async () => {
    stage.simulator.setWorld(worldOf({ more: { accounts: [{ deny: ["rds:ListTagResources"] }] } }));
    for (const preflight of ["enforce", "warn", "off"]) {
      await assert.rejects(
        copy({ preflight, requireTargetTags: { env: "staging" }, ownershipMarks: false }),
        /\[target-tags-unknown\]/,
      );
    }
    assert.deepEqual(changes(), []);
  });

  it('"warn" and "off" leave it to the cloud', async () => {
    stage.simulator.setWorld(worldOf({ target: { maxDatabases: 1 } }));
    for (const preflight of ["warn", "off"]) {
      stage.simulator.clearJournal();
      await assert.rejects(copy({ preflight }), /DBCountLimitExceeded/);
      assert.ok(changes().includes("CopyDatabaseBetweenInstances"));
    }
    await assert.rejects(copy(), /\[database-count\]/);
  });

  it("not knowing does not stop the copy", async () => {
    stage.simulator.setWorld(
      worldOf({ more: { accounts: [{ deny: ["rds:DescribeDBInstanceTDE", "rds:DescribeBackupPolicy"] }] } }),
    );
    assert.deepEqual((await copy()).reasons, []);
  });
});

import assert from "node:assert/strict";
import { callCounts, inputs, openProcess, openStage, source, worldOf, type Stage } from "./stage";

describe("preflight: calls", () => {
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
  const counts = () => callCounts(stage.simulator.journal());

  it("one copy asks each question once, and the region of the target before its tags are read", async () => {
    await openProcess(stage.cloud(), stage.clock).check(inputs);
    assert.deepEqual(counts(), {
      DescribeBackups: 1,
      // The source, the target, and the target for its own region (rds/ownRegion.ts).
      DescribeDBInstanceAttribute: 3,
      DescribeDBInstanceTDE: 1,
      DescribeDatabases: 2,
      ListTagResources: 1,
    });
  });

  it("a moment needs the log and how it is backed up besides", async () => {
    await openProcess(stage.cloud(), stage.clock).check({ ...inputs, restoreTime: "2026-11-25T10:00:00Z" });
    assert.deepEqual(counts(), {
      DescribeBackupPolicy: 1,
      DescribeBackups: 1,
      DescribeDBInstanceAttribute: 3,
      DescribeDBInstanceTDE: 1,
      DescribeDatabases: 2,
      DescribeLogBackupFiles: 1,
      ListTagResources: 1,
    });
  });

  it("an unchanged resource asks nothing, and neither does one whose names only went away", async () => {
    const process = openProcess(stage.cloud(), stage.clock);
    await process.check(inputs, inputs);
    await process.check({ ...inputs, dbNames: { orders: "orders" } }, inputs);
    await process.check({ ...inputs, preflight: "warn", timeouts: { create: "3h" } }, inputs);
    assert.deepEqual(counts(), {});
  });

  it("more copies than Pulumi runs at a time are told once, however many; and not of what copies nothing", async () => {
    const targets = Array.from({ length: 4 }, (_, index) => ({ id: `rm-t${index}` }));
    stage.simulator.setWorld({ ...worldOf(), instances: [source, ...targets] });
    const hints = async (olds?: typeof inputs) => {
      const process = openProcess(stage.cloud(), stage.clock, 2);
      for (const { id } of targets) {
        const its = { ...inputs, targetDbInstanceId: id, resourceUrn: id };
        await process.check(its, olds && its);
      }
      return process.lines.filter((line) => line.includes("--parallel"));
    };
    assert.equal((await hints()).length, 1);
    assert.deepEqual(await hints(inputs), []);
  });

  it("100 copies from one source, all at once: its facts are asked for once, each target's once, and its region", async () => {
    const targets = Array.from({ length: 100 }, (_, index) => ({ id: `rm-t${index}` }));
    stage.simulator.setWorld({ ...worldOf(), instances: [source, ...targets] });
    const process = openProcess(stage.cloud(), stage.clock);
    const seen = await Promise.all(
      targets.map(({ id }) => process.check({ ...inputs, targetDbInstanceId: id, resourceUrn: `${id}` })),
    );
    assert.ok(seen.every(({ problems }) => problems.length === 0));
    assert.deepEqual(counts(), {
      DescribeBackups: 1,
      DescribeDBInstanceAttribute: 201,
      DescribeDBInstanceTDE: 1,
      DescribeDatabases: 101,
      ListTagResources: 100,
    });
  });

  it("100 copies onto one target add nothing to the calls of one", async () => {
    const process = openProcess(stage.cloud(), stage.clock);
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        process.check({ ...inputs, dbNames: { orders: `orders_${index}` }, resourceUrn: `copy-${index}` }),
      ),
    );
    assert.deepEqual(counts(), {
      DescribeBackups: 1,
      DescribeDBInstanceAttribute: 3,
      DescribeDBInstanceTDE: 1,
      DescribeDatabases: 2,
      ListTagResources: 1,
    });
  });

  it("what was learnt earlier in the run stops nobody without another look", async () => {
    stage.simulator.setWorld(worldOf({ source: { backups: [] } }));
    const process = openProcess(stage.cloud(), stage.clock);
    assert.match((await process.check(inputs)).problems[0]?.reason ?? "", /^\[no-usable-backup\]/);
    stage.simulator.setWorld(worldOf());
    await stage.clock.sleep(60_000);
    assert.deepEqual(
      (await process.check({ ...inputs, dbNames: { orders: "orders_2" }, resourceUrn: "another" })).problems,
      [],
    );
  });

  it("an instance that is not found is looked for once more: a new one is now and then missed", async () => {
    stage.simulator.addFault({
      action: "DescribeDBInstanceAttribute",
      when: { times: 2 },
      then: { error: { status: 404, code: "InvalidDBInstanceName.NotFound" } },
    });
    assert.deepEqual((await openProcess(stage.cloud(), stage.clock).check(inputs)).problems, []);
  });

  it("a source that is not there is asked no more questions", async () => {
    await openProcess(stage.cloud(), stage.clock).check({ ...inputs, sourceDbInstanceId: "rm-gone" });
    assert.deepEqual(counts(), {
      DescribeDBInstanceAttribute: 5,
      DescribeDatabases: 2,
      ListTagResources: 2,
    });
  });
});

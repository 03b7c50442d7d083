import assert from "node:assert/strict";
import type { JournalEntry, Simulator } from "alicloud-rds-simulator";
import { openStage, type Stage } from "./harness/stage";
import { production } from "./harness/world";

/** What many copies cost in calls: a busy stack must not run into the limits that the service sets its users. */
describe("engine: many copies from one source, with an assumed role", () => {
  it("40: STS is asked once, the source is asked for all of them, and nothing when nothing changed", async () => {
    await using stage = await openWith(40);
    const up = await stage.up("--parallel", "40");
    assert.equal(up.exitCode, 0, up.text);
    const counts = countsOf(stage.simulator.journal());
    assert.equal(counts["AssumeRole"], 1);
    assert.equal(counts["CopyDatabaseBetweenInstances"], 40);
    // Shared by the copies that begin within seconds of each other: how many do depends on the machine.
    for (const ofSource of ["DescribeBackups", "DescribeDBInstanceTDE"]) {
      assert.ok((counts[ofSource] ?? 0) < 40, JSON.stringify(counts));
    }
    // In real time it is 14 for each copy.
    assert.ok(stage.callCount() < 40 * 25, JSON.stringify(counts));

    const again = await stage.up();
    assert.match(again.text, /41 unchanged/);
    assert.equal(stage.callCount(), 0);
  });

  it("with questions and a shared restore point: STS is asked once by the program and once by the provider", async () => {
    await using stage = await openWith(1);
    await stage.program(`const { EnvironmentDatabases, getBackupsOutput } = require("pulumi-alicloud-rds-copy");
      for (const dbInstanceId of ["rm-prod", "rm-target-0"]) getBackupsOutput({ dbInstanceId });
      new EnvironmentDatabases("env", {
        sources: { prod: { dbInstanceId: "rm-prod", databases: ["orders", "crm"] } },
        targets: { staging: "rm-target-0" },
        restorePoint: "latestCommon",
      });`);
    const up = await stage.up();
    assert.equal(up.exitCode, 0, up.text);
    assert.equal(countsOf(stage.simulator.journal())["AssumeRole"], 2);
  });

  it("20: when the session ends half-way, STS is asked once more for all of them", async () => {
    await using stage = await openWith(20);
    stage.onceCalled({ action: "CopyDatabaseBetweenInstances", nth: 10 }, () => endSessions(stage.simulator));
    const up = await stage.up("--parallel", "20");
    assert.equal(up.exitCode, 0, up.text);
    const counts = countsOf(stage.simulator.journal());
    assert.equal(counts["AssumeRole"], 2);
    assert.equal(counts["CopyDatabaseBetweenInstances"], 20);
  });
});

const role = "acs:ram::1000000000000001:role/copier";

/** So many copies of one source, each onto a target of its own. */
async function openWith(copies: number): Promise<Stage> {
  const targets = Array.from({ length: copies }, (_, index) => `rm-target-${index}`);
  const stage = await openStage({
    program: "process",
    world: { roles: [{ arn: role }], instances: [production, ...targets.map((id) => ({ id }))] },
    sts: true,
  });
  await stage.configure({ "alicloud:assumeRole": JSON.stringify({ roleArn: role }) });
  await stage.program(`for (const target of ${JSON.stringify(targets)})
    new DatabaseCopy("copy of " + target, {
      sourceDbInstanceId: "rm-prod", targetDbInstanceId: target, dbNames: ["orders"],
    });`);
  stage.callCount();
  return stage;
}

/** Sessions end by the real time, which the world's may be ahead of by now. */
function endSessions(simulator: Simulator): void {
  const world = simulator.world();
  const expires = new Date(Date.now() - 1000).toISOString();
  simulator.setWorld({ ...world, sessions: world.sessions.map((session) => ({ ...session, expires })) });
}

/** By action, and by code where it was refused. */
function countsOf(journal: readonly JournalEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action, status, code } of journal) {
    const key = status === 200 ? action : `${action} ${code ?? status}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

import assert from "node:assert/strict";
import {
  latestBackup,
  latestCommon,
  NoCommonPoint,
  sourcesWithout,
} from "../../../../provider/src/copy/chooseCommonPoint";
import { fakeClock } from "../fakeClock";
import { failures, instance, scriptedRds } from "../scriptedRds";

const at = (hour: string) => `2026-02-28T${hour}:00:00Z`;

/** Instances with one backup, at the beginning of their logs: from hour to hour. */
const logs: Readonly<Record<string, readonly [string, string]>> = {
  "rm-early": ["00", "06"],
  "rm-whole": ["00", "11"],
  "rm-late": ["08", "11"],
};

function open() {
  const clock = fakeClock();
  const logsOf = (instanceId: string) => logs[instanceId] ?? (["00", "00"] as const);
  const { rds } = scriptedRds(
    {
      describeInstance: (instanceId) =>
        Promise.resolve(instanceId in logs ? instance({ instanceId }) : undefined),
      describeBackups: ({ instanceId }) =>
        instanceId in logs
          ? Promise.resolve([fullBackup(`of-${instanceId}`, at(logsOf(instanceId)[0]))])
          : Promise.reject(failures.notFound()),
      describeBackupPolicy: () => Promise.resolve({ method: "Physical", logIntervalMinutes: 30 }),
      describeLogBackups: (instanceId) => {
        const [begin, end] = logsOf(instanceId);
        return Promise.resolve([{ begin: at(begin), end: at(end) }]);
      },
    },
    clock,
  );
  return { rds, clock };
}

const sources = (...instances: readonly string[]) =>
  instances.map((dbInstanceId) => ({ dbInstanceId, databases: ["orders"] }));
const noPoint = (sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof NoCommonPoint);
  assert.equal(error.name, "NoCommonPoint");
  assert.match(error.message, sentence);
  return true;
};

describe("the common point of several sources", () => {
  it("is the latest moment of all", async () => {
    const { rds, clock } = open();
    const point = await latestCommon(rds, clock, sources("rm-early", "rm-whole"));
    assert.deepEqual(point, { restoreTime: at("06") });
  });

  it("is told to be missing, or its instance is", async () => {
    const { rds, clock } = open();
    const choosing = (...instances: readonly string[]) => latestCommon(rds, clock, sources(...instances));
    await assert.rejects(choosing("rm-early", "rm-late"), noPoint(/^There is no moment that rm-early and/));
    await assert.rejects(
      choosing("rm-early", "rm-gone"),
      noPoint(/^Instance rm-gone was not found in region cn-shanghai \(endpoint rds\.aliyuncs\.com\)/),
    );
  });

  it("that was chosen before is missed by those alone that cannot be restored to it", async () => {
    const { rds, clock } = open();
    const without = (moment: string) =>
      sourcesWithout(rds, clock, moment, sources("rm-early", "rm-whole", "rm-late"));
    assert.deepEqual(await without(at("03")), ["rm-late"]);
    assert.deepEqual(await without(at("07")), ["rm-early", "rm-late"]);
    assert.deepEqual(await without(at("09")), ["rm-early"]);
    assert.deepEqual(await without(at("12")), ["rm-early", "rm-whole", "rm-late"]);
  });
});

describe("the latest backup of one source", () => {
  const source = (dbInstanceId: string, databases = ["orders"]) => ({ dbInstanceId, databases });

  it("is one that holds the databases", async () => {
    const { rds } = open();
    assert.deepEqual(await latestBackup(rds, source("rm-whole")), { backupId: "of-rm-whole" });
    await assert.rejects(
      latestBackup(rds, source("rm-whole", ["orders", "crm"])),
      noPoint(
        /^Instance rm-whole has no successful full backup that is available and holds orders and crm\./,
      ),
    );
  });

  it("is told to be missing with its instance", async () => {
    await assert.rejects(
      latestBackup(open().rds, source("rm-gone")),
      noPoint(/^Instance rm-gone was not found/),
    );
  });
});

function fullBackup(backupId: string, time: string) {
  return {
    backupId,
    startTime: time,
    endTime: time,
    status: "Success",
    type: "FullBackup",
    method: "Physical",
    available: true,
    databases: ["orders"],
  };
}

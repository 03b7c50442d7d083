import assert from "node:assert/strict";
import { briefReads } from "../../../provider/src/preflight/briefReads";
import { Silence } from "../../../provider/src/preflight/patience";
import type { RdsAction } from "../../../provider/src/rds/permissions";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { fakeClock } from "../provider/fakeClock";
import { failures, inTurn, scriptedRds, type RdsCalls } from "../provider/scriptedRds";

const from = new Date(1000);
const until = new Date(2000);
const never = () => new Promise<never>(() => undefined);

const reads: readonly (readonly [RdsAction, keyof RdsCalls, (rds: RdsApi) => Promise<unknown>, unknown[]])[] =
  [
    ["DescribeDBInstanceAttribute", "describeInstance", (rds) => rds.describeInstance("rm-a"), ["rm-a"]],
    ["DescribeDatabases", "describeDatabases", (rds) => rds.describeDatabases("rm-a"), ["rm-a"]],
    [
      "DescribeBackups",
      "describeBackups",
      (rds) => rds.describeBackups({ instanceId: "rm-a" }),
      [{ instanceId: "rm-a" }],
    ],
    ["DescribeBackupPolicy", "describeBackupPolicy", (rds) => rds.describeBackupPolicy("rm-a"), ["rm-a"]],
    [
      "DescribeLogBackupFiles",
      "describeLogBackups",
      (rds) => rds.describeLogBackups("rm-a", from, until),
      ["rm-a", from, until],
    ],
  ];

function open(script: Partial<RdsCalls>, budgetMs: number) {
  const clock = fakeClock();
  const { rds, names } = scriptedRds(script, clock);
  return { rds, brief: briefReads(rds, clock, budgetMs), names };
}

describe("reads of a preview", () => {
  for (const [action, call, read, args] of reads) {
    it(`give up in silence, under the name of the action: ${action}`, async () => {
      const silent = read(open({ [call]: never }, 20).brief);
      await assert.rejects(silent, (error) => error instanceof Silence && error.action === action);
    });

    it(`pass on the question and its answer: ${action}`, async () => {
      const answer = {};
      const asked: unknown[] = [];
      const { brief } = open(
        { [call]: (...all: unknown[]) => Promise.resolve((asked.push(...all), answer)) },
        60_000,
      );
      assert.equal(await read(brief), answer);
      assert.deepEqual(asked, args);
    });

    it(`are made again when they were throttled: ${action}`, async () => {
      const answer = {};
      const { brief, names } = open({ [call]: inTurn(failures.throttled(), answer) }, 60_000);
      assert.equal(await read(brief), answer);
      assert.deepEqual(names(), [call, call]);
    });
  }

  it("leave every other call as it is", () => {
    const { rds, brief } = open({}, 20);
    const changed = Object.entries(brief)
      .filter(([name, value]) => value !== rds[name as keyof RdsApi])
      .map(([name]) => name);
    assert.deepEqual(changed.sort(), reads.map(([, call]) => call).sort());
  });
});

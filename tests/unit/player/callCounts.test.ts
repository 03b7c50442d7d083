import assert from "node:assert/strict";
import {
  callsByHand,
  copiesOntoOneTarget,
  copyOntoTargets,
  countCalls,
  countRefresh,
  oneCopy,
} from "../../player/countCalls";

/** Calls are counted, times are not measured. */
describe("player: how much is asked", () => {
  it("for one copy of ten minutes not more than a look every ten seconds, and its end is noticed within 2 %", async () => {
    const { counts, total, lateSeconds } = await countCalls(600, oneCopy);
    assert.ok(total <= callsByHand(600), JSON.stringify(counts));
    assert.ok(lateSeconds <= 12, `${lateSeconds} s`);
  });

  it("for one copy of two hours the same, and a short one is noticed within 2 s", async () => {
    const { counts, total, lateSeconds } = await countCalls(7200, oneCopy);
    assert.ok(total <= callsByHand(7200), JSON.stringify(counts));
    assert.ok(lateSeconds <= 144, `${lateSeconds} s`);
    const short = await countCalls(10, oneCopy);
    assert.ok(short.lateSeconds <= 2, `${short.lateSeconds} s`);
  });
});

describe("player: how much fifty copies onto one target ask", () => {
  it("they look together: a third of what each would ask by hand, and no call is refused", async () => {
    const { counts, total, refused } = await countCalls(600, copiesOntoOneTarget(50));
    assert.equal(counts["CopyDatabaseBetweenInstances"], 50);
    assert.equal(refused, 0);
    assert.ok(total <= callsByHand(600, 50) / 2.5, JSON.stringify(counts));
  });
});

describe("player: how much copies onto twenty targets ask", () => {
  it("what is known of the source is asked once, and each target about itself", async () => {
    const { counts, refused } = await countCalls(120, copyOntoTargets(20));
    assert.equal(counts["CopyDatabaseBetweenInstances"], 20);
    assert.equal(counts["DescribeBackups"], 1);
    assert.equal(counts["DescribeDBInstanceTDE"], 1);
    assert.equal(counts["DescribeDBInstanceAttribute"], 1 + 20);
    assert.equal(refused, 0);
  });
});

describe("player: how much a refresh asks", () => {
  it("of fifteen copies on five targets: each target once, whatever the number of resources on it", async () => {
    const counts = await countRefresh(copyOntoTargets(5, ["", "_2", "_3"]));
    assert.deepEqual(counts, { DescribeDatabases: 5 });
  });
});

describe("player: how an account fares that is limited to ten calls a second", () => {
  for (const [what, copies, many] of [
    ["fifty copies onto one target", copiesOntoOneTarget(50), 50],
    ["one source copied to twenty targets", copyOntoTargets(20), 20],
  ] as const) {
    it(`${what}: none fails, none is made twice, and one call in twenty is refused at most`, async () => {
      const { counts, total, accepted, refused } = await countCalls(120, copies, { callsPerSecond: 10 });
      assert.equal(accepted, many);
      assert.ok(refused <= total / 20, `${refused} of ${total}: ${JSON.stringify(counts)}`);
    });
  }
});

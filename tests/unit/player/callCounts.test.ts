import assert from "node:assert/strict";
import { playedCloud } from "../../player/cloud";
import { playedEngine, type Program } from "../../player/engine";
import { company, start } from "../../player/scenarios";
import { virtualTime } from "../../player/virtualTime";

/**
 * Calls are counted, times are not measured. By hand one writes one copy call and a look every ten seconds: 61 calls for
 * ten minutes.
 */
describe("player: how much is asked", () => {
  it("for one copy of ten minutes not more than a look every ten seconds, and its end is noticed within 2 %", async () => {
    const { counts, lateSeconds } = await copied(600);
    assert.ok(total(counts) <= 61, JSON.stringify(counts));
    assert.ok(lateSeconds <= 12, `${lateSeconds} s`);
  });

  it("for one copy of two hours the same, and a short one is noticed within 2 s", async () => {
    const { counts, lateSeconds } = await copied(7200);
    assert.ok(total(counts) <= 721, JSON.stringify(counts));
    assert.ok(lateSeconds <= 144, `${lateSeconds} s`);
    const short = await copied(10);
    assert.ok(short.lateSeconds <= 2, `${short.lateSeconds} s`);
  });
});

type Counts = Readonly<Record<string, number>>;

const total = (counts: Counts) => Object.values(counts).reduce((sum, one) => sum + one, 0);

async function copied(seconds: number): Promise<{ readonly counts: Counts; readonly lateSeconds: number }> {
  const time = virtualTime(start);
  const cloud = playedCloud({ ...company, copy: { minimumSeconds: seconds, secondsPerGiB: 0 } }, time);
  const program: Program = {
    data: { sourceDbInstanceId: "rm-prod", targetDbInstanceId: "rm-staging", dbNames: ["orders"] },
  };
  const { errors } = await playedEngine(cloud, time).up(program);
  assert.deepEqual(errors, []);
  const counts: Record<string, number> = {};
  for (const { action } of cloud.calls) counts[action] = (counts[action] ?? 0) + 1;
  const last = cloud.calls.at(-1)?.at ?? 0;
  const accepted = cloud.calls.find(({ action }) => action === "CopyDatabaseBetweenInstances")?.at ?? 0;
  return { counts, lateSeconds: (last - accepted) / 1000 - seconds };
}

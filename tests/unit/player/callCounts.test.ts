import assert from "node:assert/strict";
import type { WorldInput } from "../../../simulator/src/world/schema";
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

/** Ten tags are safe on an instance: so many copies of one target wait for their results at once, and the others for room. */
describe("player: how much fifty copies onto one target ask", () => {
  it("they look together: a third of what each would ask by hand, and no call is refused", async () => {
    const names = Array.from({ length: 50 }, (_, index) => `db${index}`);
    const [source, ...others] = company.instances ?? [];
    assert.ok(source);
    const held = Object.fromEntries(names.map((name) => [name, name]));
    const instances = [
      {
        ...source,
        databases: names.map((name) => ({ name })),
        backups: source.backups?.map((one) => ({ ...one, databases: held })) ?? [],
      },
      ...others,
    ];
    const program = Object.fromEntries(names.map((name) => [name, copyOf(name)]));
    const { counts, refused } = await copied(600, { ...company, instances }, program);
    assert.equal(counts["CopyDatabaseBetweenInstances"], 50);
    assert.equal(refused, 0);
    assert.ok(total(counts) <= (50 * 61) / 2.5, JSON.stringify(counts));
  });
});

const copyOf = (name: string) => ({
  sourceDbInstanceId: "rm-prod",
  targetDbInstanceId: "rm-staging",
  dbNames: [name],
});

type Counts = Readonly<Record<string, number>>;

const total = (counts: Counts) => Object.values(counts).reduce((sum, one) => sum + one, 0);

interface Copied {
  readonly counts: Counts;
  readonly refused: number;
  readonly lateSeconds: number;
}

async function copied(
  seconds: number,
  world: WorldInput = company,
  program: Program = { data: copyOf("orders") },
): Promise<Copied> {
  const time = virtualTime(start);
  const cloud = playedCloud({ ...world, copy: { minimumSeconds: seconds, secondsPerGiB: 0 } }, time);
  const { errors } = await playedEngine(cloud, time).up(program);
  assert.deepEqual(errors, []);
  const counts: Record<string, number> = {};
  for (const { action } of cloud.calls) counts[action] = (counts[action] ?? 0) + 1;
  const last = cloud.calls.at(-1)?.at ?? 0;
  const accepted = cloud.calls.find(({ action }) => action === "CopyDatabaseBetweenInstances")?.at ?? 0;
  return {
    counts,
    refused: cloud.calls.filter(({ status }) => status !== 200).length,
    lateSeconds: (last - accepted) / 1000 - seconds,
  };
}

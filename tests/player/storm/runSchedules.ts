import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { playStorm } from "./play";
import { schedules as anySchedule, type Schedule } from "./schedule";
import type { Limit } from "./limits";
import { allSometimes, type Sometimes } from "./sometimes";

export interface StormOptions {
  readonly lives: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/**
 * Plays random lives. Fails on the first broken promise, which is shrunk and written down as a test, and if
 * something that should happen now and then has not happened once in a thousand.
 */
export async function runSchedules({ lives, seed, say }: StormOptions): Promise<boolean> {
  const counts = new Map<Sometimes, number>();
  const kept = new Map<Limit, number>();
  const began = Date.now();
  let played = 0;
  const property = fc.asyncProperty(anySchedule, async (schedule) => {
    const { violations, sometimes, kept: keptHere } = await playStorm(schedule);
    played++;
    for (const [limit, times] of keptHere) kept.set(limit, (kept.get(limit) ?? 0) + times);
    for (const one of sometimes) counts.set(one, (counts.get(one) ?? 0) + 1);
    if (violations.length > 0) throw new Error(violations.join("\n"));
  });
  const result = await fc.check(property, { numRuns: lives, seed });
  for (const one of allSometimes) say(`${String(counts.get(one) ?? 0).padStart(8)}  ${one}`);
  for (const [limit, times] of [...kept].sort())
    say(`${String(times).padStart(8)}  hands kept away by limit ${limit}`);
  say(`${played} lives, ${Math.round(played / ((Date.now() - began) / 1000))} a second, seed ${seed}`);
  const [found] = result.counterexample ?? [];
  if (found) {
    say(`FAILED: ${String((result.errorInstance as Error | null)?.message)}`);
    say(`It is written down in ${await writeDown(found, seed)}.`);
    return false;
  }
  const never = allSometimes.filter((one) => (counts.get(one) ?? 0) < Math.floor(lives / 1000));
  for (const one of never) say(`FAILED: less than once in a thousand: ${one}`);
  return never.length === 0;
}

/** A schedule that broke a promise becomes a test that stays. */
async function writeDown(schedule: Schedule, seed: number): Promise<string> {
  const folder = join(__dirname, "../../unit/storm/found");
  await mkdir(folder, { recursive: true });
  const file = join(folder, `seed${seed}-${Date.now()}.test.ts`);
  await writeFile(
    file,
    `import assert from "node:assert/strict";
import { playStorm } from "../../../player/storm/play";
import type { Schedule } from "../../../player/storm/schedule";

const schedule: Schedule = ${JSON.stringify(schedule, null, 2)};

it("keeps its promises in the life that seed ${seed} found", async () => {
  assert.deepEqual((await playStorm(schedule)).violations, []);
});
`,
  );
  return file;
}

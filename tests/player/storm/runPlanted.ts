import fc from "fast-check";
import { planted, withoutRule } from "./planted";
import { playStorm } from "./play";
import { schedules } from "./schedule";
import type { StormOptions } from "./runSchedules";

/** Plants one defect after the other; each must be found within the given number of lives. */
export async function runPlanted({ lives, seed, say }: StormOptions): Promise<boolean> {
  const defects = Object.entries(planted);
  let found = 0;
  for (const [name, { lifecycle, without }] of defects) {
    let played = 0;
    let first = "";
    const property = fc.asyncProperty(schedules, async (schedule) => {
      played++;
      const { violations } = await withoutRule(without, () => playStorm(schedule, lifecycle));
      first ||= violations[0] ?? "";
      return violations.length === 0;
    });
    const { failed } = await fc.check(property, { numRuns: lives, seed, endOnFailure: true });
    if (failed) found++;
    say(`${failed ? "found" : "MISSED"}  ${name}, after ${played}: ${first}`);
  }
  say(`${found} of ${defects.length} found`);
  return found === defects.length;
}

import fc from "fast-check";
import type { Life } from "./lives";
import { planted, withoutRule, type Planted } from "./planted";
import { playStorm } from "./play";
import { schedules } from "./schedule";
import type { StormOptions } from "./runSchedules";

/** Plants one defect after the other; each must be found within the given number of lives, or by its script. */
export async function runPlanted({ lives, seed, say }: StormOptions): Promise<boolean> {
  const defects = Object.entries(planted);
  let found = 0;
  for (const [name, defect] of defects) {
    const { isFound, how } = defect.life
      ? await byScript(defect, defect.life)
      : await byStorm(defect, lives, seed);
    if (isFound) found++;
    say(`${isFound ? "found" : "MISSED"}  ${name}, ${how}`);
  }
  say(`${found} of ${defects.length} found`);
  return found === defects.length;
}

interface Search {
  readonly isFound: boolean;
  readonly how: string;
}

/** The script keeps its promises without the defect, and breaks one with it. */
async function byScript({ without }: Planted, life: Life): Promise<Search> {
  const sound = await life();
  const [broken] = await withoutRule(without, life);
  return {
    isFound: sound.length === 0 && broken !== undefined,
    how: `by its script: ${broken ?? "nothing"}${sound.length > 0 ? `, and without it: ${sound.join()}` : ""}`,
  };
}

async function byStorm({ lifecycle, without }: Planted, lives: number, seed: number): Promise<Search> {
  let played = 0;
  let first = "";
  const property = fc.asyncProperty(schedules, async (schedule) => {
    played++;
    const { violations } = await withoutRule(without, () => playStorm(schedule, lifecycle));
    first ||= violations[0] ?? "";
    return violations.length === 0;
  });
  const { failed } = await fc.check(property, { numRuns: lives, seed, endOnFailure: true });
  return { isFound: failed, how: `after ${played}: ${first}` };
}

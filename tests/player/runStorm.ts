import fc from "fast-check";
import { playStorm } from "./storm/play";
import { schedules, type Schedule } from "./storm/schedule";
import { allSometimes, type Sometimes } from "./storm/sometimes";

/** `npm run storm -- --schedules N --seed S`: random lives, and what must hold in all of them. */
async function main(args: readonly string[]): Promise<void> {
  const option = (name: string, fallback: number) =>
    Number(args[args.indexOf(`--${name}`) + 1] ?? fallback) || fallback;
  const numRuns = args.includes("--schedules") ? option("schedules", 2000) : 2000;
  const seed = args.includes("--seed") ? option("seed", 1) : 1;
  const counts = new Map<Sometimes, number>();
  const began = Date.now();
  let played = 0;
  const property = fc.asyncProperty(schedules, async (schedule: Schedule) => {
    const { violations, sometimes } = await playStorm(schedule);
    played++;
    for (const one of sometimes) counts.set(one, (counts.get(one) ?? 0) + 1);
    if (violations.length > 0) throw new Error(violations.join("\n"));
  });
  const result = await fc.check(property, { numRuns, seed, endOnFailure: args.includes("--no-shrink") });
  const rate = Math.round(played / ((Date.now() - began) / 1000));
  for (const one of allSometimes) console.log(`${String(counts.get(one) ?? 0).padStart(8)}  ${one}`);
  console.log(`${played} schedules, ${rate} a second, seed ${seed}`);
  if (result.failed) {
    console.log(`FAILED after ${result.numRuns}: ${String((result.errorInstance as Error | null)?.message)}`);
    console.log(`seed ${result.seed}, path ${result.counterexamplePath ?? ""}`);
    const found = result.counterexample?.[0];
    console.log(JSON.stringify({ service: found?.service, failing: found?.failing }));
    for (const step of found?.steps ?? []) console.log(`  ${JSON.stringify(step)}`);
    process.exitCode = 1;
  }
}

void main(process.argv.slice(2));

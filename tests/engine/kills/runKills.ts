import { killAfter, runUndisturbed, type Killed } from "./kill";
import { killScenarios } from "./scenarios";
import { spread } from "./spread";

/** `npm run kills [-- points per scenario]`: kills the CLI all over each scenario and prints what the next run did. */
async function main(points: number): Promise<void> {
  const all: Killed[] = [];
  console.log("| scenario | killed after | what the next `up` did |\n| --- | --- | --- |");
  for (const scenario of killScenarios) {
    const undisturbed = await runUndisturbed(scenario);
    for (const call of spread(points, undisturbed.actions.length)) {
      const killed = await killAfter(scenario, { nth: call }, undisturbed);
      all.push(killed);
      console.log(
        `| ${killed.scenario} | call ${killed.call}, ${killed.action} | ${killed.recovery.join(", then ")} |`,
      );
      for (const complaint of killed.complaints) console.error(complaint);
    }
  }
  const bad = all.filter(({ complaints }) => complaints.length > 0).length;
  const byHand = all.filter(({ recovery }) => recovery.some((one) => one.startsWith("by hand"))).length;
  console.log(`\n${all.length} kills, ${all.length - bad} same end, ${byHand} of them by hand (limit L7)`);
  process.exitCode = bad === 0 ? 0 : 1;
}

void main(Number(process.argv[2] ?? "20"));

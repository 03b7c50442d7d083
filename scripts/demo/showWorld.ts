import type { Simulator } from "alicloud-rds-simulator";
import { narrator } from "./narrator.ts";

/** What every instance of the simulated cloud holds now, as the simulator itself knows it. */
export function showWorld(simulator: Simulator): void {
  const { instances } = simulator.world();
  const width = Math.max(
    ...instances.flatMap(({ databases }) => databases.map(({ name }) => name.length)),
    0,
  );
  for (const { id, databases } of instances) {
    narrator.note(`  ${id}${databases.length === 0 ? "  (empty)" : ""}`);
    for (const { name, status, content } of databases) {
      narrator.note(`    ${name.padEnd(width)}  ${status}  ${content}`);
    }
  }
  process.stdout.write("\n");
}

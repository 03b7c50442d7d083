import { readFileSync } from "node:fs";
import { playStorm } from "./storm/play";
import type { Schedule } from "./storm/schedule";

async function main() {
  const schedule = JSON.parse(readFileSync(0, "utf8")) as Schedule;
  const { violations, journal } = await playStorm(schedule);
  console.log(journal.map((l) => l.slice(0, 330)).join("\n"));
  console.log(violations);
}
void main();

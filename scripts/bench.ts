import { callCost } from "./bench/callCost.ts";

/** One thing that is measured; what it prints is for people, and nothing fails because of a number. */
export interface Row {
  readonly name: string;
  readonly about: string;
  run(print: (line: string) => void): Promise<void>;
}

// npm run bench [-- row ...]
const rows: readonly Row[] = [callCost];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no row ${unknown.join(", ")}; there are ${rows.map(({ name }) => name).join(", ")}.`,
  );
  process.exit(2);
}
for (const row of rows.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`== ${row.name}: ${row.about} ==`);
  await row.run((line) => console.log(line));
}

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { calls } from "./callsRow";
import { cold } from "./coldRow";
import { loading } from "./loadingRow";
import { describeMachine } from "./machine";
import { memory } from "./memoryRow";
import { measureLine, performancePage, type Measured } from "./page";
import type { Row, RowOptions } from "./row";
import { callCost } from "./simulator/callCost";
import { storm } from "./stormRow";
import { growth, refresh, unchanged } from "./unchangedRow";

const rows: readonly Row[] = [loading, cold, calls, memory, storm, unchanged, refresh, growth, callCost];

const usage = `npm run bench [-- [--rounds N] [--resources N] [--large] [--write] [row ...]]
Rows: ${rows.map(({ name }) => name).join(", ")}. --large measures 1,000 resources too; --write writes docs/performance.md.`;

/** `npm run bench`: prints what was measured, row after row; with `--write` it makes the page. */
async function main(args: readonly string[]): Promise<void> {
  const { values, positionals: asked } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "5" },
      resources: { type: "string", default: "100" },
      large: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const [rounds, resources] = [Number(values.rounds), Number(values.resources)];
  const isWhole = (value: number) => Number.isInteger(value) && value > 0;
  if (!isWhole(rounds) || !isWhole(resources) || asked.some((name) => !rows.some((row) => row.name === name)))
    throw new Error(usage);

  const machine = await describeMachine();
  const options: RowOptions = { rounds, resources, large: values.large, say: (line) => console.log(line) };
  const day = new Date().toISOString().slice(0, 10);
  const measured: Measured[] = rows.map((row) => ({ ...described(row), outcome: { kind: "not run" } }));
  for (const [index, row] of rows.entries()) {
    if (asked.length > 0 && !asked.includes(row.name)) continue;
    measured[index] = await measure(row, options);
    // After each row: what has been measured is not lost with the ones after it.
    if (values.write) await write(performancePage({ machine, rounds, day, rows: measured }));
  }
  for (const { name, outcome } of measured) {
    if (outcome.kind !== "failed") continue;
    console.error(`Row ${name} failed: ${outcome.reason}`);
    process.exitCode = 1;
  }
}

async function measure(row: Row, options: RowOptions): Promise<Measured> {
  console.log(`== ${row.name}: ${row.about} ==`);
  try {
    const measures = await row.run(options);
    for (const one of measures) console.log(measureLine(one));
    return { ...described(row), outcome: { kind: "measured", measures } };
  } catch (error) {
    // The others are still worth to be known; the page says that this one is not.
    console.error(error);
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { ...described(row), outcome: { kind: "failed", reason } };
  }
}

const described = ({ name, about }: Row) => ({ name, about });

const page = resolve(__dirname, "../../docs/performance.md");

async function write(markdown: string): Promise<void> {
  const { format, resolveConfig } = await import("prettier");
  await writeFile(page, await format(markdown, { ...(await resolveConfig(page)), parser: "markdown" }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});

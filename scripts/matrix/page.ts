import type { Cell, Extent } from "./cells.ts";
import { managers } from "./managers.ts";
import type { Weight } from "./weight.ts";

/** A cell that has run, what failed in it, and whether it succeeded with what its user takes instead. */
export interface Row {
  readonly cell: Cell;
  readonly failure?: string | undefined;
  readonly isMended?: boolean;
}

/** The page of the rows that have run, with what the package weighs. */
export function pageOf(rows: readonly Row[], planned: number, extent: Extent, weight: Weight): string {
  const all = Object.entries(managers);
  return [
    "# Where it was installed and run",
    "",
    `Written by \`npm run matrix\` (${extents[extent]}; ${rows.length} of ${planned} rows have run): each row installs the packed package with that package manager, as its user would, then runs \`pulumi up\` and`,
    "`pulumi destroy` against the simulator. `npm run matrix -- --pairs` tries every pair of values, `--all` every combination.",
    "",
    "| package manager | program | Node.js | @pulumi/pulumi | dependency | result |",
    "| --- | --- | --- | --- | --- | --- |",
    ...[...rows].sort((one, other) => place(one) - place(other)).map(lineOf),
    "",
    "## With these lines",
    "",
    "A project that has only `@pulumi/pulumi` asks for them as well.",
    "",
    ...all.flatMap(([name, { asks }]) =>
      asks ? [`**${name}.** ${asks.why} ${asks.what}`, "", "```", asks.lines.trim(), "```", ""] : [],
    ),
    ...weightOf(weight),
  ].join("\n");
}

/** One row of the table. */
export function lineOf({ cell, failure, isMended = false }: Row): string {
  const { manager, format, node, sdk, as } = cell;
  const { asks, instead = "" } = managers[manager];
  const end =
    failure === undefined
      ? `up and destroy${asks ? ", with the lines below" : ""}`
      : `${failure}${isMended ? `; with ${instead}: up and destroy` : ""}`;
  return `| ${[manager, format, node, sdk, as, end.replaceAll("|", "/")].join(" | ")} |`;
}

const extents: Readonly<Record<Extent, string>> = {
  values: "every value at least once",
  pairs: "every pair of values at least once",
  all: "every combination",
};

function place({ cell }: Row): number {
  return Object.keys(managers).indexOf(cell.manager);
}

/** The goal is a quarter of what it was when it was first weighed. */
const goal = { packages: 12, files: 2200, bytes: 11_800_000 };

function weightOf({
  packages,
  files,
  bytes,
  programSeconds,
  providerSeconds,
  parts,
}: Weight): readonly string[] {
  const isMet = packages <= goal.packages && files <= goal.files && bytes <= goal.bytes;
  const mb = (of: number) => (of / 1e6).toFixed(1);
  return [
    "## What it adds to a project that has @pulumi/pulumi",
    "",
    "| | packages | files | MB |",
    "| --- | ---: | ---: | ---: |",
    ...parts.map((part) => `| ${part.name} | ${part.packages} | ${part.files} | ${mb(part.bytes)} |`),
    `| together | ${packages} | ${files} | ${mb(bytes)} |`,
    `| goal, at most | ${goal.packages} | ${goal.files} | ${mb(goal.bytes)} |`,
    "",
    `The goal is ${isMet ? "met" : "not met"}. Installed with npm; the bytes are those of the files.`,
    "",
    `Loading takes ${programSeconds.toFixed(2)} s in a program and ${providerSeconds.toFixed(2)} s in the provider process (the shortest of 7; the SDK is loaded there only).`,
    "Of the official SDK this package holds the part that it uses, in one file.",
    "",
  ];
}

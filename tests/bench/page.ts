import type { Machine } from "./machine";
import { isMet, shown, spreadOf, type Measure } from "./row";

export interface Measured {
  readonly name: string;
  readonly about: string;
  readonly outcome:
    | { readonly kind: "measured"; readonly measures: readonly Measure[] }
    | { readonly kind: "not run" }
    | { readonly kind: "failed"; readonly reason: string };
}

export interface Run {
  readonly machine: Machine;
  readonly rounds: number;
  readonly day: string;
  readonly rows: readonly Measured[];
}

/** docs/performance.md. */
export function performancePage({ machine, rounds, day, rows }: Run): string {
  const measures = rows.flatMap(({ outcome }) => (outcome.kind === "measured" ? outcome.measures : []));
  const missed = measures.filter((one) => isMet(one) === false);
  const unknown = [
    ...rows.flatMap(({ name, outcome }) => {
      if (outcome.kind === "measured") return [];
      return [
        `- Row \`${name}\` ${outcome.kind === "failed" ? `failed: ${outcome.reason}` : "was not run."}`,
      ];
    }),
    ...measures
      .filter(({ values }) => values.length === 0)
      .map(({ what }) => `- ${sentence(what)} was not run.`),
  ];
  return `# How fast it is, and how much it asks

Written by \`npm run bench -- --write\` on ${day}; nothing here is typed in by hand, and no test asserts a time. What is
compared with each other was run by turns, ${rounds} ${rounds === 1 ? "round" : "rounds"} of it: minimum, median and maximum are of the rounds, and the median decides whether a goal is met.

- Machine: ${machine.text}.
- ${loadOf(machine)}
- _Nothing_ is a dynamic resource that does nothing ([nothing.ts](../tests/bench/nothing.ts)): what the engine costs by itself.
- _By hand_ is one file that a competent user writes in an afternoon ([rival.ts](../tests/bench/rival.ts)): an inline
  provider with the official SDK that copies the newest backup and looks every ten seconds.
- The floor of a cold start is the first request of a provider that loads no SDK.
- Processor time is that of the CLI and of all processes below it, so that other work on the machine counts little; time
  waited is what a clock on the wall says.
- Everything is asked of the simulator on the same machine. No compile cache of Node.js is used.

${rows.map(section).join("\n")}
## What is not reached

${missed.length === 0 ? "Every goal that was measured is met.\n" : `${missed.map(missedSentence).join("\n")}\n`}
## What is not known

${unknown.length === 0 ? "Everything was measured." : unknown.join("\n")}
`;
}

/** One line for people at a terminal. */
export function measureLine(measure: Measure): string {
  const { what, unit, values } = measure;
  const spread = spreadOf(values);
  if (!spread) return `${what}: not run`;
  const { minimum, median, maximum } = spread;
  const range = values.length === 1 ? "" : ` (${shown(minimum, unit)} to ${shown(maximum, unit)})`;
  return `${what}: ${amount(median, unit)}${range}${goalText(measure) === "" ? "" : `; goal ${goalText(measure)}`}`;
}

function section({ name, about, outcome }: Measured): string {
  const title = `## ${name}\n\n${sentence(about)}.\n`;
  switch (outcome.kind) {
    case "not run":
      return `${title}\nNot run.\n`;
    case "failed":
      return `${title}\nFailed: ${outcome.reason}\n`;
    case "measured":
      return `${title}
| measure | goal | minimum | median | maximum | met |
| --- | --- | --- | --- | --- | --- |
${outcome.measures.map(line).join("\n")}
`;
  }
}

function line(measure: Measure): string {
  const spread = spreadOf(measure.values);
  const cells = spread
    ? [spread.minimum, spread.median, spread.maximum].map((value) => shown(value, measure.unit))
    : ["not run", "", ""];
  const met = isMet(measure);
  const unit = measure.unit === "times" ? "" : `, ${measure.unit}`;
  return `| ${measure.what}${unit} | ${goalText(measure)} | ${cells.join(" | ")} | ${met === undefined ? "" : met ? "yes" : "no"} |`;
}

function missedSentence(measure: Measure): string {
  const median = spreadOf(measure.values)?.median ?? NaN;
  const because = measure.because === undefined ? "" : `: ${measure.because}`;
  return `- ${sentence(measure.what)}: ${amount(median, measure.unit)} where the goal is ${goalText(measure)}${because}.`;
}

function goalText({ goal, unit }: Measure): string {
  if (goal === undefined) return "";
  const [text, value] = "most" in goal ? ["at most", goal.most] : ["at least", goal.least];
  return value === 0 ? "none" : `${text} ${shown(value, unit)}`;
}

function amount(value: number, unit: Measure["unit"]): string {
  return unit === "times" ? shown(value, unit) : `${shown(value, unit)} ${unit}`;
}

function loadOf({ load, cores }: Machine): string {
  const text = `On average ${load.toFixed(1)} processes wanted one of the ${cores} cores in the minute before the run`;
  return load > cores / 2
    ? `The machine was busy with something else: ${text.charAt(0).toLowerCase()}${text.slice(1)}. Times waited, and to a lesser degree processor times, vary more than on a quiet one.`
    : `${text}.`;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

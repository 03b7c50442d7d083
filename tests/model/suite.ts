import { ruleSentences, type Rule } from "../../provider/src/ownership/rules";
import { configurations, large, people, type ConfigurationKey, type Settings } from "./configurations";
import { explore, shareRefused, type Explored, type Finding } from "./explore";
import { ruleCases } from "./ruleCases";

/*
 * npm run model                        the table of all configurations; exits 1 on a violation
 * npm run model -- --only a1,d1        some of them, with stories and facts
 * npm run model -- --without RULE      takes one rule out and shows what breaks; exits 1 if something does
 * npm run model -- --rules [a,b]       takes out one rule after the other; exits 1 if one of them breaks nothing
 * npm run model -- --large [a,b]       the large searches
 * npm run model -- --limits            takes the guard off: what breaks then is the list of inherent limits
 */

const bounds = { maxStates: 400_000, maxSeconds: 300 };
const largeBounds = { maxStates: 800_000, maxSeconds: 900 };
const ruleBounds = { maxStates: 40_000, maxSeconds: 300 };

function main([option, value]: readonly string[]): boolean {
  switch (option) {
    case undefined:
      return table(configurations, Object.keys(configurations), false);
    case "--only":
      return table({ ...large, ...configurations }, value?.split(",") ?? [], true);
    case "--large":
      return table(large, value?.split(",") ?? Object.keys(large), value !== undefined);
    case "--without":
      return !isRule(value) || !withoutRule(value, 5).found;
    case "--rules": {
      const asked = value?.split(",").filter(isRule) ?? Object.keys(ruleSentences).filter(isRule);
      return asked.map((rule) => withoutRule(rule, 1).isShown).every(Boolean);
    }
    case "--limits":
      limits();
      return true;
    default:
      console.error(
        "usage: npm run model -- [--only a,b | --large [a,b] | --without RULE | --rules [a,b] | --limits]",
      );
      return false;
  }
}

function table(
  all: Readonly<Record<string, Settings>>,
  keys: readonly string[],
  isDetailed: boolean,
): boolean {
  console.log("     configuration                                             states resting  CPU s");
  let states = 0;
  let cpu = 0;
  let isClean = keys.length > 0;
  for (const key of keys) {
    const settings = all[key];
    if (!settings) throw new Error(`configurations: ${Object.keys(all).join(", ")}`);
    const explored = explore(settings, all === large ? largeBounds : bounds);
    show(key, explored, isDetailed ? 6 : 1, isDetailed);
    states += explored.states;
    cpu += explored.cpu;
    isClean &&= explored.violations.size === 0 && !explored.isCut;
  }
  const verdict = isClean ? "clean and complete" : "VIOLATED, or not complete";
  console.log(`${keys.length} configurations, ${states} states, ${cpu.toFixed(1)} s of CPU: ${verdict}`);
  return isClean;
}

function show(key: string, explored: Explored, stories: number, withFacts: boolean): void {
  const { name, states, resting, cpu, violations, facts, isCut } = explored;
  const end = violations.size > 0 ? "VIOLATED" : isCut ? "clean as far as it went" : "clean";
  const numbers = [String(states).padStart(8), String(resting).padStart(7), cpu.toFixed(1).padStart(6)];
  console.log(`${key.padEnd(4)} ${name.padEnd(54)} ${numbers.join(" ")}  ${end}`);
  const tell = (sign: string, [kind, { count, story }]: [string, Finding]) =>
    console.log(`     ${sign} ${kind} (${count} times)\n         ${story.join("\n         ")}`);
  for (const finding of shortest(violations).slice(0, stories)) tell("!", finding);
  if (withFacts) for (const finding of shortest(facts)) tell("-", finding);
}

function withoutRule(rule: Rule, stories: number): { found: boolean; isShown: boolean } {
  const { shownBy, breaks } = ruleCases[rule];
  const found = new Map<string, Finding>();
  let states = 0;
  let cpu = 0;
  let isMore = false;
  for (const key of shownBy) {
    const explored = explore(configurations[key], { ...ruleBounds, rules: { [rule]: false } });
    states += explored.states;
    cpu += explored.cpu;
    for (const [kind, finding] of explored.violations) found.set(`${key}: ${kind}`, finding);
    if (breaks === "refusals") {
      isMore ||= shareRefused(explored) > shareRefused(explore(configurations[key], ruleBounds));
    }
  }
  const broken = [...new Set([...found.keys()].map((kind) => kind.split(" ")[1] ?? ""))];
  const isShown = breaks === "refusals" ? isMore : broken.includes(breaks);
  const what = breaks === "refusals" ? "more refusals of own databases" : broken.join(", ");
  console.log(
    `${isShown ? "breaks" : "NOTHING BREAKS"}  ${rule}: ${what}  (${states} states, ${cpu.toFixed(1)} s)`,
  );
  console.log(`    without "${ruleSentences[rule]}"`);
  const first = shortest(found).sort(
    (a, b) => Number(b[0].includes(` ${breaks} `)) - Number(a[0].includes(` ${breaks} `)),
  );
  for (const [kind, { count, story }] of first.slice(0, stories)) {
    console.log(`    ${kind} (${count} times)\n      ${story.map((line) => line.trim()).join(" / ")}`);
  }
  return { found: found.size > 0, isShown };
}

function limits(): void {
  const cases: [ConfigurationKey, Partial<Settings>][] = [
    ["s3", { hands: [...people, "stripTag", "forge", "consoleCopy"] }],
    ["s5", { handCount: 1, hands: ["drop", "make", "remake"] }],
    ["i1", { handCount: 1, hands: ["drop", "make"] }],
  ];
  for (const [key, more] of cases) {
    const explored = explore({ ...configurations[key], ...more, guard: false }, ruleBounds);
    show(key, explored, 0, false);
    for (const [kind, { count }] of shortest(explored.violations))
      console.log(`     ! ${kind} (${count} times)`);
    for (const [kind, { count }] of shortest(explored.facts)) {
      if (kind.startsWith("LIMIT")) console.log(`     - ${kind} (${count} times)`);
    }
    const never = [...explored.evidence].filter(
      ([kind, truth]) => kind.includes("-> ours") && truth.ours === 0,
    );
    const kinds = never.map(([kind]) => kind).join("; ") || "none";
    console.log(`     ${explored.evidence.size} kinds of evidence; called ours and never was: ${kinds}`);
  }
}

function shortest(findings: ReadonlyMap<string, Finding>): [string, Finding][] {
  return [...findings].sort((a, b) => a[1].story.length - b[1].story.length);
}

function isRule(name: string | undefined): name is Rule {
  if (name !== undefined && name in ruleSentences) return true;
  throw new Error(`rules: ${Object.keys(ruleSentences).join(", ")}`);
}

process.exitCode = main(process.argv.slice(2)) ? 0 : 1;

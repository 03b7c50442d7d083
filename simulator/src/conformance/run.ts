import type { Ask } from "./ask.js";
import { acceptedCopy, copyCases, readCases, type ConformanceCase } from "./cases.js";
import { codeOf, differences } from "./compare.js";
import { discover } from "./discover.js";
import { createReference, type Reference } from "./reference.js";
import { replaced } from "./replaced.js";
import { fillIn, type Subject } from "./subject.js";

export interface ConformanceOptions {
  /** The client that is measured, and through it the endpoint. */
  readonly ask: Ask;
  readonly region: string;
  /** An instance of one's own; without it only the cases that need none are run. */
  readonly source?: string | undefined;
  /** A second one; needed for the copying cases. */
  readonly target?: string | undefined;
  /** Which database is copied. Default: one that the newest full set holds. */
  readonly database?: string | undefined;
  /** Runs the copying cases as well. The last of them copies one database onto the target and drops the copy. */
  readonly copying?: boolean | undefined;
  /** Texts that must not be recorded: the key. */
  readonly secrets?: readonly string[] | undefined;
  /** Waits before a call, and between two looks at a running copy. */
  readonly pause: (why: "call" | "look") => Promise<void>;
  /** How often a running copy is looked at before it is given up. Default: 900. */
  readonly looks?: number | undefined;
}

/** What came of one case, fit to be shown: nothing in it tells whose instances they were. */
export interface ConformanceResult {
  readonly name: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  readonly outcome: "same" | "different" | "not run";
  /** How it differs, or why it was not run. */
  readonly because: readonly string[];
  readonly status?: number;
  readonly code?: string | undefined;
  readonly body?: unknown;
}

/** Runs the cases against an endpoint and, side by side, against the simulator in this process. */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceResult[]> {
  const { ask, region, source, target, database, copying = false } = options;
  const now = Date.now();
  const { subject, world } = await discover(ask, { region, source, target, database, now });
  const suite = { options, subject, reference: createReference(world, now) };
  const results: ConformanceResult[] = [];
  for (const one of readCases) results.push(await runCase(suite, one));
  if (!copying) return results;
  let accepted = false;
  for (const one of copyCases) {
    const result: ConformanceResult = accepted
      ? notRun(one, "a copy before it was accepted that the simulator refuses")
      : await runCase(suite, one);
    results.push(result);
    accepted ||= result.status === 200 && result.outcome === "different";
    if (one.name === acceptedCopy && result.status === 200) results.push(...(await followCopy(suite)));
  }
  return results;
}

interface Suite {
  readonly options: ConformanceOptions;
  readonly subject: Subject;
  readonly reference: Reference;
}

const notRun = ({ name, action, params }: ConformanceCase, why: string): ConformanceResult => ({
  name,
  action,
  params,
  outcome: "not run",
  because: [why],
});

async function runCase(
  { options, subject, reference }: Suite,
  one: ConformanceCase,
): Promise<ConformanceResult> {
  const filled = fillIn(one.params, subject);
  if ("lacks" in filled) return notRun(one, `it needs a ${filled.lacks.join(" and a ")}`);
  await options.pause("call");
  const service = await options.ask(one.action, filled.params);
  const because = differences(service, await reference.ask(one.action, filled.params));
  return {
    name: one.name,
    action: one.action,
    params: one.params,
    outcome: because.length === 0 ? "same" : "different",
    because,
    status: service.status,
    code: codeOf(service),
    body: replaced(service.body, subject, options.secrets),
  };
}

/** Waits for the copy, looks at it and drops it; both are cases too. */
async function followCopy(suite: Suite): Promise<ConformanceResult[]> {
  const { options, subject, reference } = suite;
  const copied = { DBInstanceId: "{target}", DBName: "{name}" };
  const look = fillIn(copied, subject);
  if ("lacks" in look) return [];
  reference.finish();
  for (let looks = options.looks ?? 900; looks > 0; looks -= 1) {
    const { body } = await options.ask("DescribeDatabases", look.params);
    if (/"DBStatus":"Running"/.test(JSON.stringify(body))) break;
    await options.pause("look");
  }
  return [
    await runCase(suite, {
      name: "copy: what it made",
      action: "DescribeDatabases",
      params: copied,
      kind: "read",
    }),
    await runCase(suite, {
      name: "copy: drop of what it made",
      action: "DeleteDatabase",
      params: copied,
      kind: "copy",
    }),
  ];
}

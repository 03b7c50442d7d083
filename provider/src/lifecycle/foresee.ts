import type { DatabaseNames } from "../copy/databaseNames";
import { previewBudgetMs } from "../preflight/briefReads";
import { factsOf, type Facts } from "../preflight/facts";
import { findingText, isBlocking, type Finding } from "../preflight/finding";
import { shortPatience } from "../preflight/patience";
import type { CopyPlan } from "../preflight/plan";
import { checkGuard, preflight, type Preflight } from "../preflight/preflight";
import { chosenRestorePoint, type RestorePointChoice } from "../copy/restorePoint";
import type { ConnectionOverrides } from "../rds/connection";
import { announcement } from "./announcement";
import type { PartialInputs } from "./inputs";
import type { Problem } from "./problem";
import type { Run } from "./run";
import { holdsUnknown, isKnown } from "./unknown";

/**
 * Looks ahead at a copy of the given names: says what it would run into and, if nothing stands against it,
 * what it will do. Not knowing is not failing: whatever could not be found out becomes one warning.
 */
export async function foresee(
  inputs: PartialInputs,
  names: DatabaseNames,
  run: Run,
): Promise<readonly Problem[]> {
  if (holdsUnknown(inputs.connection)) return [];
  const plan = planOf(inputs, names, run);
  const mode = textOf(inputs.preflight) ?? "enforce";
  const seen = await confirmed(inputs, run, (facts) => look(facts, plan, mode, run));
  const stops = seen.findings.filter(
    (finding) => isBlocking(finding) && (mode === "enforce" || isGuard(finding)),
  );
  const told = seen.findings.filter((finding) => !stops.includes(finding));
  if (told.length > 0) run.report.warn(told.map(findingText).join("\n"));
  if (stops.length === 0) run.report.info(announcement(plan, seen, run.clock.now()));
  return stops.map((finding) => ({ property: finding.property, reason: findingText(finding) }));
}

/** What a preview learnt holds for its whole run, unless it speaks against a copy. */
const runMs = 10 * 60_000;

/** What speaks against a copy must not be older than this. */
const confirmedMs = 5000;

/** An instance that was just made is now and then not found for a moment. */
const secondLookAfterMs = 2000;

/** Facts are shared by all copies of a run; what would stop one of them is looked at anew before it does. */
async function confirmed(
  inputs: PartialInputs,
  run: Run,
  look: (facts: Facts) => Promise<Preflight>,
): Promise<Preflight> {
  const cloud = run.rds(inputs.connection as ConnectionOverrides | undefined);
  const patience = shortPatience(run.clock, previewBudgetMs, cloud.waitsFor);
  const asking = { reads: cloud, clock: run.clock, patience };
  const facts = factsOf(cloud, { ...asking, maxAgeMs: runMs });
  const first = await look(facts);
  const blocking = first.findings.filter(isBlocking);
  const isAbsent = blocking.some(({ code }) => code === "instance-not-found");
  if (isAbsent) await run.clock.sleep(secondLookAfterMs, run.signal);
  else if (blocking.length === 0 || facts.oldest() <= confirmedMs) return first;
  return look(factsOf(cloud, { ...asking, maxAgeMs: isAbsent ? secondLookAfterMs / 2 : confirmedMs }));
}

/** The guard is for those who must never fill the wrong instance: it is not loosened by "warn" and "off". */
function isGuard({ code }: Finding): boolean {
  return code === "target-tags-missing";
}

async function look(facts: Facts, plan: CopyPlan, mode: string, run: Run): Promise<Preflight> {
  return mode === "off"
    ? { findings: await checkGuard(facts, run.clock, plan) }
    : preflight(facts, run.clock, plan);
}

function planOf(inputs: PartialInputs, names: DatabaseNames, run: Run): CopyPlan {
  const target = textOf(inputs.targetDbInstanceId);
  const urn = textOf(inputs.resourceUrn);
  const old = run.memory.oldOf(urn);
  return {
    sourceDbInstanceId: textOf(inputs.sourceDbInstanceId),
    targetDbInstanceId: target,
    names,
    moreNames: holdsUnknown(inputs.dbNames),
    choice: choiceOf(inputs),
    maxBackupAge: textOf(inputs.maxBackupAge),
    adoptExisting: inputs.adoptExisting === true,
    ownNames: old && old.targetDbInstanceId === target ? old.targetNames : [],
    requireTargetTags: knownTags(inputs.requireTargetTags),
    urn: inputs.ownershipMarks === false ? undefined : urn,
  };
}

function choiceOf({ backupId, restoreTime }: PartialInputs): RestorePointChoice | undefined {
  if (holdsUnknown(backupId) || holdsUnknown(restoreTime)) return undefined;
  return chosenRestorePoint({
    ...(backupId === undefined ? {} : { backupId: backupId as string }),
    ...(restoreTime === undefined ? {} : { restoreTime: restoreTime as string }),
  });
}

function knownTags(tags: PartialInputs["requireTargetTags"]): Readonly<Record<string, string>> | undefined {
  if (tags === undefined || !isKnown(tags)) return undefined;
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => isKnown(value)));
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

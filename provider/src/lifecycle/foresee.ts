import { listNames, sameName, type DatabaseNames } from "../copy/databaseNames";
import { fewOfMany } from "../copy/fewOfMany";
import { explain } from "../ownership/explain";
import { explainAll } from "../ownership/manySayings";
import { ownerOf } from "../ownership/mark";
import type { Records } from "../ownership/record";
import type { Saying } from "../ownership/sayings";
import { backupPoint, type RestorePoint } from "../copy/restorePoint";
import { factsOf, type Facts } from "../preflight/facts";
import { findingText, findingTexts, isBlocking, isNote } from "../preflight/finding";
import { previewBudgetMs, shortPatience } from "../preflight/patience";
import { choiceWith } from "../preflight/lookAhead";
import type { CopyPlan } from "../preflight/plan";
import { checkGuard, isGuard, preflight, type Preflight } from "../preflight/preflight";
import type { ConnectionOverrides } from "../rds/connection";
import { RdsFailure } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";
import { drive } from "../reconcile/drive";
import type { PreviewEnd } from "../reconcile/operation";
import { maybeReplaced, preview, type Previewed } from "../reconcile/preview";
import { announceCopy, announceDrop, lastFillOf } from "./announcement";
import { ageOf, claimedOld, dated, listedBackups, withAge } from "./dataAge";
import type { CopyInputs, PartialInputs } from "./inputs";
import { heldPoints } from "../ownership/change";
import type { Former, Session } from "./memory";
import { contextOf, ownOf, targetOf, wantedOf } from "./operation";
import { choiceIn } from "./plan";
import type { Problem } from "./pastedOutput";
import type { CopyState } from "./state";
import { holdsUnknown, isKnown } from "./unknown";

/** What is about to happen to a resource. */
export type Prospect =
  /** Without a former resource a replacement is not told from a creation: `check` is then given no old inputs. */
  | { readonly kind: "create" }
  | { readonly kind: "replace"; readonly former: Former }
  | { readonly kind: "update"; readonly state: CopyState };

/**
 * Looks ahead at what an operation will do: says what it would run into and, if nothing stops it, what it will do. Only a
 * definite fact stops anything: whatever could not be determined becomes one warning.
 */
export async function foresee(
  inputs: PartialInputs,
  prospect: Prospect,
  session: Session,
): Promise<readonly Problem[]> {
  if (holdsUnknown(inputs.connection)) return [];
  const mode = textOf(inputs.preflight) ?? "enforce";
  const { judged, plan, seen, backups } = await confirmed(inputs, session, async (facts) => {
    const verdicts = await judge(inputs, prospect, facts, session);
    const ahead = await withHeldPoint(
      planOf(inputs, prospect, verdicts, session),
      heldBy(prospect, inputs),
      facts,
    );
    const found = await preflightOf(ahead, facts, mode, session);
    const listed =
      found.backups ??
      (isDated(verdicts)
        ? await listedBackups(ahead.sourceDbInstanceId, (id) => facts.backups(id))
        : undefined);
    return { judged: verdicts, plan: ahead, seen: found, backups: listed };
  });
  const stops = seen.findings.filter(
    (finding) => isBlocking(finding) && (mode === "enforce" || isGuard(finding)),
  );
  const told = seen.findings.filter((finding) => !stops.includes(finding) && !isNote(finding));
  if (told.length > 0) session.report.warn(findingTexts(told, session.report).join("\n"));
  for (const note of findingTexts(seen.findings.filter(isNote), session.report)) session.report.info(note);
  const refused = fewProblems(
    [
      ...refusals(judged, inputs, prospect, { seen, backups, now: session.clock.now() }),
      ...stops.map((finding) => ({
        kind: finding.code,
        property: finding.property,
        reason: findingText(finding),
      })),
    ],
    session,
  );
  if (refused.length === 0) announce(inputs, plan, prospect, judged, { seen, backups }, session);
  return refused;
}

interface OneProblem extends Problem {
  /** What is the same for others of its kind. */
  readonly kind: string;
}

/** A resource may have hundreds of databases: a few problems of one kind, and a count of the rest. */
function fewProblems(problems: readonly OneProblem[], { report }: Session): Problem[] {
  const { few, rests } = fewOfMany(problems, ({ kind }) => kind);
  for (const { property, reason } of rests.flat()) report.debug(`${property}: ${reason}`);
  const more = rests.map((rest) => {
    const about = listNames(rest.map(({ property }) => property.replace(/^dbNames\./, "")));
    return { property: "dbNames", reason: `The same applies to ${rest.length} more: ${about}.` };
  });
  return [...few.map(({ property, reason }) => ({ property, reason })), ...more];
}

/** What a preview learnt holds for its whole run, unless it stops a copy. */
const runMs = 10 * 60_000;

/** What stops a copy must not be older than this. */
const confirmedMs = 5000;

/** An instance that was just made is now and then not found for a moment. */
const secondLookAfterMs = 2000;

interface Foreseen {
  /** `undefined` as long as it is not known what is wanted. */
  readonly judged: PreviewEnd | undefined;
  readonly plan: CopyPlan;
  readonly seen: Preflight;
  /** The backups of the source, as far as they were asked for: they tell the age of what carries a mark. */
  readonly backups: Preflight["backups"];
}

/** Facts are shared by all copies of a run; what would stop one of them is asked again before it does. */
async function confirmed(
  inputs: PartialInputs,
  { rds, clock, signal }: Session,
  look: (facts: Facts) => Promise<Foreseen>,
): Promise<Foreseen> {
  const cloud = rds(inputs.connection as ConnectionOverrides | undefined);
  const patience = shortPatience(clock, previewBudgetMs, cloud.waitsFor);
  const asking = { reads: cloud, clock, patience };
  const facts = factsOf(cloud, { ...asking, maxAgeMs: runMs });
  const first = await look(facts);
  const blocking = first.seen.findings.filter(isBlocking);
  const isAbsent = blocking.some(({ code }) => code === "instance-not-found");
  const isStopped = blocking.length > 0 || first.judged?.end === "refused";
  if (isAbsent) await clock.sleep(secondLookAfterMs, signal);
  else if (!isStopped || facts.oldest() <= confirmedMs) return first;
  return look(factsOf(cloud, { ...asking, maxAgeMs: isAbsent ? secondLookAfterMs / 2 : confirmedMs }));
}

/** The verdicts of the run, by the same judge. */
async function judge(
  inputs: PartialInputs,
  prospect: Prospect,
  facts: Facts,
  session: Session,
): Promise<PreviewEnd | undefined> {
  if (!isJudgeable(inputs)) return undefined;
  const state = stateIn(prospect);
  const records = state?.targetDbInstanceId === inputs.targetDbInstanceId ? state.databases : {};
  const context = contextOf(inputs, ownOf(inputs), { records, restorePoint: state?.restorePoint });
  const rds = readsOf(facts, session.rds(inputs.connection));
  const target = targetOf(inputs, context, { rds, deadline: Infinity, isPreview: true }, session);
  const wanted = wantedOf(inputs);
  return drive(preview(context, wanted, previewedOf(prospect, inputs)), target, {
    ...session,
    report: { ...session.report, info: () => undefined, warn: () => undefined },
  });
}

function previewedOf(prospect: Prospect, inputs: PartialInputs): Previewed {
  if (prospect.kind !== "replace") return { kind: "change" };
  const { former } = prospect;
  const names = formerNamesOf(former, inputs);
  // Onto another instance nothing is dropped before it is filled.
  if (names.length === 0) return { kind: "change" };
  if (former.state) return { kind: "replacement" };
  return {
    kind: "replacement",
    unseen: {
      names,
      owners: [...former.urns].map(ownerOf),
      marksOn: former.inputs.ownershipMarks !== false,
    },
  };
}

/** Names may be unknown one by one, which the type does not say. */
function isJudgeable(inputs: PartialInputs): inputs is CopyInputs {
  const { sourceDbInstanceId, targetDbInstanceId, dbNames, claim, adoptExisting } = inputs;
  return ![sourceDbInstanceId, targetDbInstanceId, dbNames, claim, adoptExisting].some(holdsUnknown);
}

function stateIn(prospect: Prospect): CopyState | undefined {
  switch (prospect.kind) {
    case "create":
      return undefined;
    case "replace":
      return prospect.former.state;
    case "update":
      return prospect.state;
  }
}

/** The target names of what exists, if it is on the instance that is to be filled. */
function formerNamesOf({ inputs: former, state }: Former, inputs: PartialInputs): string[] {
  if (former.targetDbInstanceId !== inputs.targetDbInstanceId) return [];
  return [...new Set([...Object.keys(state?.databases ?? {}), ...targetsIn(former)])];
}

function planOf(
  inputs: PartialInputs,
  prospect: Prospect,
  judged: PreviewEnd | undefined,
  session: Session,
): CopyPlan {
  const all = namesIn(inputs);
  const copied = judged?.end === "fine" ? judged.copies : Object.values(all);
  const dropped = prospect.kind === "replace" ? formerNamesOf(prospect.former, inputs) : [];
  return {
    sourceDbInstanceId: textOf(inputs.sourceDbInstanceId),
    targetDbInstanceId: textOf(inputs.targetDbInstanceId),
    names: Object.fromEntries(
      Object.entries(all).filter(([, target]) => copied.some((name) => sameName(name, target))),
    ),
    moreNames: holdsUnknown(inputs.dbNames),
    choice: holdsUnknown(inputs.backupId) || holdsUnknown(inputs.restoreTime) ? undefined : choiceIn(inputs),
    maxBackupAge: textOf(inputs.maxBackupAge),
    syncUserPrivilege: inputs.syncUserPrivilege === true,
    // What carries this resource's mark may be what is to be replaced.
    dropped: [...dropped, ...doubtful(inputs, judged, prospect).map(({ name }) => name)],
    requireTargetTags: knownTags(inputs.requireTargetTags),
    isRepair: prospect.kind === "update" && Object.keys(prospect.state.databases).length > 0,
    filledBy: fillersOf(inputs, session),
  };
}

/** Other resources of this program that fill the databases to be copied from here. */
function fillersOf(inputs: PartialInputs, { registry }: Session): Record<string, string> {
  const { sourceDbInstanceId: source, resourceUrn } = inputs;
  if (typeof source !== "string") return {};
  return Object.fromEntries(
    Object.keys(namesIn(inputs)).flatMap((name) => {
      const urn = registry.declaredElsewhere(source, name, textOf(resourceUrn));
      return urn === undefined ? [] : [[name, urn]];
    }),
  );
}

/** As the run will: a repair comes from the restore point that the resource holds, if that can still be restored. */
async function withHeldPoint(plan: CopyPlan, held: readonly RestorePoint[], facts: Facts): Promise<CopyPlan> {
  const { sourceDbInstanceId, choice } = plan;
  if (held.length === 0 || sourceDbInstanceId === undefined || choice === undefined) return plan;
  if (Object.keys(plan.names).length === 0) return plan;
  try {
    return { ...plan, choice: await choiceWith(held, { ...plan, sourceDbInstanceId, choice }, facts) };
  } catch (error) {
    // The preflight asks the same question, and says that it was not answered.
    if (error instanceof RdsFailure) return plan;
    throw error;
  }
}

function heldBy(prospect: Prospect, inputs: PartialInputs): RestorePoint[] {
  if (prospect.kind !== "update") return [];
  const { databases, restorePoint } = prospect.state;
  return heldPoints(databases, restorePoint, targetsIn(inputs));
}

async function preflightOf(
  plan: CopyPlan,
  facts: Facts,
  mode: string,
  { clock }: Session,
): Promise<Preflight> {
  return mode === "off" ? checkGuard(facts, clock, plan) : preflight(facts, clock, plan);
}

/** Whether something that exists is told with the age of its data. */
function isDated(judged: PreviewEnd | undefined): boolean {
  return judged?.end === "refused" || (judged?.end === "fine" && judged.claims.size > 0);
}

type MaybeReplaced = Extract<Saying, { readonly kind: "maybeReplaced" }>;

/**
 * What the run refuses unless the state records it: in a replacement whose state is not at hand, and without old inputs,
 * where a lost state is told from `--target-replace` by nothing (limit L12).
 */
function doubtful(
  inputs: PartialInputs,
  judged: PreviewEnd | undefined,
  { kind }: Prospect,
): readonly MaybeReplaced[] {
  if (judged?.end === "fine") return judged.warnings.filter((one) => one.kind === "maybeReplaced");
  if (judged?.end !== "refused" || kind !== "create") return [];
  const { own } = placeOf(inputs);
  const unrecorded = judged.reasons.flatMap((one) =>
    one.kind === "refused" && one.mark?.owner === own && mayBeRecorded.has(one.why) ? maybeReplaced(one) : [],
  );
  return unrecorded.length === judged.reasons.length ? unrecorded : [];
}

const mayBeRecorded: ReadonlySet<string> = new Set(["unrecorded", "othersIntent"]);

/** Unmarked under a name of the resource that is to be replaced: most likely its own, whose mark someone wrote over. */
function ofFormer(reason: Saying, former: readonly string[]): Saying {
  const isFormer = reason.kind === "refused" && former.some((name) => sameName(name, reason.name));
  return isFormer && reason.why === "unclaimed" ? { ...reason, why: "markGone" } : reason;
}

function refusals(
  judged: PreviewEnd | undefined,
  inputs: PartialInputs,
  prospect: Prospect,
  { seen: { findings }, backups, now }: Pick<Foreseen, "seen" | "backups"> & { readonly now: number },
): OneProblem[] {
  if (judged?.end !== "refused" || doubtful(inputs, judged, prospect).length > 0) return [];
  const former = prospect.kind === "replace" ? formerNamesOf(prospect.former, inputs) : [];
  const place = placeOf(inputs);
  const isFound = !findings.some(({ code }) => code === "instance-not-found");
  return judged.reasons
    .map((reason) => ofFormer(reason, former))
    .map((reason) => withAge(reason, backups, { now, maxBackupAge: textOf(inputs.maxBackupAge) }))
    .flatMap((reason) => {
      // The finding says more of it.
      if (reason.kind === "instanceNotFound" && !isFound) return [];
      const source =
        "name" in reason
          ? Object.entries(namesIn(inputs)).find(([, target]) => sameName(target, reason.name))?.[0]
          : undefined;
      const property = source === undefined ? "targetDbInstanceId" : `dbNames.${source}`;
      const kind = "why" in reason ? `${reason.kind} ${reason.why}` : reason.kind;
      return [{ kind, property, reason: explain(reason, place) }];
    });
}

/** What will happen, in one line for each thing; what will be dropped is a warning. */
function announce(
  inputs: PartialInputs,
  plan: CopyPlan,
  prospect: Prospect,
  judged: PreviewEnd | undefined,
  { seen: { set, findings }, backups }: Pick<Foreseen, "seen" | "backups">,
  { report, clock, memory }: Session,
): void {
  const now = clock.now();
  const place = placeOf(inputs);
  if (judged?.end === "unknown" && !findings.some(({ code }) => code === "not-checked"))
    report.warn(
      `Which databases on ${place.instanceId} belong to this resource was not checked. ${judged.reason}`,
    );
  const replaced = doubtful(inputs, judged, prospect).map((saying) => {
    const point = dated(saying.point, backups);
    return { ...saying, point, age: ageOf(point, now) };
  });
  for (const line of explainAll(replaced, place, report)) report.warn(line);
  if (judged?.end === "fine") {
    const others = judged.warnings.filter(({ kind }) => kind !== "maybeReplaced");
    for (const line of explainAll(others, place, report)) report.warn(line);
    for (const [name, claimed] of judged.claims) {
      const old = claimedOld(name, claimed, backups, { now, maxBackupAge: textOf(inputs.maxBackupAge) });
      if (old) report.warn(explain(old, place));
    }
    const records = stateIn(prospect)?.databases ?? {};
    for (const line of dropsOf(judged.drops, records, place.instanceId, now)) report.warn(line);
    const retained = fewOfMany(judged.retains, () => "");
    for (const names of [...retained.few.map((name) => [name]), ...retained.rests])
      report.warn(
        `Database ${listNames(names)} on ${place.instanceId} will be left in place (retainOnDelete) and no longer managed.`,
      );
  }
  const [held] = heldBy(prospect, inputs);
  const isMixed = held && set && plan.choice?.kind === "latest" && Object.keys(plan.names).length > 0;
  if (isMixed && judged?.end === "fine")
    report.warn(explain({ kind: "mixedPoints", point: backupPoint(set), held }, place));
  const state = stateIn(prospect);
  const lastFillMs = lastFillOf(state?.databases ?? {});
  const others =
    judged?.end === "fine" ? { ...judged, ...droppedAndKept(judged, inputs, prospect) } : undefined;
  const line = announceCopy(plan, others, { set, lastFillMs, now });
  if (line !== "") report.info(line);
  const hint = Object.keys(plan.names).length > 0 && memory.copies.foresees(textOf(inputs.resourceUrn));
  if (hint) report.info(hint);
}

type Fine = Extract<PreviewEnd, { readonly end: "fine" }>;

/** In a replacement everything recorded is dropped; in an update what is there and declared stays. */
function droppedAndKept(
  judged: Fine,
  inputs: PartialInputs,
  prospect: Prospect,
): Pick<Fine, "drops"> & { readonly keeps: readonly string[] } {
  if (prospect.kind === "replace") {
    const records = prospect.former.state?.databases ?? {};
    return { drops: Object.keys(records).filter((name) => records[name]?.phase !== "adopted"), keeps: [] };
  }
  const { copies, drops, adopts, claims, resumes } = judged;
  const handled = [...copies, ...adopts, ...claims.keys(), ...resumes];
  const keeps = targetsIn(inputs).filter((name) => !handled.some((one) => sameName(one, name)));
  return { drops, keeps };
}

/** One by one with the age of the data; of many of one restore point, the rest together. */
function dropsOf(names: readonly string[], records: Records, instanceId: string, now: number): string[] {
  const pointOf = (name: string) => {
    const record = records[name];
    return record && record.phase !== "adopted" ? record.point : undefined;
  };
  const { few, rests } = fewOfMany(names, (name) => JSON.stringify(pointOf(name)));
  return [...few.map((name) => [name]), ...rests].map((some) =>
    announceDrop({ names: some, point: pointOf(some[0] ?? ""), instanceId, now }),
  );
}

function placeOf(inputs: PartialInputs) {
  const resourceUrn = textOf(inputs.resourceUrn) ?? "";
  return {
    instanceId: textOf(inputs.targetDbInstanceId) ?? "a target not known yet",
    own: ownOf({ resourceUrn }),
  };
}

/** The calls of the judge, answered by the facts that all copies of a run share. */
function readsOf(facts: Facts, cloud: RdsApi): RdsApi {
  return {
    ...cloud,
    describeDatabases: facts.databases,
    listTags: facts.tags,
    describeHistoryTasks: (id, since, until) => facts.tasks(id, since.getTime(), until.getTime()),
  };
}

function namesIn({ dbNames }: PartialInputs): DatabaseNames {
  if (dbNames === undefined || !isKnown(dbNames)) return {};
  return Object.fromEntries(Object.entries<unknown>(dbNames).filter(isText));
}

function isText(pair: readonly [string, unknown]): pair is [string, string] {
  return typeof pair[1] === "string";
}

function targetsIn(inputs: PartialInputs): string[] {
  return Object.values(namesIn(inputs));
}

function knownTags(tags: PartialInputs["requireTargetTags"]): Readonly<Record<string, string>> | undefined {
  if (tags === undefined || !isKnown(tags)) return undefined;
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => isKnown(value)));
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

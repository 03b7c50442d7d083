import { sameName } from "../copy/databaseNames";
import { ownerOf } from "../ownership/mark";
import type { RestorePoint } from "../copy/restorePoint";
import { factsOf, type Facts } from "../preflight/facts";
import { findingText, findingTexts, isBlocking, isNote } from "../preflight/finding";
import { previewBudgetMs, shortPatience } from "../preflight/patience";
import { choiceWith } from "../preflight/lookAhead";
import type { CopyPlan } from "../preflight/plan";
import { checkGuard, isGuard, preflight } from "../preflight/preflight";
import type { ConnectionOverrides } from "../rds/connection";
import { whenUnanswered } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";
import { drive } from "../reconcile/drive";
import type { PreviewEnd } from "../reconcile/operation";
import { preview, type Previewed } from "../reconcile/preview";
import { listedBackups } from "./dataAge";
import { knownNames, textOf, type CopyInputs, type PartialInputs } from "./inputs";
import type { Session } from "./memory";
import { contextOf, ownOf, targetOf, wantedOf } from "./operation";
import { choiceIn, retaining } from "./plan";
import type { Problem } from "./pastedOutput";
import { doubtful, formerNamesOf, heldBy, stateIn, type Prospect } from "./prospect";
import { announce, fewProblems, refusals, type Foreseen } from "./tellForeseen";
import { holdsUnknown, isKnown } from "./unknown";

/**
 * Looks ahead at what an operation will do: says what it would run into and, if nothing stops it, what it will do. Only a
 * definite fact stops anything: whatever could not be determined becomes one warning.
 */
export async function foresee(
  given: PartialInputs,
  prospect: Prospect,
  session: Session,
): Promise<readonly Problem[]> {
  const inputs = prospect.kind === "update" ? retaining(given, prospect.state) : given;
  if (holdsUnknown(inputs.connection)) return [];
  const mode = textOf(inputs.preflight) ?? "enforce";
  const { judged, plan, seen, backups } = await confirmed(inputs, session, async (facts) => {
    const verdicts = await judge(inputs, prospect, facts, session);
    const ahead = await withHeldPoint(
      planOf(inputs, prospect, verdicts, session),
      heldBy(prospect, inputs, verdicts),
      facts,
    );
    const found =
      mode === "off"
        ? await checkGuard(facts, session.clock, ahead)
        : await preflight(facts, session.clock, ahead);
    const listed =
      found.backups ??
      (isDated(verdicts)
        ? await listedBackups(ahead.sourceDbInstanceId, (id) => facts.backups(id))
        : undefined);
    return { judged: verdicts, plan: ahead, seen: found, backups: listed };
  });
  // As the run will: before a drop "warn" stops as well.
  const isStrict = mode === "enforce" || (mode === "warn" && prospect.kind === "replace");
  const stops = seen.findings.filter((finding) => isBlocking(finding) && (isStrict || isGuard(finding)));
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

/** What a preview learnt holds for its whole run, unless it stops a copy. */
const runMs = 10 * 60_000;

/** What stops a copy must not be older than this. */
const confirmedMs = 5000;

/** An instance that was just made is now and then not found for a moment. */
const secondLookAfterMs = 2000;

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
  const former = prospect.kind === "replace" ? formerNamesOf(prospect.former, inputs) : [];
  const declared = state ? Object.values(state.dbNames) : former;
  // A replacement begins anew, from the point that the program names or the latest.
  const restorePoint = prospect.kind === "update" ? prospect.state.restorePoint : undefined;
  const context = contextOf(inputs, ownOf(inputs), { records, restorePoint, declared });
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

function planOf(
  inputs: PartialInputs,
  prospect: Prospect,
  judged: PreviewEnd | undefined,
  session: Session,
): CopyPlan {
  const all = knownNames(inputs);
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
    Object.keys(knownNames(inputs)).flatMap((name) => {
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
  // The preflight asks the same question, and says if it was not answered.
  const likely = await choiceWith(held, { ...plan, sourceDbInstanceId, choice }, facts).catch(whenUnanswered);
  return likely ? { ...plan, choice: likely } : plan;
}

/** Whether something that exists is told with the age of its data. */
function isDated(judged: PreviewEnd | undefined): boolean {
  return judged?.end === "refused" || (judged?.end === "fine" && judged.claims.size > 0);
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

function knownTags(tags: PartialInputs["requireTargetTags"]): Readonly<Record<string, string>> | undefined {
  if (tags === undefined || !isKnown(tags)) return undefined;
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => isKnown(value)));
}

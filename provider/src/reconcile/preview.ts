import { entryOf, sameName } from "../copy/databaseNames";
import type { Owner } from "../ownership/mark";
import type { Saying } from "../ownership/sayings";
import { CallFailed, type Calls } from "./calls";
import { observe, present, type Seen } from "./observe";
import type { Context, PreviewEnd, Wanted } from "./operation";
import { beginRun, recordTaken } from "./run";
import { namesWithOtherData } from "./reconcile";
import { namesWith, refusal, stepsOf, type RefusedSaying, type Step } from "./steps";
import { refusedNext, takenNext } from "./replace";
import { heldInRun } from "./restorePointOfRun";
import { noRoomEver } from "./roomForTags";

/** What is previewed: a create or an update, or a replacement. */
export type Previewed =
  | { readonly kind: "change" }
  /** `unseen`: the state is not at hand (a changed `replacementTrigger`), only what the old inputs tell of it. */
  | { readonly kind: "replacement"; readonly unseen?: Unseen };

/** What is known of a resource whose records are not at hand. */
export interface Unseen {
  /** The target names of the old inputs. */
  readonly names: readonly string[];
  /** The owners that it had under former URNs. */
  readonly owners: readonly Owner[];
  /** `ownershipMarks` of the old inputs: without, its databases may carry no mark. */
  readonly marksOn: boolean;
}

/** Refuses exactly what the run refuses if the world stands still, and says what it does. */
export function* preview(ctx: Context, wanted: Wanted, previewed: Previewed): Calls<PreviewEnd> {
  try {
    const seen = yield* observe(ctx, wanted);
    if ("blocked" in seen) return { end: "refused", reasons: [seen.blocked] };
    return previewed.kind === "change"
      ? ofChange(ctx, seen, wanted)
      : ofReplacement(ctx, seen, wanted, previewed.unseen);
  } catch (error) {
    if (error instanceof CallFailed) return { end: "unknown", reason: error.message };
    throw error;
  }
}

function ofChange(ctx: Context, seen: Seen, wanted: Wanted): PreviewEnd {
  const steps = stepsOf(seen, wanted);
  const refused = steps
    .filter(({ action }) => action === "refuse")
    .map((step) => refusal(seen, wanted, step));
  const copies = namesWith(steps, "copy");
  const reasons = [...refused, ...(copies.length > 0 ? noRoomEver(seen, wanted) : [])];
  if (reasons.length > 0) return { end: "refused", reasons };
  const drops = namesWith(steps, "drop");
  return {
    end: "fine",
    copies,
    drops: wanted.retain ? [] : drops,
    retains: wanted.retain ? drops : [],
    adopts: namesWith(steps, "adopt"),
    claims: new Map(
      steps.flatMap(({ name, verdict }) =>
        verdict.kind === "ours" && verdict.isClaimed ? [[name, verdict.point] as const] : [],
      ),
    ),
    resumes: steps
      .filter((step) => step.action === "resume" && entryOf(seen.records, step.name)?.phase !== "filled")
      .map(({ name }) => name),
    held: heldInRun(ctx, wanted, seen),
    warnings: [
      ...steps.filter(({ action }) => action === "leaveForeign").map((step) => foreign(seen, wanted, step)),
      ...steps.flatMap((step) => notRunning(seen, step)),
      ...otherData(ctx, seen, wanted, steps),
    ],
  };
}

/** What an interrupted run has made of other data: this run records it and fails, and the next one replaces it. */
function otherData(ctx: Context, seen: Seen, wanted: Wanted, steps: readonly Step[]): Saying[] {
  const run = beginRun(ctx, wanted, undefined, seen);
  const resumed = steps.flatMap(({ name, action, verdict }) => {
    const found = present(seen.listing, name);
    if (action !== "resume" || verdict.kind !== "ours" || verdict.isClaimed || !found) return [];
    run.records.set(name, recordTaken(run, name, found, verdict, undefined));
    return [name];
  });
  return namesWithOtherData(run, resumed);
}

/**
 * Without the records, what carries the mark of this resource, or is covered by the intent that an unfinished run has handed
 * to its state, may be recorded: it is no reason to refuse. The run judges it by the records, before the first drop (L12).
 */
function ofReplacement({ own }: Context, seen: Seen, wanted: Wanted, unseen: Unseen | undefined): PreviewEnd {
  const owners = [own, ...(unseen?.owners ?? [])];
  const isFormer = (name: string) => unseen?.names.some((former) => sameName(former, name)) ?? false;
  const refused = refusedNext(seen, wanted).map((step) => refusal(seen, wanted, step));
  const mayBeRecorded = ({ name, why, mark }: RefusedSaying) => {
    if (!unseen) return false;
    if (!mark) return why === "unclaimed" && !unseen.marksOn && isFormer(name);
    const isOwn = owners.includes(mark.owner);
    // A name of the old inputs may carry the mark of a former URN that nothing here tells.
    return why === "othersIntent" ? isOwn : isOwn || (why === "otherOwner" && isFormer(name));
  };
  const definite = refused.filter((saying) => !mayBeRecorded(saying));
  const { copies, adopts, claims } = takenNext(seen, wanted);
  const reasons = [...definite, ...(copies.length > 0 ? noRoomEver(seen, wanted) : [])];
  if (reasons.length > 0) return { end: "refused", reasons };
  return {
    end: "fine",
    copies,
    drops: [],
    retains: [],
    adopts,
    claims,
    resumes: [],
    held: [],
    warnings: [
      // Of its own names nobody expects anything else.
      ...refused
        .filter(({ name, mark }) => !isFormer(name) || (mark && !owners.includes(mark.owner)))
        .flatMap(maybeReplaced),
      ...Object.values(wanted.names)
        .filter((name) => unseen?.marksOn && isFormer(name) && isUnclaimed(seen, name))
        .map((name) => ({ kind: "maybeAdopted", name }) as const),
    ],
  };
}

function isUnclaimed({ verdicts }: Seen, name: string): boolean {
  const verdict = verdicts.get(name);
  return verdict?.kind === "theirs" && verdict.why === "unclaimed";
}

/** A filled one that is out of order: no copy is waited for. */
function notRunning({ listing, records }: Seen, { name, action }: Step): Saying[] {
  const found = present(listing, name);
  if (
    action !== "resume" ||
    entryOf(records, name)?.phase !== "filled" ||
    !found ||
    found.status === "running"
  )
    return [];
  return [{ kind: "notRunning", name, status: found.statusText }];
}

/** What is refused unless the state records it. */
export function maybeReplaced({ name, why, mark, id }: RefusedSaying): MaybeReplaced[] {
  if (!mark || id === undefined) return [];
  return [{ kind: "maybeReplaced", name, id, point: mark.point, isMarked: why !== "othersIntent" }];
}

type MaybeReplaced = Extract<Saying, { readonly kind: "maybeReplaced" }>;

function foreign(seen: Seen, wanted: Wanted, step: Step): Saying {
  const { why: _, isOtherPoint: _pin, ...what } = refusal(seen, wanted, step);
  return { ...what, kind: "foreign", why: step.verdict.kind === "theirs" ? step.verdict.why : "changed" };
}

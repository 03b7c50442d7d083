import { entryOf, sameName, withName } from "../copy/databaseNames";
import { isSamePoint } from "../copy/restorePoint";
import { markOn, type Found, type Verdict } from "../ownership/evidence";
import { covers } from "../ownership/intent";
import type { Saying } from "../ownership/sayings";
import { holdsOtherData } from "../ownership/change";
import { copyInto } from "./askForCopy";
import { ask, CallFailed, say, type Calls } from "./calls";
import { dropOne } from "./dropOne";
import { endUnfinished, eraseIntents, forgetAbsent, isClaimedWhole } from "./intents";
import { isOwn, look, observe, present, type Seen } from "./observe";
import type { Context, ReconcileEnd, Wanted } from "./operation";
import { actionOn, type Action, type Standing } from "./plan";
import { chooseRestorePoint, type ChosenPoints } from "./restorePointOfRun";
import {
  adoptedRecord,
  beginRun,
  copiedRecord,
  isMarked,
  isNeededNext,
  isShownOwn,
  noteClaimed,
  recordTaken,
  settle,
  type Destroying,
  type Run,
} from "./run";
import { noRoomEver } from "./roomForTags";
import { waitFor } from "./waitFor";

/** Create and update; destroy is the same with no names. Everything that can refuse is asked before the first change (rule 1). */
export function* reconcile(ctx: Context, wanted: Wanted, destroying?: Destroying): Calls<ReconcileEnd> {
  let run: Run | undefined;
  try {
    const seen = yield* observe(ctx, wanted);
    if ("blocked" in seen) return { end: "refused", reasons: [seen.blocked] };
    const steps = stepsOf(seen, wanted, destroying);
    const refused = steps
      .filter(({ action }) => action === "refuse")
      .map((step) => refusal(seen, wanted, step));
    const absent = namesWith(steps, "copy");
    const noRoom = absent.length > 0 ? noRoomEver(seen, wanted) : [];
    const reasons = [...refused, ...stillDeleting(seen), ...noRoom];
    if (reasons.length > 0) return { end: "refused", reasons };
    const chosen = absent.length > 0 ? yield* chooseRestorePoint(ctx, wanted, seen, absent) : none;
    if ("reasons" in chosen) return { end: "refused", reasons: chosen.reasons };
    run = beginRun(ctx, wanted, destroying, seen);
    return yield* execute(run, steps, chosen);
  } catch (error) {
    // A question without an answer: before the first change nothing has happened, after it everything is recorded.
    if (!(error instanceof CallFailed)) throw error;
    const reason = error.message;
    const reasons: Saying[] = [{ kind: "lookFailed", reason }];
    if (!run) return { end: "refused", reasons };
    if (error.isInstanceUnknown && (yield* isInstanceLost()))
      return yield* endUnfinished(run, [{ kind: "instanceLost" }]);
    // A copy whose answer was lost may have been started: that stays known, whatever came after it.
    const names = Object.values(wanted.names);
    if (run.unanswered.size > 0) reasons.push({ kind: "copyUnanswered", names, reason });
    return yield* endUnfinished(run, reasons);
  }
}

/** A look tells by two answers. */
function* isInstanceLost(): Calls<boolean> {
  try {
    return (yield* ask({ call: "databases" })).isInstanceGone ?? false;
  } catch (error) {
    if (error instanceof CallFailed) return false;
    throw error;
  }
}

/** One name with what is to be done about it. */
export interface Step {
  readonly name: string;
  readonly verdict: Verdict;
  readonly action: Action;
}

/** What follows from the verdicts. */
export function stepsOf(seen: Seen, wanted: Wanted, destroying?: Destroying): Step[] {
  const declared = Object.values(wanted.names);
  return [...seen.verdicts].map(([name, verdict]) => {
    const record = entryOf(seen.records, name);
    // In a replacement, what an interrupted run made under a name of the next creation is dropped like a recorded one.
    const isRecorded = record !== undefined || isNeededNext(destroying, name);
    const standing: Standing = declared.includes(name) ? "declared" : isRecorded ? "undeclared" : "covered";
    return {
      name,
      verdict,
      action: actionOn({ verdict, standing, record, adopt: wanted.adopt, choice: wanted.choice }),
    };
  });
}

export function namesWith(steps: readonly Step[], action: Action): string[] {
  return steps.filter((step) => step.action === action).map(({ name }) => name);
}

export function refusal(
  { listing, records, mine, others }: Seen,
  { choice }: Pick<Wanted, "choice">,
  { name, verdict }: Pick<Step, "name" | "verdict">,
): RefusedSaying {
  if (verdict.kind === "ours") {
    const { id, point } = verdict;
    return { kind: "refused", name, why: "otherPoint", id, point };
  }
  if (verdict.kind !== "theirs") return { kind: "refused", name, why: "adopted" };
  const { why, id } = verdict;
  const found = withName(listing.databases, name);
  // Under the intent of someone else: the mark that its run would write.
  const mark = markOn(found) ?? others.find((intent) => intent.id === id);
  const status = found && found.status !== "running" ? found.statusText || "of unknown status" : undefined;
  const requested = verdict.isDisputed ? mine.findLast((intent) => covers(intent, name)) : undefined;
  const other = mark && !isSamePoint(choice, mark.point) ? ({ isOtherPoint: true } as const) : {};
  return {
    kind: "refused",
    name,
    why,
    id,
    status,
    mark,
    requested,
    record: entryOf(records, name),
    ...other,
  };
}

/** What was still being deleted at the timeout: neither there nor absent. */
export function stillDeleting(seen: Seen): RefusedSaying[] {
  return seen.stillDeleting.map((name) => ({ kind: "refused", name, why: "stillDeleting" }));
}

export type RefusedSaying = Extract<Saying, { readonly kind: "refused" }>;

const none: ChosenPoints = { points: [], spelled: {} };

/** From here on every end is recorded. */
function* execute(run: Run, steps: readonly Step[], chosen: ChosenPoints): Calls<ReconcileEnd> {
  const { ctx, wanted, records } = run;
  for (const step of steps) yield* take(run, step);
  yield* nameOrphans(run);

  const toDrop = namesWith(steps, "drop");
  const ours = [...namesWith(steps, "resume"), ...toDrop].sort();
  const unready = ours.filter((name) => isUnready(run, name));
  let failure = unready.length > 0 ? yield* waitFor(run, unready) : undefined;
  if (failure) return yield* endUnfinished(run, failure);
  const otherData = namesWithOtherData(run, namesWith(steps, "resume"));
  if (otherData.length > 0) return yield* endUnfinished(run, otherData); // the next run replaces it

  // Rule 4: the intents go before what they cover is dropped.
  const isLeft = (name: string) => !run.settled.has(name) && !isShownOwn(run, run.seen.listing, name);
  const unmarked = run.destroying ? toDrop.filter(isLeft) : [];
  if (toDrop.length > 0) failure = listed(yield* eraseIntents(run, unmarked));
  const absent = namesWith(steps, "copy");
  if (absent.length > 0 && !failure) {
    failure = listed(yield* forgetAbsent(run));
    failure ??= yield* copyInto(run, absent, chosen);
    failure ??= yield* waitFor(run, absent);
    if (toDrop.length > 0) failure ??= listed(yield* eraseIntents(run));
  }
  if (failure) return yield* endUnfinished(run, failure);

  for (const name of toDrop) {
    const record = copiedRecord(run, name);
    if (wanted.retain) yield* say({ kind: "left", name, why: "retained", record });
    else {
      const failed = yield* dropOne(ctx, name, record, isNeededNext(run.destroying, name));
      if (failed) return yield* endUnfinished(run, [failed]);
    }
    records.delete(name);
  }

  const changed = run.destroying || !ctx.rules.lastLookMarks ? [] : yield* lastLook(run);
  const kept = yield* eraseIntents(run);
  if (changed.length > 0 || kept) return yield* endUnfinished(run, [...changed, ...(kept ? [kept] : [])]);
  return { end: "done", records: Object.fromEntries(records), ...run.filled };
}

/** Records what the verdict on one name says, before anything is changed in the cloud. */
function* take(run: Run, { name, verdict, action }: Step): Calls<void> {
  const { records, seen, foreign } = run;
  const found = present(seen.listing, name);
  const record = records.get(name);
  switch (action) {
    case "resume":
    case "drop":
      if (verdict.kind !== "ours" || !found) return;
      yield* takeOurs(run, name, found, verdict);
      return;
    case "name":
      // An interrupted run made it, and the program does not declare it any more: a person decides.
      if (verdict.kind === "ours")
        yield* say({ kind: "maybeOrphan", name, mark: markOn(found), id: verdict.id });
      else if (found)
        yield* say({ kind: "left", name, why: verdict.kind === "theirs" ? verdict.why : "adopted" });
      return;
    case "leaveForeign":
      if (!record || verdict.kind !== "theirs") return;
      records.set(name, { ...record, status: "Foreign" });
      foreign.add(name);
      yield* say({ kind: "foreign", name, why: verdict.why, id: verdict.id, mark: markOn(found), record });
      return;
    case "adopt":
      if (!found) return;
      records.set(name, adoptedRecord(found));
      yield* say({ kind: "adopted", name });
      return;
    case "keep":
      if (record && found) records.set(name, { ...record, target: found.name, status: found.statusText });
      return;
    case "release":
      if (found)
        yield* say({ kind: "left", name, why: verdict.kind === "theirs" ? verdict.why : "adopted", record });
      records.delete(name);
      return;
    case "forgetUnseen":
      if (record && record.phase !== "adopted")
        yield* say({ kind: "neverAppeared", name, point: record.point });
      records.delete(name);
      return;
    case "forget":
      records.delete(name);
      return;
    case "copy":
    case "none":
    case "fine":
    case "wait":
    case "refuse":
      return;
  }
}

function* takeOurs(run: Run, name: string, found: Found, verdict: Verdict & { kind: "ours" }): Calls<void> {
  const before = run.records.get(name);
  const freshId = verdict.isClaimed ? yield* ask({ call: "newId" }) : undefined;
  const record = recordTaken(run, name, found, verdict, freshId);
  run.records.set(name, record);
  // What an interrupted run has filled counts as filled by this one, where no state tells of it.
  if (!before && run.ctx.restorePoint === undefined) run.filled ??= { restorePoint: verdict.point };
  if (isMarked(run, name, found)) settle(run, name);
  noteClaimed(run, name, found);
  if (freshId !== undefined) {
    const isTagged = run.seen.others.some((one) => one.id === verdict.id && !isClaimedWhole(run.seen, one));
    yield* say({ kind: "claimed", name, id: verdict.id, isTagged });
  } else if (before?.phase !== "filled") yield* say({ kind: "resumed", name, point: verdict.point });
  else if (found.status !== "running") yield* say({ kind: "notRunning", name, status: found.statusText });
}

/** Names, for a person, what may be left over from former runs of this resource. */
function* nameOrphans({ ctx, seen, destroying }: Run): Calls<void> {
  const { listing, verdicts, mine, others } = seen;
  const judged = [...verdicts.keys()];
  for (const found of listing.databases) {
    const { name } = found;
    if (judged.some((one) => sameName(one, name))) continue;
    const mark = markOn(found);
    const intent = [...mine, ...others].find((one) => one.owner === ctx.own && covers(one, name));
    // What carries the mark of another resource is that one's.
    const wasDeclared = !mark && destroying && ctx.declared?.some((one) => sameName(one, name));
    const isMaybeLeft = mark?.owner === ctx.own || intent !== undefined || wasDeclared === true;
    // Under a former name of this resource it may be that of another one by now.
    if (isMaybeLeft && (yield* ask({ call: "declaredElsewhere", name })) === undefined) {
      yield* say({ kind: "maybeOrphan", name, mark, id: mark?.id ?? intent?.id });
    }
  }
}

/** Not recorded as filled, not marked, or (one that is being made) not running. A filled one that is out of order is not waited for. */
function isUnready(run: Run, name: string): boolean {
  const isUnmarked = run.ctx.marksOn && !run.settled.has(name);
  const found = present(run.seen.listing, name);
  const record = run.records.get(name);
  if (record?.phase !== "filled") return true;
  return isUnmarked && !(found && found.status !== "running" && isOwn(run.ctx, found, record));
}

/** What holds another restore point, or comes from another source, than the program names. */
export function namesWithOtherData(run: Run, declared: readonly string[]): Saying[] {
  const { records, wanted } = run;
  const mine = Object.fromEntries([...records].filter(([name]) => declared.includes(name)));
  return holdsOtherData(mine, wanted.names, wanted.choice).map((name) => {
    const { point, otherSource, source } = copiedRecord(run, name);
    const isOtherSource =
      otherSource !== undefined || (source !== undefined && entryOf(wanted.names, source) === undefined);
    return { kind: "otherData", name, point, differs: isOtherSource ? "source" : "point" };
  });
}

/** Rule 8: did anyone change anything while this run was at work? What is gone or foreign now is no success. */
function* lastLook(run: Run): Calls<Saying[]> {
  const { ctx, wanted, records, foreign } = run;
  const names = Object.values(wanted.names);
  const listing = yield* look(ctx, names);
  const changed: Saying[] = [];
  for (const name of names) {
    const record = records.get(name);
    const found = present(listing, name);
    if (record?.phase !== "filled" || foreign.has(name) || (found && isOwn(ctx, found, record))) continue;
    if (found) changed.push({ kind: "foreign", name, why: "changed", mark: markOn(found), record });
    else {
      records.delete(name);
      changed.push({ kind: "vanished", name });
    }
  }
  return changed;
}

function listed(saying: Saying | undefined): readonly Saying[] | undefined {
  return saying && [saying];
}

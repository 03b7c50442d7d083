import { entryOf } from "../copy/databaseNames";
import { holdsOtherData } from "../ownership/change";
import { markOn } from "../ownership/evidence";
import type { Saying } from "../ownership/sayings";
import { copyInto } from "./askForCopy";
import { ask, CallFailed, say, type Calls } from "./calls";
import { dropOne } from "./dropOne";
import { endUnfinished, eraseIntents, forgetAbsent } from "./intents";
import { isOwn, look, observe, present } from "./observe";
import type { Context, ReconcileEnd, Wanted } from "./operation";
import { chooseRestorePoint, type ChosenPoints } from "./restorePointOfRun";
import { beginRun, copiedRecord, isNeededNext, isShownOwn, type Destroying, type Run } from "./run";
import { noRoomEver } from "./roomForTags";
import { namesWith, refusal, stepsOf, stillDeleting, type Step } from "./steps";
import { nameOrphans, take } from "./take";
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

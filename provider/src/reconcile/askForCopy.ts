import { entryOf, withName, type DatabaseNames } from "../copy/databaseNames";
import type { RestorePoint } from "../copy/restorePoint";
import { markOn } from "../ownership/evidence";
import { covers, databasesPerCall, nameHash, sourceKey, type Intent } from "../ownership/intent";
import { idOf } from "../ownership/record";
import type { Saying } from "../ownership/sayings";
import { ask, say, type Answers, type Calls } from "./calls";
import { erase, failureOf, rewrite } from "./intents";
import { othersNow } from "./observe";
import type { ChosenPoints } from "./restorePointOfRun";
import { isDisputed, secondsText, sourceOf, type Run } from "./run";
import { waitFor } from "./waitFor";

/** How many older backup sets are tried when the service says that one lacks a database. */
const olderPointsTried = 4;

/**
 * Requests copies of these names, as many in one call as an intent covers, all from one restore point (rule 10): the first
 * of `points` that holds them. Answers with the reasons why it did not come to that.
 */
export function* copyInto(
  run: Run,
  names: readonly string[],
  { points, spelled }: ChosenPoints,
): Calls<readonly Saying[] | undefined> {
  let candidates = points.slice(0, 1 + olderPointsTried);
  for (let from = 0; from < names.length; from += databasesPerCall) {
    const part = names.slice(from, from + databasesPerCall);
    for (;;) {
      const point = candidates[0];
      if (!point) return [{ kind: "noRestorePoint", names: part }];
      const result = yield* copyPart(run, part, { point, spelled });
      if (result === "accepted") break;
      if (result !== "notInBackup") return result;
      candidates = candidates.slice(1);
      if (from > 0 || candidates.length === 0) return [{ kind: "noRestorePoint", names: part }];
      yield* say({ kind: "notInBackup", names: part, point });
    }
    candidates = candidates.slice(0, 1);
  }
  return undefined;
}

/** One copy, asked for again after a lost answer and an empty grace: three calls at most (rule 9). */
function* copyPart(
  run: Run,
  names: readonly string[],
  from: From,
): Calls<"accepted" | "notInBackup" | readonly Saying[]> {
  const unanswered: Intent[] = [];
  let lost: Saying | undefined;
  for (let calls = 1; ; calls++) {
    const result = yield* askForCopy(run, names, from);
    if (result.state === "accepted") {
      // So the names were free: no earlier call was carried out.
      for (const intent of unanswered) yield* erase(run, intent);
      run.unanswered.clear();
      return "accepted";
    }
    if (result.state === "notInBackup") return "notInBackup";
    // What became of an earlier call is still open then, and for the next run to find out.
    if (result.state === "ended") return lost ? [...result.reasons, lost] : result.reasons;
    if (result.intent) unanswered.push(result.intent);
    lost = { kind: "copyUnanswered", names, reason: result.reason };
    const mayAskAgain = result.state === "unanswered" && calls < 3 && run.ctx.rules.askAgain;
    if (!mayAskAgain) return [lost];
  }
}

interface From {
  readonly point: RestorePoint;
  readonly spelled: DatabaseNames;
}

/** The call uses the service's own spelling: where names are told apart by case, another one is not found. */
function asSpelled(pairs: readonly (readonly [string, string])[], spelled: DatabaseNames): DatabaseNames {
  return Object.fromEntries(pairs.map(([source, target]) => [entryOf(spelled, source) ?? source, target]));
}

type Asked =
  | { readonly state: "accepted" }
  | { readonly state: "notInBackup" }
  | { readonly state: "ended"; readonly reasons: readonly Saying[] }
  /** `unanswered`: nothing appeared within the grace. `undecided`: what appeared may be someone else's. */
  | {
      readonly state: "unanswered" | "undecided";
      readonly reason: string;
      readonly intent: Intent | undefined;
    };

/** Rule 2: the intent, pending; a look; the call; "accepted". */
function* askForCopy(run: Run, names: readonly string[], { point, spelled }: From): Calls<Asked> {
  const { ctx, wanted, mine } = run;
  const id = yield* ask({ call: "newId" });
  const pairs = names.map((target) => [sourceOf(wanted, target) ?? target, target] as const);
  const source = sourceKey(ctx.source, pairs);
  let intent: Intent | undefined;
  const end = function* (reasons: readonly Saying[]): Calls<Asked> {
    if (intent) yield* erase(run, intent);
    return { state: "ended", reasons };
  };

  for (;;) {
    const time = yield* ask({ call: "now" });
    if (ctx.marksOn) {
      const next: Intent = {
        id,
        owner: ctx.own,
        time,
        phase: "pending",
        point,
        source,
        names: names.map(nameHash),
      };
      const failure = intent ? yield* rewrite(run, next) : yield* announce(run, next);
      if (failure) return yield* end([failure]); // no copy without an intent
      if (!intent) mine.push(next);
      intent = next;
    }

    // Rule 7: the look and the call under the lock, and nothing else in between.
    const listing = yield* ask({ call: "databases", lock: ctx.rules.lookLocked });
    const there = names.flatMap((name) => withName(listing.databases, name) ?? []);
    const answer =
      there.length > 0
        ? undefined
        : yield* ask({ call: "copy", id, point, names: asSpelled(pairs, spelled) });
    if (ctx.rules.lookLocked) yield* ask({ call: "unlock" });

    if (answer === undefined) {
      const why = (status: string) => (status === "deleting" ? "stillDeleting" : "appeared");
      return yield* end(there.map(({ name, status }) => ({ kind: "refused", name, why: why(status) })));
    }
    switch (answer.state) {
      case "accepted":
        yield* accepted(run, intent, { id, point, time, pairs, requestId: answer.requestId });
        return { state: "accepted" };
      case "refused":
        if (intent) yield* erase(run, intent);
        if (answer.isNotInBackup) return { state: "notInBackup" };
        return { state: "ended", reasons: [{ kind: "copyRefused", names, reason: answer.reason }] };
      case "duplicate":
        return yield* end(names.map((name) => ({ kind: "refused", name, why: "unlisted" })));
      case "later": {
        const poll = yield* ask({ call: "databases", wait: "retry", names });
        if (poll.timedOut) return yield* end([{ kind: "copyTimedOut", names, reason: answer.reason }]);
        break;
      }
      case "lost": {
        // From here on, until it is known: whatever happens, the intent stays as it is.
        run.unanswered.add(id);
        const effect = yield* effectOf(run, names);
        if (effect !== "made") return { state: effect, reason: answer.reason, intent };
        run.unanswered.delete(id);
        yield* accepted(run, intent, { id, point, time, pairs, requestId: answer.requestId });
        return { state: "accepted" };
      }
    }
  }
}

/**
 * Writes a new intent. Where the tags are as many as are safe, the intents of this run make room one
 * after the other, each as soon as its databases carry their marks; where none can, other runs are waited for.
 */
function* announce(run: Run, intent: Intent): Calls<Saying | undefined> {
  let answer: Answers["writeIntent"] = yield* ask({ call: "writeIntent", intent });
  while (answer.state === "full") {
    const earlier = run.mine.find((one) => mayGo(run, one));
    if (!earlier) {
      answer = yield* ask({ call: "writeIntent", intent, wait: true });
      break;
    }
    const reasons = yield* waitFor(run, recordedUnder(run, earlier));
    const failure = reasons?.[0] ?? (yield* erase(run, earlier));
    if (failure) return failure;
    answer = yield* ask({ call: "writeIntent", intent });
  }
  return failureOf(answer);
}

/** What it covers and this run has recorded will carry its marks, and nobody disputes it (rule 4). */
function mayGo(run: Run, intent: Intent): boolean {
  return recordedUnder(run, intent).length > 0 && !run.unanswered.has(intent.id) && !isDisputed(run, intent);
}

function recordedUnder({ records }: Run, { id }: Intent): string[] {
  return [...records].flatMap(([name, record]) => (idOf(record) === id ? [name] : []));
}

/**
 * Rule 9: after a lost answer, what appears within the grace is taken for its effect if it is unmarked and under nobody
 * else's intent, also one that was written since this run began: the call may have been refused because of that one's. One
 * doubtful name and it stays open; else one listed name counts for the whole call.
 */
function* effectOf({ ctx }: Run, names: readonly string[]): Calls<"made" | "unanswered" | "undecided"> {
  for (;;) {
    const listing = yield* ask({ call: "databases", wait: "listing", names });
    const listed = names.flatMap((name) => {
      const found = withName(listing.databases, name);
      return found ? [{ name, found }] : [];
    });
    if (listed.length > 0) {
      const others = ctx.rules.lostBesideOthers ? yield* othersNow(ctx) : [];
      const isDoubtful = ({ name, found }: (typeof listed)[number]) =>
        markOn(found) !== undefined || others?.some((intent) => covers(intent, name)) !== false;
      return listed.some(isDoubtful) ? "undecided" : "made";
    }
    if (listing.timedOut) return "unanswered";
  }
}

interface Accepted {
  readonly id: string;
  readonly point: RestorePoint;
  readonly time: number;
  readonly pairs: readonly (readonly [source: string, target: string])[];
  readonly requestId: string | undefined;
}

/** From here on the copies are recorded. */
function* accepted(run: Run, intent: Intent | undefined, copy: Accepted): Calls<void> {
  const { id, point, time, pairs, requestId } = copy;
  const request = requestId === undefined ? {} : { requestId };
  for (const [source, target] of pairs) {
    const askedAt = secondsText(time);
    run.records.set(target, {
      phase: "filling",
      id,
      point,
      target,
      source,
      askedAt,
      ...request,
      ...(run.ctx.marksOn ? {} : { unmarked: true }),
      status: "Requested",
    });
  }
  run.filled = { restorePoint: point, requestId };
  // Where the tag cannot be written again it stays pending: then the tasks tell.
  if (intent && run.ctx.rules.acceptedPhase) yield* rewrite(run, { ...intent, phase: "accepted" });
}

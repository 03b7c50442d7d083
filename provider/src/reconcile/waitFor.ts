import { withName } from "../copy/databaseNames";
import { markOn, type Found } from "../ownership/evidence";
import type { Saying } from "../ownership/sayings";
import { ask, say, type Calls, type Listing } from "./calls";
import { certain, present } from "./observe";
import {
  copiedRecord,
  isLasting,
  isMarked,
  isNeededNext,
  isShownOwn,
  lineageOf,
  noteClaimed,
  secondsText,
  settle,
  type Run,
} from "./run";

/**
 * Waits until these run, and writes their marks. Answers with the reasons why it did not come to that.
 *
 * A mark is tried when a database is first listed, again at each change of its status, and at every poll where a busy
 * instance refuses it, until the timeout.
 */
export function* waitFor(run: Run, names: readonly string[]): Calls<readonly Saying[] | undefined> {
  const state: Watched = {
    ran: new Set(),
    outOfOrder: new Set(),
    tried: new Map(),
    refusals: new Map(),
    checkedAt: undefined,
  };
  for (;;) {
    const poll = yield* ask({ call: "databases", wait: "running", names });
    const isMarkDue = names.some((name) => needsMark(run, state, name, present(poll, name)));
    // Rule 7: the changes act on a look under the lock.
    const lock = isMarkDue && run.ctx.rules.lookLocked;
    const first = lock ? yield* ask({ call: "databases", lock }) : poll;
    const listing = yield* certain(
      run.ctx,
      first,
      names.filter((name) => run.listed.has(name)),
      { lock },
    );
    if (listing.isInstanceGone) return [{ kind: "instanceLost" }];
    const waiting: string[] = [];
    const vanished: Saying[] = [];
    for (const name of names) {
      const step = yield* watch(run, state, name, listing, isMarkDue);
      if (step === "waiting") waiting.push(name);
      else if (step !== "runs") vanished.push(step);
    }
    if (lock) yield* ask({ call: "unlock" });
    for (const saying of vanished) if (saying.kind === "foreign") yield* say(saying);
    if (vanished.length > 0) return vanished;
    if (waiting.length === 0) return yield* finish(run, state, names, listing);
    if (poll.timedOut) return yield* timedOut(run, state, names, waiting, listing);
    const failed = yield* failedUnseen(run, state, waiting);
    if (failed.length > 0) return failed;
  }
}

interface Watched {
  /** Those that ran with their mark at a poll: another status after that is no step of a copy. */
  readonly ran: Set<string>;
  /** Those of them that are out of order since, and were named. */
  readonly outOfOrder: Set<string>;
  /** The status at the last try to write the mark. */
  readonly tried: Map<string, string>;
  /** Why a mark could not be written: `isBusy` if it is worth another try. */
  readonly refusals: Map<string, { readonly reason: string; readonly isBusy: boolean }>;
  checkedAt: number | undefined;
}

function needsMark(run: Run, { tried, refusals }: Watched, name: string, found: Found | undefined): boolean {
  if (!run.ctx.marksOn || !found || isForeign(run, name, found)) return false;
  if (markOn(found)?.id === copiedRecord(run, name).id) return false;
  return tried.get(name) !== found.statusText || refusals.get(name)?.isBusy === true;
}

/** It is there under its name, and what it carries shows that it is someone else's. */
function isForeign(run: Run, name: string, found: Found): boolean {
  const mark = markOn(found);
  const record = copiedRecord(run, name);
  if (mark) return mark.id !== record.id && mark.id !== record.from;
  return run.settled.has(name) || run.takenOver.has(name);
}

/** One database at one poll. */
function* watch(
  run: Run,
  state: Watched,
  name: string,
  listing: Listing,
  mayMark: boolean,
): Calls<"runs" | "waiting" | Saying> {
  const { ctx, records, settled } = run;
  const found = present(listing, name);
  if (!found) {
    if (!run.listed.has(name)) return "waiting";
    records.delete(name); // its copy has failed, or someone has dropped it
    return { kind: "vanished", name };
  }
  if (isForeign(run, name, found)) {
    settled.add(name);
    return { kind: "foreign", name, why: "changed", mark: markOn(found), record: records.get(name) };
  }
  run.listed.add(name);
  if (isMarked(run, name, found)) settle(run, name);
  noteClaimed(run, name, found);
  const record = { ...copiedRecord(run, name), target: found.name, status: found.statusText };
  records.set(name, record);
  if (mayMark && needsMark(run, state, name, found)) {
    state.tried.set(name, found.statusText);
    const answer = yield* ask({
      call: "mark",
      name: found.name,
      mark: { owner: ctx.own, id: record.id, point: record.point },
      lineage: lineageOf(run, record),
      isClaim: record.from !== undefined,
    });
    state.refusals.delete(name);
    if (answer.state === "done") {
      if (isLasting(ctx, found)) settle(run, name);
    } else if (answer.state !== "notFound") {
      state.refusals.set(name, { reason: answer.reason, isBusy: answer.state === "later" });
    }
  }
  const isSettled = settled.has(name) || !ctx.marksOn;
  if (found.status === "running" && isSettled) state.ran.add(name);
  if (found.status === "other" && state.ran.has(name)) {
    if (!state.outOfOrder.has(name)) yield* say({ kind: "notRunning", name, status: found.statusText });
    state.outOfOrder.add(name);
    return "runs"; // its copy is done, and no wait brings it back
  }
  const isBusy = found.status === "running" && state.refusals.get(name)?.isBusy === true;
  return found.status === "running" && !isBusy ? "runs" : "waiting";
}

/** All of them run: recorded as filled if they carry their marks. */
function* finish(
  run: Run,
  state: Watched,
  names: readonly string[],
  listing: Listing,
): Calls<readonly Saying[] | undefined> {
  const unmarked = run.ctx.marksOn ? names.filter((name) => !run.settled.has(name)) : [];
  const reasons = unmarked.map((name) => unmarkedReason(run, state, name));
  if (unmarked.some((name) => needsItsMark(run, name, listing))) return reasons;
  for (const reason of reasons) yield* say(reason);
  if (run.ctx.source.syncUserPrivilege && !run.destroying) {
    const bare = names.filter((name) => {
      const isNew = copiedRecord(run, name).phase === "filling";
      return isNew && withName(listing.databases, name)?.isWithoutAccounts === true;
    });
    if (bare.length > 0) yield* say({ kind: "withoutAccounts", names: bare });
  }
  const copiedAt = secondsText(yield* ask({ call: "now" }));
  for (const name of names) {
    const { from: _, ...record } = copiedRecord(run, name);
    const status = withName(listing.databases, name)?.statusText ?? "Running";
    run.records.set(name, { copiedAt, ...record, phase: "filled", status });
  }
  return undefined;
}

/** A destroy goes on, and leaves what is not shown to be its own: in a replacement the creation would find that name taken. */
function needsItsMark(run: Run, name: string, listing: Listing): boolean {
  if (!run.destroying) return true;
  return !isShownOwn(run, listing, name) && isNeededNext(run.destroying, name);
}

function* timedOut(
  run: Run,
  state: Watched,
  names: readonly string[],
  waiting: readonly string[],
  listing: Listing,
): Calls<readonly Saying[] | undefined> {
  const isOnlyUnmarked = (name: string) => present(listing, name)?.status === "running";
  // What runs and could not be marked by then is left as unmarked.
  if (waiting.every(isOnlyUnmarked)) return yield* finish(run, state, names, listing);
  const unmarked = waiting.filter(isOnlyUnmarked).map((name) => unmarkedReason(run, state, name));
  const late = waiting.filter((name) => !isOnlyUnmarked(name));
  const statuses = Object.fromEntries(
    late.flatMap((name) => {
      const found = present(listing, name);
      return found ? [[name, found.statusText || "of unknown status"]] : [];
    }),
  );
  return [{ kind: "timedOut", names: late, statuses }, ...unmarked];
}

function unmarkedReason(run: Run, state: Watched, name: string): Saying {
  const { reason, isBusy } = state.refusals.get(name) ?? { reason: "it was not written", isBusy: true };
  const record = run.records.get(name);
  return { kind: "unmarked", name, reason, ...(isBusy ? { isPassing: true } : {}), record };
}

/** Seconds after which a copy that was accepted is listed, as a rule: then its tasks are asked, and as often again. */
const listedWithin = 60;

/** Copies that were accepted, never appeared, and whose tasks say that they failed. Their records and intents stay. */
function* failedUnseen(run: Run, state: Watched, waiting: readonly string[]): Calls<readonly Saying[]> {
  const unseen = waiting.filter((name) => !run.listed.has(name));
  if (unseen.length === 0) return [];
  const now = yield* ask({ call: "now" });
  state.checkedAt ??= now;
  if (now - state.checkedAt < listedWithin) return [];
  state.checkedAt = now;
  const failed: Saying[] = [];
  for (const name of unseen) {
    const { id, source, askedAt, point } = copiedRecord(run, name);
    const from = askedAt === undefined ? 0 : Date.parse(askedAt) / 1000;
    const window = { from, until: from + 300 };
    const trace = yield* ask({ call: "tasks", name, source, others: [], id, window });
    if (trace === "failed") failed.push({ kind: "copyFailed", name, point });
  }
  return failed;
}

import { runningCopyTasks } from "../copy/copyTasks";
import { withName, type DatabaseNames } from "../copy/databaseNames";
import { afterBlock, askBusy } from "../copy/instanceBlock";
import { copyForecast } from "../copy/forecast";
import { copyProgress, leastPercent } from "../copy/progress";
import { foundOf, type Found } from "../ownership/evidence";
import { parseMark, type Id } from "../ownership/mark";
import { instanceGoneCodes, RdsFailure, whenUnanswered } from "../rds/failure";
import { failureRow } from "../rds/failurePolicy";
import { nextStep } from "../rds/nextStep";
import type { DatabaseFacts, RdsApi, TaskFacts } from "../rds/rdsApi";
import { copyPace, retryBackoff, steadyPace } from "../time/backoff";
import { CallFailed, type DatabasesCall, type Listing } from "./calls";
import type { Host } from "./host";

/** The instance that an operation works on, and what its list of databases is read with. */
export interface Watched {
  readonly rds: RdsApi;
  readonly instanceId: string;
  readonly sourceInstanceId: string;
  /** Source name to target name. */
  readonly names: DatabaseNames;
  /** Ids of copy calls that this resource knows: their marks need no second opinion. */
  readonly known: Set<Id>;
  /** The timeout of the operation, milliseconds since the epoch. */
  readonly deadline: number;
  /** A preview waits for nothing: what may still come counts as absent. */
  readonly isPreview: boolean;
}

/** The looks of one operation: their pace, their patience, the lock of the target, the progress. */
export interface Looks {
  databases(call: DatabasesCall): Promise<Listing>;
  unlock(): void;
  isLocked(): boolean;
  /** A copy was requested: from its acceptance on it may be listed late. */
  requested(isAccepted: boolean): void;
  /** When a call that was not carried out is repeated, in milliseconds. */
  retryIn(delay: number): void;
}

/** An accepted copy may be listed late: for how long. No document says. */
const graceMs = 60_000;

/** An absence counts after a second look so much later. */
const secondLookMs = 2000;

/** How old an answer may be that a report is made of; a change of this process since then makes it unfit (sharedReads.ts). */
const recentMs = 30_000;

type WaitKind = Exclude<DatabasesCall["wait"], undefined>;

export function looksAt(target: Watched, host: Host): Looks {
  const { rds, instanceId, deadline, isPreview } = target;
  const { clock, locks, signal, report } = host;
  const began = clock.now();
  const progress = copyProgress(clock, began, report);
  const forecast = copyForecast(clock);
  let tasks: readonly TaskFacts[] = [];
  let release: (() => void) | undefined;
  let lastLookAt = Number.NEGATIVE_INFINITY;
  let wait: { readonly kind: WaitKind; readonly began: number } | undefined;
  let graceFrom: number | undefined;
  let retryDelay: number | undefined;
  let backoff = retryBackoff();
  let ofSource: Promise<readonly DatabaseFacts[] | undefined> | undefined;

  const unlock = () => {
    release?.();
    release = undefined;
  };

  /** Sleeps until the look is due; answers with the end of this wait, and when a poll was due. */
  async function pause({ wait: kind, again }: DatabasesCall): Promise<{ end: number; due?: number }> {
    if (kind === undefined) {
      if (again) await sleep(lastLookAt + secondLookMs - clock.now());
      return { end: deadline };
    }
    const now = clock.now();
    if (wait?.kind !== kind) wait = { kind, began: now };
    if (kind === "listing") graceFrom ??= now;
    // Whatever the timeout: what is not listed yet is not absent, and would be lost sight of.
    const end = kind === "listing" ? (graceFrom ?? now) + graceMs : deadline;
    const due = Math.min(now + delayOf(kind, now - wait.began, now), end);
    await sleep(due - now);
    // Before a call is repeated the look is its own.
    return kind === "retry" ? { end } : { end, due };
  }

  function delayOf(kind: WaitKind, waitedMs: number, now: number): number {
    switch (kind) {
      case "retry":
        return retryDelay ?? backoff.next();
      case "running":
        return copyPace(waitedMs, now, forecast.remainingMs());
      case "listing":
      case "dropping":
        return steadyPace(waitedMs, now);
    }
  }

  async function sleep(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await clock.sleep(milliseconds, signal);
    if (signal?.aborted) throw new CallFailed("The run was cancelled.");
  }

  /** `undefined` if the instance does not exist: by an exact code, twice. */
  async function list(
    { wait: kind, lock }: DatabasesCall,
    until: number,
    asOf?: number,
  ): Promise<readonly DatabaseFacts[] | undefined> {
    const row = failureRow(isPreview ? "preview" : kind === undefined ? "read" : "poll", clock);
    for (let isMissed = false; ;) {
      if (lock && !release) release = await locks.acquire(instanceId);
      try {
        return await rds.describeDatabases(instanceId, asOf);
      } catch (error) {
        unlock();
        if (!(error instanceof RdsFailure)) throw error;
        if (instanceGoneCodes.has(error.code)) {
          if (isMissed || isPreview) return undefined;
          isMissed = true;
          await sleep(secondLookMs);
          continue;
        }
        isMissed = false;
        const { block } = error.kind === "busy" ? await askBusy(rds, [instanceId]) : {};
        const what = `The databases on ${instanceId} could not be listed.`;
        if (block) throw new CallFailed(`${what} ${block} ${error.message} ${afterBlock}`);
        const delay = row.retryAfter(error);
        if (delay === undefined || clock.now() + delay > until)
          throw new CallFailed(`${what} ${error.message} ${nextStep(rds, error)}`);
        await sleep(delay);
      }
    }
  }

  /** What a list shows. A copy may take the description of its source along, and that says nothing. */
  async function shown(listed: readonly DatabaseFacts[]): Promise<Found[]> {
    const sources = new Map(
      Object.entries(target.names).flatMap(([source, name]) => {
        const database = withName(listed, name);
        const mark = database && parseMark(database.description);
        return mark && !target.known.has(mark.id) ? [[database.name, source] as const] : [];
      }),
    );
    // Where the source cannot be listed, nothing is known of its descriptions.
    if (sources.size > 0) ofSource ??= rds.describeDatabases(target.sourceInstanceId).catch(whenUnanswered);
    const originals = (await ofSource) ?? [];
    return listed.map((database) => {
      const source = sources.get(database.name);
      return foundOf(database, source === undefined ? undefined : withName(originals, source)?.description);
    });
  }

  async function showProgress(
    names: readonly string[],
    listed: readonly DatabaseFacts[],
    asOf?: number,
  ): Promise<void> {
    const found = names.map((name) => ({ name, status: withName(listed, name)?.status ?? "Requested" }));
    if (found.every(({ status }) => status === "Running")) return;
    if (forecast.isDue()) {
      tasks = await runningCopyTasks(rds, instanceId, asOf);
      forecast.saw(leastPercent(names, tasks));
    }
    progress(found, tasks);
  }

  return {
    unlock,
    isLocked: () => release !== undefined,
    requested(isAccepted) {
      graceFrom = isAccepted ? clock.now() : undefined;
      if (isAccepted) retryDelay = undefined;
    },
    retryIn(delay) {
      retryDelay = delay;
    },
    async databases(call) {
      unlock();
      if (call.wait === undefined) wait = undefined;
      if (call.wait !== "retry") backoff = retryBackoff();
      const { end, due } = isPreview ? { end: clock.now() } : await pause(call);
      const until = Math.max(end, clock.now());
      // What a change acts on is asked anew, under the lock.
      const asOf = call.lock ? undefined : call.recent ? clock.now() - recentMs : due;
      const listed = await list(call, until, asOf);
      lastLookAt = clock.now();
      const timedOut = call.wait !== undefined && lastLookAt >= end;
      if (listed === undefined) return { databases: [], timedOut, isInstanceGone: true };
      if (call.wait === "running" && call.names) await showProgress(call.names, listed, due);
      return { databases: await shown(listed), timedOut };
    },
  };
}

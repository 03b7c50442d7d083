import { RdsFailure } from "../rds/failure";
import { nextStep, type Place } from "../rds/nextStep";
import type { DatabaseFacts, RdsApi, TaskFacts } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { formatDuration } from "../time/duration";
import { wait, type Verdict } from "../time/waiter";
import { failedCopyTasks, runningCopyTasks } from "./copyTasks";
import { listNames, withName } from "./databaseNames";
import {
  isAtRest,
  isGone,
  isRunning,
  neverSeen,
  seen,
  statusText,
  type CarriesItsMark,
  type WatchedDatabase,
} from "./watchedDatabase";

/** How watching a copy ended. Whatever it is, the databases tell what is there. */
export interface WatchEnd {
  readonly databases: readonly WatchedDatabase[];
  /** Empty when every database runs; else sentences, one per trouble. */
  readonly reasons: readonly string[];
}

export interface WatchOptions {
  readonly rds: Pick<
    RdsApi,
    | "region"
    | "endpoint"
    | "describeDatabases"
    | "describeInstance"
    | "describeTasks"
    | "describeHistoryTasks"
  >;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly deadline: number;
  readonly instanceId: string;
  readonly targetNames: readonly string[];
  /** When the copy was accepted, in milliseconds since the epoch: older tasks are not its own. */
  readonly acceptedAt: number;
  readonly onProgress: (databases: readonly WatchedDatabase[]) => void;
  /** Called for every database of the copy at each look that lists it. A failed call in it counts as a failed look. */
  readonly onSeen?: (database: DatabaseFacts) => Promise<void>;
  readonly carriesItsMark?: CarriesItsMark;
}

/**
 * Waits until every database was seen `Running` in two looks in a row and the target instance is
 * `Running`. An unknown status means "not yet"; a database that vanished in two looks or a failed task ends it, once
 * the others have come to rest. What comes back under its name counts only with its mark.
 */
export async function watchCopy(options: WatchOptions): Promise<WatchEnd> {
  const { rds, clock, deadline, signal, instanceId } = options;
  let databases: readonly WatchedDatabase[] = options.targetNames.map(neverSeen);
  let runningLooks = 0;
  let failing: { readonly since: number; readonly last: RdsFailure } | undefined;
  const failed = (...reasons: string[]): Verdict<WatchEnd, WatchEnd> => ({
    state: "failed",
    failure: { databases, reasons },
  });

  const look = async (): Promise<Verdict<WatchEnd, WatchEnd>> => {
    let hasListed = false;
    try {
      const listed = await rds.describeDatabases(instanceId);
      hasListed = true;
      const before = databases;
      const withTasks = (tasks: readonly TaskFacts[]) =>
        before.map((one) => seen(one, listed, tasks, options.carriesItsMark));
      databases = withTasks([]);
      if (!databases.every(isRunning)) databases = withTasks(await runningCopyTasks(rds, instanceId));
      for (const { targetName, status } of databases) {
        const facts = status === "Missing" ? undefined : withName(listed, targetName);
        if (facts) await options.onSeen?.(facts);
      }
      options.onProgress(databases);
      const verdict = await judge();
      failing = undefined;
      return verdict;
    } catch (error) {
      if (!(error instanceof RdsFailure)) throw error;
      if (!hasListed) runningLooks = 0;
      failing = { since: failing?.since ?? clock.now(), last: error };
      return canPass(error, clock.now() - failing.since)
        ? { state: "pending" }
        : failed(
            `Instance ${instanceId} could not be looked at any more. ${error.message} ${goesOn}${beforeThat(rds, error)}`,
          );
    }
  };

  const judge = async (): Promise<Verdict<WatchEnd, WatchEnd>> => {
    if (databases.every(isRunning)) {
      runningLooks++;
      if (runningLooks < 2) return { state: "pending", againInMs: 1000 };
      return (await instanceRuns(options))
        ? { state: "done", value: { databases, reasons: [] } }
        : { state: "pending" };
    }
    runningLooks = 0;
    if (databases.some((one) => one.status === "Missing" && !isGone(one)) && databases.every(isAtRest))
      return { state: "pending", againInMs: 1000 };
    const reasons = databases.every(isAtRest) ? await troubles(options, databases) : [];
    return reasons.length > 0 ? failed(...reasons) : { state: "pending" };
  };

  const end = await wait(look, { clock, deadline, signal });
  switch (end.state) {
    case "done":
      return end.value;
    case "failed":
      return end.failure;
    case "timedOut":
      return { databases, reasons: [timedOut(options, databases, failing?.last)] };
    case "aborted":
      return { databases, reasons: [`The wait for the copy to ${instanceId} was called off. ${goesOn}`] };
  }
}

const goesOn =
  'What is under way goes on in the cloud; the next "pulumi up" waits for it again and does not copy it twice.';

/** What stands against the next run as well, unless somebody does something about it. */
function beforeThat(place: Place, failure: RdsFailure): string {
  const isLasting = ["denied", "signIn", "unreachable", "notFound"].includes(failure.kind);
  return isLasting ? ` ${nextStep(place, failure)}` : "";
}

/** How long the looks themselves may fail in a row before the wait is given up: the copy goes on meanwhile. */
const patienceMs = 10 * 60_000;

/** The same for a definite no: a new instance is now and then "not found" for a moment. */
const briefPatienceMs = 60_000;

/** A database that was asked for is listed within this time at the latest; after it, a failed task is looked for. */
const listedWithinMs = 60_000;

/** Why a copy that has come to rest without all its databases failed; empty as long as they may still come. */
async function troubles(
  { instanceId, acceptedAt, clock, rds }: WatchOptions,
  databases: readonly WatchedDatabase[],
): Promise<readonly string[]> {
  const vanished = databases.filter(isGone);
  const unseen = databases.filter(({ status }) => status === "Requested").map(({ targetName }) => targetName);
  if (vanished.length === 0 && clock.now() - acceptedAt < listedWithinMs) return [];
  const names = [...vanished.map(({ targetName }) => targetName), ...unseen];
  const tasks = await failedCopyTasks(rds, { instanceId, names, since: acceptedAt, now: clock.now() });
  return [
    ...vanished.map(({ targetName: name, isReplaced }) =>
      isReplaced
        ? `Database ${name} was being made on ${instanceId} and went: its copy failed, or somebody dropped it. Another one of its name is ` +
          `there now, which nothing shows to be ours: it is left as it is. Drop or rename it yourself, and the next "pulumi up" copies ${name} again.`
        : `Database ${name} was being made on ${instanceId} and is no longer there: its copy failed, or somebody dropped it. ` +
          `The next "pulumi up" copies it again.`,
    ),
    ...(tasks.length > 0 && unseen.length > 0
      ? [`${listNames(unseen)} never appeared on ${instanceId}.`]
      : []),
    ...tasks,
  ];
}

/** Whether a failed look may be followed by another one. What the cloud is doing goes on whatever we see. */
function canPass({ kind }: RdsFailure, failingMs: number): boolean {
  switch (kind) {
    case "busy":
      return true;
    case "throttled":
    case "unreachable":
    case "unknown":
      return failingMs < patienceMs;
    case "notFound":
    case "refused":
      return failingMs < briefPatienceMs;
    case "denied":
    case "signIn":
      return false;
  }
}

async function instanceRuns({ rds, instanceId }: WatchOptions): Promise<boolean> {
  try {
    return (await rds.describeInstance(instanceId))?.status === "Running";
  } catch (error) {
    // Not allowed to ask: the databases themselves were seen twice, which is what counts.
    if (error instanceof RdsFailure && error.kind === "denied") return true;
    throw error;
  }
}

function timedOut(
  { instanceId, deadline, acceptedAt }: WatchOptions,
  databases: readonly WatchedDatabase[],
  lastFailure: RdsFailure | undefined,
): string {
  const waiting = databases.filter((database) => !isRunning(database));
  const open =
    waiting.length > 0
      ? `${listNames(waiting.map((one) => `${one.targetName} (${statusText(one)})`))} did not run yet`
      : "the databases ran, but were not seen so twice together with a running instance";
  return (
    `The time-out was reached after a wait of ${formatDuration(deadline - acceptedAt)}: on ${instanceId}, ${open}. ${goesOn}` +
    (lastFailure ? ` The last look failed: ${lastFailure.message}` : "")
  );
}

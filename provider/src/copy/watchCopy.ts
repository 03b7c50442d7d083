import { RdsFailure } from "../rds/failure";
import type { DatabaseFacts, RdsApi, TaskFacts } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { formatDuration } from "../time/duration";
import { wait, type Verdict } from "../time/waiter";
import { failedCopyTasks, runningCopyTasks } from "./copyTasks";
import { listNames, sameName } from "./databaseNames";

/** What is known of one database that is being filled. */
export interface WatchedDatabase {
  readonly targetName: string;
  /** Its status when last seen; `Missing` if it was there and is no more, `Requested` if it never was. */
  readonly status: string;
  /** Name as the service spells it, once seen. */
  readonly spelling?: string;
  readonly percent?: number;
}

/** How watching a copy ended. Whatever it is, the databases tell what is there. */
export interface WatchEnd {
  readonly databases: readonly WatchedDatabase[];
  /** Empty when every database runs; else sentences, one per trouble. */
  readonly reasons: readonly string[];
}

export interface WatchOptions {
  readonly rds: Pick<
    RdsApi,
    "describeDatabases" | "describeInstance" | "describeTasks" | "describeHistoryTasks"
  >;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly deadline: number;
  readonly instanceId: string;
  readonly targetNames: readonly string[];
  /** When the copy was accepted, in milliseconds since the epoch: older tasks are not its own. */
  readonly acceptedAt: number;
  readonly onProgress: (databases: readonly WatchedDatabase[]) => void;
  /** Called for every database of the copy at each look that lists it. */
  readonly onSeen?: (database: DatabaseFacts) => Promise<void>;
}

/**
 * Waits until every database was seen `Running` in two looks in a row and the target instance is
 * `Running`. An unknown status means "not yet"; a database that vanished or a failed task ends it, once
 * the others have come to rest.
 */
export async function watchCopy(options: WatchOptions): Promise<WatchEnd> {
  const { clock, deadline, signal, instanceId } = options;
  let databases: readonly WatchedDatabase[] = options.targetNames.map((targetName) => ({
    targetName,
    status: "Requested",
  }));
  let runningLooks = 0;
  let failingSince: number | undefined;
  let lastFailure: RdsFailure | undefined;

  const look = async (): Promise<Verdict<WatchEnd, WatchEnd>> => {
    try {
      const listed = await options.rds.describeDatabases(instanceId);
      const tasks = allRun(databases, listed) ? [] : await runningCopyTasks(options.rds, instanceId);
      databases = databases.map((before) => watched(before, listed, tasks));
      for (const facts of listed) {
        if (databases.some(({ targetName }) => sameName(targetName, facts.name)))
          await options.onSeen?.(facts);
      }
      failingSince = undefined;
      options.onProgress(databases);
      return await judge();
    } catch (error) {
      if (!(error instanceof RdsFailure)) throw error;
      lastFailure = error;
      runningLooks = 0;
      failingSince ??= clock.now();
      return canPass(error, clock.now() - failingSince)
        ? { state: "pending" }
        : failed([`The databases on ${instanceId} could not be looked at any more. ${error.message}`]);
    }
  };

  const judge = async (): Promise<Verdict<WatchEnd, WatchEnd>> => {
    if (databases.every(({ status }) => status === "Running")) {
      runningLooks++;
      if (runningLooks < 2) return { state: "pending", againInMs: 1000 };
      return (await instanceRuns(options))
        ? { state: "done", value: { databases, reasons: [] } }
        : { state: "pending" };
    }
    runningLooks = 0;
    const atRest = databases.every(({ status }) => restingStatuses.has(status));
    const reasons = atRest ? await troubles(options, databases) : [];
    return reasons.length > 0 ? failed(reasons) : { state: "pending" };
  };

  const failed = (reasons: readonly string[]): Verdict<WatchEnd, WatchEnd> => ({
    state: "failed",
    failure: { databases, reasons },
  });

  const end = await wait(look, { clock, deadline, signal });
  switch (end.state) {
    case "done":
      return end.value;
    case "failed":
      return end.failure;
    case "timedOut":
      return { databases, reasons: [timedOut(options, databases, lastFailure)] };
    case "aborted":
      return { databases, reasons: ["The wait was called off; the copy goes on in the cloud."] };
  }
}

/** How long the looks themselves may fail in a row before the wait is given up: the copy goes on meanwhile. */
const patienceMs = 10 * 60_000;

/** A database that was asked for is listed within this time at the latest; after it, a failed task is looked for. */
const listedWithinMs = 60_000;

const restingStatuses: ReadonlySet<string> = new Set(["Running", "Missing", "Requested"]);

function allRun(databases: readonly WatchedDatabase[], listed: readonly DatabaseFacts[]): boolean {
  return databases.every(
    ({ targetName }) => listed.find(({ name }) => sameName(name, targetName))?.status === "Running",
  );
}

function watched(
  before: WatchedDatabase,
  listed: readonly DatabaseFacts[],
  tasks: readonly TaskFacts[],
): WatchedDatabase {
  const { targetName } = before;
  const found = listed.find(({ name }) => sameName(name, targetName));
  if (!found) return { targetName, status: before.status === "Requested" ? "Requested" : "Missing" };
  const task =
    tasks.find(({ database }) => sameName(database, targetName)) ??
    tasks.find(({ database }) => database === "");
  return {
    targetName,
    spelling: found.name,
    status: found.status,
    ...(task?.percent === undefined || found.status === "Running" ? {} : { percent: task.percent }),
  };
}

async function troubles(
  options: WatchOptions,
  databases: readonly WatchedDatabase[],
): Promise<readonly string[]> {
  const { instanceId, acceptedAt, clock, rds } = options;
  const vanished = databases.filter(({ status }) => status === "Missing").map(({ targetName }) => targetName);
  const unseen = databases.filter(({ status }) => status === "Requested").map(({ targetName }) => targetName);
  const reasons = vanished.map(
    (name) => `Database ${name} was being made on ${instanceId} and is no longer there: its copy failed.`,
  );
  if (vanished.length === 0 && clock.now() - acceptedAt < listedWithinMs) return [];
  const tasks = await failedCopyTasks(rds, instanceId, acceptedAt - listedWithinMs, clock.now());
  if (tasks.length > 0 && unseen.length > 0)
    reasons.push(`${listNames(unseen)} never appeared on ${instanceId}.`);
  return [...reasons, ...tasks];
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
    // A new instance is now and then "not found" once; a refusal of a list says the same each time.
    case "notFound":
    case "refused":
      return failingMs < listedWithinMs;
    case "denied":
    case "signIn":
      return false;
  }
}

async function instanceRuns({ rds, instanceId }: WatchOptions): Promise<boolean> {
  try {
    return (await rds.describeInstance(instanceId))?.status === "Running";
  } catch (error) {
    // Not allowed to ask: the databases themselves answered twice, which is what counts.
    if (error instanceof RdsFailure && error.kind === "denied") return true;
    throw error;
  }
}

function timedOut(
  options: WatchOptions,
  databases: readonly WatchedDatabase[],
  lastFailure: RdsFailure | undefined,
): string {
  const { instanceId, deadline, acceptedAt } = options;
  const waiting = databases
    .filter(({ status }) => status !== "Running")
    .map((one) => `${one.targetName} (${one.status})`);
  const still =
    waiting.length > 0 ? `${listNames(waiting)} did not run yet` : "the instance was not Running yet";
  return (
    `The time-out was reached ${formatDuration(deadline - acceptedAt)} after the copy was accepted: on ${instanceId} ${still}. ` +
    `The copy goes on in the cloud; the next "pulumi up" waits for it again and does not copy it twice.` +
    (lastFailure ? ` The last look that failed: ${lastFailure.message}` : "")
  );
}

import { mayPass, RdsFailure } from "../rds/failure";
import type { RdsApi, TaskFacts } from "../rds/rdsApi";
import { sameName } from "./databaseNames";

/**
 * The tasks of copies that wait or run on an instance. They only add a percentage, so not being able to
 * read them changes nothing.
 */
export async function runningCopyTasks(
  rds: Pick<RdsApi, "describeTasks">,
  instanceId: string,
): Promise<readonly TaskFacts[]> {
  return (await orNothing(rds.describeTasks(instanceId))).filter(isCopyTask);
}

/** Whose tasks are looked for, and since when. */
export interface FailedTasksQuestion {
  readonly instanceId: string;
  /** The databases that are waited for: a task that names another one is of somebody else's copy. */
  readonly names: readonly string[];
  readonly since: number;
  readonly now: number;
}

/** Sentences for the copy tasks of an instance that began at or after a moment and failed. */
export async function failedCopyTasks(
  rds: Pick<RdsApi, "describeHistoryTasks">,
  { instanceId, names, since, now }: FailedTasksQuestion,
): Promise<readonly string[]> {
  const tasks = await orNothing(history(rds, { instanceId, since, now }));
  const mayBeOurs = ({ database }: TaskFacts) =>
    database === "" || names.some((name) => sameName(name, database));
  return tasks
    .filter((task) => isCopyTask(task) && task.status === "Failed" && mayBeOurs(task))
    .map(({ errorCode }) => `The copy task on ${instanceId} failed${errorCode ? `: ${errorCode}` : ""}.`);
}

/** What the tasks of an instance tell of a copy into a database. */
export type CopyTrace = "made" | "failed" | "none";

/** Where and when the trace of a copy is looked for. */
export interface TraceQuestion {
  readonly instanceId: string;
  readonly source: string;
  readonly target: string;
  /** The copy began then at the earliest, in milliseconds since the epoch. */
  readonly since: number;
  /** And then at the latest, if it is known when nobody asked for it any more. */
  readonly until?: number | undefined;
  readonly now: number;
}

/**
 * Looks for the trace of a copy into a database that is there and carries no mark, since somebody else may
 * have made it as well. Only tasks that name it count; not being allowed to ask counts as no trace, while a
 * call that was throttled or lost is no answer and throws. An
 * inference: no document says what the tasks of a copy tell.
 */
export async function copyTrace(
  rds: Pick<RdsApi, "describeTasks" | "describeHistoryTasks">,
  { instanceId, source, target: name, since, until, now }: TraceQuestion,
): Promise<CopyTrace> {
  const word = new RegExp(`\\b${name.replace(/\W/g, "\\$&")}\\b`, "gi");
  // A copy that keeps the name of its source says it twice; once, it may be the source of another copy.
  const mentions = sameName(source, name) ? 2 : 1;
  const speaksOf = ({ action, database, detail }: TaskFacts) =>
    !otherActions.has(action) && (sameName(database, name) || (detail.match(word) ?? []).length >= mentions);
  const naming = (tasks: readonly TaskFacts[]) => tasks.filter(speaksOf);
  // Running tasks do not tell to the second when they began; the history does, and holds them as well.
  const running = until === undefined ? await unlessForbidden(rds.describeTasks(instanceId)) : [];
  if (naming(running).length > 0) return "made";
  const ended = naming(await unlessForbidden(history(rds, { instanceId, since, until, now })));
  if (ended.length === 0) return "none";
  return ended.some(({ status }) => status !== "Failed") ? "made" : "failed";
}

/** The tasks of an instance that began in a span of time, as far as two clocks agree on it. */
function history(
  rds: Pick<RdsApi, "describeHistoryTasks">,
  { instanceId, since, until, now }: Pick<TraceQuestion, "instanceId" | "since" | "until" | "now">,
): Promise<readonly TaskFacts[]> {
  const from = new Date(since - behindMs);
  const to = new Date(until === undefined ? now + aheadMs : until + behindMs);
  return rds.describeHistoryTasks(instanceId, from, to);
}

/**
 * How far the service's clock may be behind ours. Kept short: tasks from before a copy was asked for speak of
 * other copies.
 */
const behindMs = 60_000;

/**
 * How far it may be ahead: with more the service refuses every call (InvalidTimeStamp.Expired). Asking for
 * what has not begun yet does no harm.
 */
const aheadMs = 15 * 60_000;

/** Tasks that name a database without having copied into it. */
const otherActions: ReadonlySet<string> = new Set([
  "CreateDatabase",
  "DeleteDatabase",
  "ModifyDBDescription",
]);

/**
 * No document names the TaskAction of a copy. The API's own name is the best guess: the event history
 * uses it. An inference, so nothing may depend on it.
 */
export function isCopyTask({ action }: TaskFacts): boolean {
  return action === "CopyDatabaseBetweenInstances";
}

async function orNothing(tasks: Promise<readonly TaskFacts[]>): Promise<readonly TaskFacts[]> {
  try {
    return await tasks;
  } catch (error) {
    if (error instanceof RdsFailure) return [];
    throw error;
  }
}

async function unlessForbidden(tasks: Promise<readonly TaskFacts[]>): Promise<readonly TaskFacts[]> {
  try {
    return await tasks;
  } catch (error) {
    if (error instanceof RdsFailure && !mayPass(error)) return [];
    throw error;
  }
}

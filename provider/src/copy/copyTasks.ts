import { mayPass, RdsFailure, whenUnanswered } from "../rds/failure";
import type { RdsApi, TaskFacts } from "../rds/rdsApi";
import { sameName } from "./databaseNames";

/**
 * The tasks of copies that wait or run on an instance. They only add a percentage, so not being able to read them changes
 * nothing.
 */
export async function runningCopyTasks(
  rds: Pick<RdsApi, "describeTasks">,
  instanceId: string,
  asOf?: number,
): Promise<readonly TaskFacts[]> {
  const tasks = (await rds.describeTasks(instanceId, asOf).catch(whenUnanswered)) ?? [];
  return tasks.filter(isCopyTask);
}

/** Where and when the trace of a copy is looked for. */
export interface TraceQuestion {
  readonly instanceId: string;
  /** Name on the source, where it is known. */
  readonly source: string | undefined;
  readonly target: string;
  /** Names of other databases that the same call may have copied. */
  readonly others: readonly string[];
  /** When the copy was requested, in milliseconds since the epoch: only tasks that began then are its own. */
  readonly from: number;
  readonly until: number;
}

/**
 * Looks for the trace of a copy into a database that exists and carries no mark, since someone else may have made it as
 * well. Only tasks that name it count; not being allowed to ask counts as no trace, while a call that was throttled or
 * lost is no answer and throws. A call that copies several databases is one task, and fails if any of them does: a failed
 * one that names others, too, says nothing about this one. An inference: no document says what the tasks of a copy tell.
 */
export async function copyTrace(
  rds: Pick<RdsApi, "describeHistoryTasks">,
  { instanceId, source, target: name, others, from, until }: TraceQuestion,
): Promise<"made" | "failed" | "nothing"> {
  // A copy that keeps the name of its source says it twice; once, it may be the source of another copy.
  const mentions = source !== undefined && sameName(source, name) ? 2 : 1;
  const isAbout = ({ action, database, detail }: TaskFacts) =>
    !otherActions.has(action) &&
    (sameName(database, name) || (detail.match(wordOf(name)) ?? []).length >= mentions);
  const isAlone = ({ detail }: TaskFacts) => !others.some((other) => wordOf(other).test(detail));
  const began = await unlessForbidden(
    rds.describeHistoryTasks(instanceId, new Date(from - behindMs), new Date(until)),
  );
  const tasks = began.filter(isAbout);
  if (tasks.length === 0) return "nothing";
  if (tasks.some(({ status }) => status !== "Failed")) return "made";
  return tasks.some(isAlone) ? "failed" : "nothing";
}

/**
 * A name as a whole, in whatever case. What may stand in a name does not end it: the letters and signs of SQL Server's regular
 * identifiers, and the hyphen, which RDS allows ("orders" is not named by "orders-qa").
 */
function wordOf(name: string): RegExp {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`(?<!${ofName})${escaped}(?!${ofName})`, "giu");
}

const ofName = "[\\p{L}\\p{M}\\p{N}_@$#-]";

/**
 * How far the service's clock may be behind ours. Kept short: tasks from before a copy was requested are about other
 * copies.
 */
const behindMs = 60_000;

/** Tasks that name a database without having copied into it. */
const otherActions: ReadonlySet<string> = new Set([
  "CreateDatabase",
  "DeleteDatabase",
  "ModifyDBDescription",
]);

/**
 * No document names the TaskAction of a copy. The API's own name is the best guess: the event history uses it. An
 * inference, so nothing may depend on it.
 */
function isCopyTask({ action }: TaskFacts): boolean {
  return action === "CopyDatabaseBetweenInstances";
}

async function unlessForbidden(tasks: Promise<readonly TaskFacts[]>): Promise<readonly TaskFacts[]> {
  try {
    return await tasks;
  } catch (error) {
    if (error instanceof RdsFailure && !mayPass(error)) return [];
    throw error;
  }
}

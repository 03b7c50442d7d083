import { RdsFailure } from "../rds/failure";
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

/** Sentences for the copy tasks of an instance that began at or after a moment and failed. */
export async function failedCopyTasks(
  rds: Pick<RdsApi, "describeHistoryTasks">,
  instanceId: string,
  since: number,
  now: number,
): Promise<readonly string[]> {
  const tasks = await orNothing(rds.describeHistoryTasks(instanceId, new Date(since), new Date(now)));
  return tasks
    .filter((task) => isCopyTask(task) && task.status === "Failed")
    .map(({ errorCode }) => `The copy task on ${instanceId} failed${errorCode ? `: ${errorCode}` : ""}.`);
}

/** What the tasks of an instance tell of a copy into a database. */
export type CopyTrace = "made" | "failed" | "none";

/**
 * Looks for the trace of a copy into a database, begun at or after a moment: asked where a database is
 * there that carries no mark, since somebody else may have made it as well. Only tasks that name it count;
 * not being allowed to ask counts as no trace. An inference: no document says what the tasks of a copy tell.
 */
export async function copyTrace(
  rds: Pick<RdsApi, "describeTasks" | "describeHistoryTasks">,
  instanceId: string,
  name: string,
  since: number,
  now: number,
): Promise<CopyTrace> {
  const word = new RegExp(`\\b${name.replace(/\W/g, "\\$&")}\\b`, "i");
  const naming = (tasks: readonly TaskFacts[]) =>
    tasks.filter(
      (task) => !otherActions.has(task.action) && (sameName(task.database, name) || word.test(task.detail)),
    );
  if (naming(await orNothing(rds.describeTasks(instanceId))).length > 0) return "made";
  const from = new Date(since - clockDifferenceMs);
  const ended = naming(await orNothing(rds.describeHistoryTasks(instanceId, from, new Date(now))));
  if (ended.length === 0) return "none";
  return ended.some(({ status }) => status !== "Failed") ? "made" : "failed";
}

/** How far the service's clock may be from ours. */
const clockDifferenceMs = 60_000;

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
function isCopyTask({ action }: TaskFacts): boolean {
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

import { RdsFailure } from "../rds/failure";
import type { RdsApi, TaskFacts } from "../rds/rdsApi";

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

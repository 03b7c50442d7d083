import { mayPass, RdsFailure } from "../rds/failure";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { wait } from "../time/waiter";
import { isCopyTask } from "./copyTasks";
import { sameName } from "./databaseNames";

export interface UntilListed {
  readonly rds: Pick<RdsApi, "describeDatabases" | "describeTasks">;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly deadline: number;
  readonly instanceId: string;
  /** Databases that were asked for and never seen. */
  readonly names: readonly string[];
  /** What the last look showed, if there was one just now. */
  readonly listed?: readonly DatabaseFacts[];
}

/**
 * Waits until databases whose copy was asked for are listed: for a minute, and as long as a running copy
 * task names one that is not, or none. Answers with what the last look showed, whatever it was.
 */
export async function untilListed(options: UntilListed): Promise<readonly DatabaseFacts[]> {
  const { rds, clock, signal, deadline, instanceId, names } = options;
  const began = clock.now();
  let next = options.listed;
  let listed: readonly DatabaseFacts[] = [];
  await wait<void, never>(
    async () => {
      listed = next ?? (await rds.describeDatabases(instanceId));
      next = undefined;
      const missing = names.filter((target) => !listed.some(({ name }) => sameName(name, target)));
      if (missing.length === 0) return { state: "done", value: undefined };
      if (clock.now() - began < appearsWithinMs) return { state: "pending" };
      return (await mayBeUnderWay(rds, instanceId, missing))
        ? { state: "pending" }
        : { state: "done", value: undefined };
    },
    { clock, signal, deadline },
  );
  return listed;
}

/** Whether a running task names one of the databases, or none at all. Where tasks may not be read, nothing speaks for it. */
async function mayBeUnderWay(
  rds: Pick<RdsApi, "describeTasks">,
  instanceId: string,
  names: readonly string[],
): Promise<boolean> {
  try {
    const tasks = await rds.describeTasks(instanceId);
    return tasks.some(
      (task) =>
        isCopyTask(task) && (task.database === "" || names.some((name) => sameName(name, task.database))),
    );
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    return mayPass(error);
  }
}

/** An accepted copy may take a moment to be listed. No document says how long. */
const appearsWithinMs = 60_000;

import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { wait } from "../time/waiter";
import { runningCopyTasks } from "./copyTasks";
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
 * task names one that is not. Answers with what the last look showed, whatever it was.
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
      const tasks = await runningCopyTasks(rds, instanceId);
      const isUnderWay = tasks.some(({ database }) => missing.some((target) => sameName(target, database)));
      return isUnderWay ? { state: "pending" } : { state: "done", value: undefined };
    },
    { clock, signal, deadline },
  );
  return listed;
}

/** An accepted copy may take a moment to be listed. No document says how long. */
const appearsWithinMs = 60_000;

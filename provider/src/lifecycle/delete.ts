import { dropDeclared } from "./drop";
import { LifecycleError } from "./ending";
import { timeoutOf } from "./inputs";
import { ownershipOf } from "./marking";
import type { Run } from "./run";
import type { CopyState } from "./state";

/**
 * Drops the databases that this resource copied and waits until they are gone. Databases that are gone
 * already, and a target instance that is gone, are success; the source does not matter.
 */
export async function deleteCopy(state: CopyState, run: Run): Promise<void> {
  const deadline = run.clock.now() + timeoutOf(state, "delete");
  const names = Object.keys(state.databases);
  const rds = run.rds(state.connection);
  // Only an unfinished copy has left its receipt on the target. It goes first: the state still tells of the
  // databases, while a refresh after a cut would forget a resource without databases and its receipt with it.
  if (state.completedAt === undefined) await ownershipOf(state, rds, run).settled(state.targetDbInstanceId);
  const { reasons } = await dropDeclared({ rds, deadline, state, names }, run);
  if (reasons.length > 0) throw new LifecycleError(reasons.join("\n"));
  run.memory.deleted(state.resourceUrn);
}

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
  const { reasons } = await dropDeclared({ rds, deadline, state, names }, run);
  if (reasons.length > 0) throw new LifecycleError(reasons.join("\n"));
  // Only an unfinished copy has left its receipt on the target.
  if (state.completedAt === undefined) await ownershipOf(state, rds, run).settled(state.targetDbInstanceId);
  run.memory.deleted(state.resourceUrn);
}

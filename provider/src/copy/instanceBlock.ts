import { RdsFailure } from "../rds/failure";
import { letGo } from "../rds/nextStep";
import type { InstanceFacts, RdsApi } from "../rds/rdsApi";

/**
 * Why waiting for an instance is of no use, or `undefined` when it is: locked, released or being
 * deleted do not pass by themselves (DBInstanceStatus and LockMode of the RDS documentation).
 */
export function instanceBlock({ instanceId, status, lockMode }: InstanceFacts): string | undefined {
  if (status === "Released" || lockMode === "Released") return `Instance ${instanceId} is released.`;
  if (status === "Deleting") return `Instance ${instanceId} is being deleted.`;
  if (lockMode === "" || lockMode === "Unlock") return undefined;
  return `Instance ${instanceId} is locked (${lockMode}): nothing can be changed on it until it is unlocked.`;
}

/** What a person does about one that could not be worked on for such a reason. */
export const afterBlock = `Run it again when the instance can be used again. If it is gone for good: ${letGo}`;

/** Asks each instance that a busy answer may speak of. An instance that cannot be asked blocks nothing. */
export async function askForBlock(
  rds: Pick<RdsApi, "describeInstance">,
  instanceIds: readonly string[],
): Promise<string | undefined> {
  for (const instanceId of instanceIds) {
    try {
      const instance = await rds.describeInstance(instanceId);
      const block = instance && instanceBlock(instance);
      if (block) return block;
    } catch (error) {
      if (!(error instanceof RdsFailure)) throw error;
    }
  }
  return undefined;
}

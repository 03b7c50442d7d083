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

/** What the instances that a busy answer may speak of are, by their own word. */
export interface BusyInstances {
  /** Why waiting is of no use. */
  readonly block?: string;
  /** "Instance rm-a is Stopped.": what they are if not `Running`. */
  readonly status?: string;
}

/** Asks each instance that a busy answer may speak of. An instance that cannot be asked blocks nothing. */
export async function askBusy(
  rds: Pick<RdsApi, "describeInstance">,
  instanceIds: readonly string[],
): Promise<BusyInstances> {
  const statuses: string[] = [];
  for (const instanceId of instanceIds) {
    try {
      const instance = await rds.describeInstance(instanceId);
      const block = instance && instanceBlock(instance);
      if (block) return { block };
      if (instance && instance.status !== "" && instance.status !== "Running")
        statuses.push(`Instance ${instanceId} is ${instance.status}.`);
    } catch (error) {
      if (!(error instanceof RdsFailure)) throw error;
    }
  }
  return statuses.length > 0 ? { status: statuses.join(" ") } : {};
}

import { afterBlock, askForBlock } from "../copy/instanceBlock";
import { RdsFailure } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";
import { LifecycleError } from "./ending";

/**
 * The same calls, but when an instance is too busy to list its databases, it is asked why: locked, released and
 * being deleted do not pass, so nobody waits for their end, and they are no absence either.
 */
export function blockAware(rds: RdsApi): RdsApi {
  return {
    ...rds,
    async describeDatabases(instanceId) {
      try {
        return await rds.describeDatabases(instanceId);
      } catch (error) {
        if (!(error instanceof RdsFailure) || error.kind !== "busy") throw error;
        const block = await askForBlock(rds, [instanceId]);
        if (block === undefined) throw error;
        throw new LifecycleError(
          `The databases on ${instanceId} cannot be listed, and what is recorded of them is kept. ${block} ${error.message} ${afterBlock}`,
        );
      }
    },
  };
}

import { RdsFailure } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";

/**
 * The tags of an instance, where receipts are. Where they may not be read, there is no receipt to go by: none.
 * Any other failure is no answer, must not pass for one, and throws.
 */
export async function readableTags(
  rds: Pick<RdsApi, "listTags">,
  instanceId: string,
): Promise<Readonly<Record<string, string>>> {
  try {
    return await rds.listTags(instanceId);
  } catch (error) {
    if (error instanceof RdsFailure && (error.kind === "denied" || error.kind === "refused")) return {};
    throw error;
  }
}

import { receiptKey } from "../copy/marks";
import { readableTags } from "../copy/readableTags";
import type { RdsApi } from "../rds/rdsApi";
import type { CopyState } from "./state";

/**
 * Whether the receipt of this resource is on its target. The state does not tell: a finished copy has none,
 * but a later run that was cut off around copying something again may have left one without a record.
 */
export async function hasReceipt(
  { ownershipMarks, resourceUrn: urn, targetDbInstanceId }: CopyState,
  rds: Pick<RdsApi, "listTags">,
): Promise<boolean> {
  if (ownershipMarks === false || urn === undefined) return false;
  return receiptKey(urn) in (await readableTags(rds, targetDbInstanceId));
}

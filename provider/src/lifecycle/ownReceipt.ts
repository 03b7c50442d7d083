import { receiptKey } from "../copy/marks";
import { readableTags } from "../copy/readableTags";
import type { RdsApi } from "../rds/rdsApi";
import type { CopyInputs } from "./inputs";

/**
 * The receipt of this resource on its target, as it is written there, or `undefined`. The state does not tell: a
 * finished copy has none, but a later run that was cut off around copying something again may have left one without
 * a record.
 */
export async function ownReceipt(
  {
    ownershipMarks,
    resourceUrn: urn,
    targetDbInstanceId,
  }: Pick<CopyInputs, "ownershipMarks" | "resourceUrn" | "targetDbInstanceId">,
  rds: Pick<RdsApi, "listTags">,
): Promise<string | undefined> {
  if (ownershipMarks === false || urn === undefined) return undefined;
  return (await readableTags(rds, targetDbInstanceId))[receiptKey(urn)];
}

import { duplicateNameCode } from "../rds/failure";
import type { DatabaseFacts } from "../rds/rdsApi";
import { markPrefix } from "../copy/marks";
import type { Finding } from "./finding";
import type { Known } from "./known";
import { maybeOwn, takenNames } from "./ownDatabases";

/**
 * Names that are taken on the target by a database that this resource does not manage. One that the resource
 * may have made itself, in a run that could not record it, blocks nothing: the copy looks closer.
 */
export function targetNameFindings({
  plan,
  targetDatabases,
  targetTags,
  unanswered,
}: Known): readonly Finding[] {
  const { targetDbInstanceId, adoptExisting, urn } = plan;
  if (adoptExisting || targetDbInstanceId === undefined) return [];
  // A receipt may be there unseen; where tags may not be read, none was written either.
  const receiptOpen =
    urn !== undefined &&
    unanswered.some(({ action, failure }) => action === "ListTagResources" && failure.kind !== "denied");
  if (receiptOpen) return [];
  return takenNames(plan, targetDatabases)
    .filter(({ database }) => !maybeOwn(plan, database, targetTags))
    .map(({ source, database }) => nameTaken(targetDbInstanceId, source, database, urn));
}

/** The finding for one taken name; `create` refuses with the same words. */
export function nameTaken(
  instanceId: string,
  source: string,
  { name, status, description }: DatabaseFacts,
  urn: string | undefined,
): Finding {
  const isOfOtherCopy = urn !== undefined && description.startsWith(markPrefix(urn));
  const whose = isOfOtherCopy
    ? `and it carries the mark of another copy of this very resource: with other inputs, from a backup that is no longer listed, or of another generation`
    : `and this resource did not make it`;
  return {
    code: "target-name-taken",
    apiCode: duplicateNameCode,
    property: `dbNames.${source}`,
    text:
      `Instance ${instanceId} already has a database ${name} (${status}), ${whose}. Choose another ` +
      `target name, drop that database yourself, or set adoptExisting: true to take it over as it is: it is then neither ` +
      `overwritten nor ever dropped.`,
  };
}

import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { withName } from "./databaseNames";
import { hasOwnMark, isMark } from "./marks";

/** Whose mark counts as one's own, and where the data comes from. */
export interface Marked {
  readonly urn: string | undefined;
  readonly sourceDbInstanceId: string;
  /** Name of the database on the source. */
  readonly source: string;
}

/**
 * Whether a database carries the mark of another resource. Whether a copy takes the description of its source along is
 * not documented: the source's own mark says nothing.
 */
export async function carriesOthersMark(
  rds: Pick<RdsApi, "describeDatabases">,
  { urn, sourceDbInstanceId, source }: Marked,
  { description }: DatabaseFacts,
): Promise<boolean> {
  if (!isMark(description) || hasOwnMark(urn, description)) return false;
  const original = withName(await rds.describeDatabases(sourceDbInstanceId), source);
  return original?.description !== description;
}

import { withName } from "../copy/databaseNames";
import { hasOwnMark } from "../copy/marks";
import type { DatabaseFacts } from "../rds/rdsApi";
import { wentUnmarked, whyForeign } from "./marking";
import type { Run } from "./run";
import { isOpen, type CopyState, type DatabaseState } from "./state";

/** A recorded database as a look shows it: running, missing, or somebody else's by now. */
export function asSeen(
  state: Pick<CopyState, "targetDbInstanceId" | "ownershipMarks" | "resourceUrn">,
  database: DatabaseState,
  listed: readonly DatabaseFacts[],
  run: Run,
): DatabaseState {
  const found = withName(listed, database.targetName);
  const foreign = found && whyForeign(state, database, found);
  if (foreign) {
    // Said when it is found, not at every look after it.
    if (database.status !== "Foreign") run.report.warn(foreign);
    return { ...database, status: "Foreign" };
  }
  // The answer to its copy was lost, or it was gone and had no mark: that a database of the name is there now does not
  // say who made it.
  const isUnproven = isOpen(database) || wentUnmarked(state, database);
  if (found && isUnproven && !hasOwnMark(state.resourceUrn, found.description)) return database;
  if (found) return { ...database, targetName: found.name, status: found.status };
  if (database.status === "Requested") return database;
  if (database.status !== "Missing") {
    run.report.info(`Database ${database.targetName} is not on ${state.targetDbInstanceId} any more.`);
  }
  return { ...database, status: "Missing" };
}

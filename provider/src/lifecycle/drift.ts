import { listNames, sameName, withName } from "../copy/databaseNames";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { asSeen } from "./asSeen";
import type { CopyInputs } from "./inputs";
import { lookIfPossible } from "./look";
import type { Run } from "./run";
import { isSettled, isUnfinished, type CopyState, type DatabaseState } from "./state";
import { whyNotOurs } from "./whyNotOurs";

type Databases = Readonly<Record<string, DatabaseState>>;

/**
 * The state with what the look at the target shows of the databases that were well: success must not be told
 * while one of them is gone.
 */
export function withDrift(recorded: CopyState, listed: readonly DatabaseFacts[], run: Run): CopyState {
  const databases = Object.fromEntries(
    Object.entries(recorded.databases).map(([name, database]) => [
      name,
      isUnfinished(database) ? database : asSeen(recorded, database, listed, run),
    ]),
  );
  return { ...recorded, databases };
}

/**
 * Databases of an unfinished copy that a refresh saw running: nobody has marked them yet, or recorded since when they
 * run. They are to be waited for, but for those that somebody else made after the copy had failed.
 */
export async function sortUnended(
  rds: RdsApi,
  old: CopyState,
  inputs: CopyInputs,
  listed: readonly DatabaseFacts[],
  run: Run,
): Promise<{ readonly underWay: Databases; readonly foreign: Databases }> {
  const underWay: Record<string, DatabaseState> = {};
  const foreign: Record<string, DatabaseState> = {};
  if (old.completedAt !== undefined) return { underWay, foreign };
  const declared = rekeyed(old.databases, inputs);
  for (const name of Object.values(inputs.dbNames)) {
    const database = declared[name];
    const isEnded = database?.mark !== undefined && database.copiedAt !== undefined;
    if (!database || database.origin !== "copied" || database.status !== "Running" || isEnded) continue;
    const found = withName(listed, database.targetName);
    const theirs =
      found && !isSettled(database)
        ? await whyNotOurs(rds, { ...inputs, startedAt: old.startedAt }, database, found, run)
        : undefined;
    if (theirs === undefined) underWay[name] = database;
    else {
      run.report.warn(theirs);
      foreign[name] = { ...database, status: "Foreign" };
    }
  }
  return { underWay, foreign };
}

/** What became meanwhile of those that were well when a run began: it may have copied others for hours. */
export async function lastLook(
  rds: RdsApi,
  state: Omit<CopyState, "names" | "completedAt">,
  run: Run,
): Promise<{ readonly databases: Databases; readonly reasons: readonly string[] }> {
  const { targetDbInstanceId: instanceId, databases: before } = state;
  const isLost = ({ status, targetName }: DatabaseState, listed: readonly DatabaseFacts[]) =>
    status === "Running" && !withName(listed, targetName);
  const lostIn = (listed: readonly DatabaseFacts[] = []) =>
    Object.keys(before).filter((name) => before[name] && isLost(before[name], listed));
  const listed = await lookIfPossible(rds, instanceId, run, (seen) => lostIn(seen).length > 0);
  // What was copied is to be recorded in any case; the next refresh sees the rest.
  if (listed === "unseen") return { databases: before, reasons: [] };
  const lost = lostIn(listed);
  if (lost.length === 0) return { databases: before, reasons: [] };
  const databases = Object.fromEntries(
    Object.entries(before).map(([name, database]) => [
      name,
      lost.includes(name) ? { ...database, status: "Missing" } : database,
    ]),
  );
  const reason = `${listNames(lost)} on ${instanceId} went while others were copied: somebody dropped what was there. The next "pulumi up" copies it again.`;
  return { databases, reasons: [reason] };
}

/** The recorded databases under the names as they are declared now: another case is the same database. */
export function rekeyed(
  databases: CopyState["databases"],
  inputs: CopyInputs,
): Record<string, DatabaseState> {
  return Object.fromEntries(
    Object.entries(databases).map(([name, state]) => {
      const declared = Object.entries(inputs.dbNames).find(([, target]) => sameName(target, name));
      return declared ? [declared[1], { ...state, sourceName: declared[0] }] : [name, state];
    }),
  );
}

import { listNames, sameName } from "../copy/databaseNames";
import { dropDatabase } from "../copy/dropDatabase";
import { patientReads } from "../rds/patientReads";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import { asSeen } from "./asSeen";
import { copyMissing, type OpenState } from "./copyMissing";
import { dropDeclared } from "./drop";
import { ending, LifecycleError, type Ending } from "./ending";
import { explained } from "./explain";
import { timeoutOf, withDefaults, type CopyInputs } from "./inputs";
import { ownershipOf } from "./marking";
import { planChange } from "./plan";
import { reclaim, type Reclaimed } from "./reclaim";
import { groupByPoint } from "./repairPoint";
import { sortForResume } from "./resume";
import { readBudgetMs, type Run } from "./run";
import { isUnfinished, placeOf, type CopyState, type DatabaseState } from "./state";
import { waitFor } from "./waitFor";

/**
 * Finishes a resource that exists: waits for what is under way, copies what is missing or new, then drops
 * what is no longer declared. The new names come first and the old ones go after: until everything runs,
 * nothing that applications may read goes away.
 */
export async function finish(
  id: string,
  old: CopyState,
  inputs: CopyInputs,
  run: Run,
  operation: "create" | "update",
  reclaimed?: Reclaimed,
): Promise<Ending> {
  const { sourceDbInstanceId: source, targetDbInstanceId: target, dbNames } = inputs;
  const rds = patientReads(run.rds(inputs.connection), run.clock, readBudgetMs, run.signal);
  const tried = `Bringing ${listNames(Object.values(dbNames))} on ${target} to what is declared (from ${source})`;
  return explained(tried, rds, () => finishWith(rds, id, old, inputs, run, operation, reclaimed));
}

async function finishWith(
  rds: RdsApi,
  id: string,
  recorded: CopyState,
  inputs: CopyInputs,
  run: Run,
  operation: "create" | "update",
  reclaimed: Reclaimed | undefined,
): Promise<Ending> {
  const listed = await rds.describeDatabases(inputs.targetDbInstanceId);
  const {
    state: known,
    recognised,
    mayCome,
    requestId,
  } = reclaimed ?? (await reclaim({ rds, inputs, recorded, listed }, run));
  const old = withDrift(known, listed, run);
  const plan = planChange(old, inputs, run.connect(inputs.connection));
  if (plan.kind !== "change") throw new Error(`finish: nothing to finish (${plan.kind})`);
  const started = run.clock.now();
  const deadline = started + timeoutOf(inputs, operation);
  const instanceId = inputs.targetDbInstanceId;

  const sorted = await sortForResume(
    { rds, deadline, old, inputs, names: plan.fill, listed, recognised, mayCome },
    run,
  );
  await untilDeleted(sorted.beingDeleted, inputs, deadline, run);
  const underWay = { ...unended(old, inputs), ...sorted.underWay };
  const cloud = run.rds(inputs.connection);
  const waited = await waitFor({ rds: cloud, deadline, inputs, databases: underWay }, run);
  const state: OpenState = {
    ...withDefaults(inputs),
    ...placeOf(old),
    startedAt: Object.keys(sorted.missing).length > 0 ? toUtcSeconds(started) : old.startedAt,
    dataVersion: old.dataVersion,
    ...(old.restorePoint === undefined ? {} : { restorePoint: old.restorePoint }),
    ...(old.requestId === undefined ? {} : { requestId: old.requestId }),
    ...(requestId === undefined ? {} : { requestId, dataVersion: requestId }),
    databases: { ...rekeyed(old.databases, inputs), ...waited.databases },
  };
  if (waited.reasons.length > 0) return ending(id, state, waited.reasons, run);

  const missing = Object.values(sorted.missing);
  if (missing.length > 0 && run.clock.now() >= deadline) {
    // Asking now would overwrite the receipt of what may still be under way.
    const reason = `The time-out was reached before ${listNames(missing)} could be copied to ${instanceId}. The next "pulumi up" goes on.`;
    return ending(id, state, [reason], run);
  }
  const groups = await groupByPoint(rds, old, inputs, sorted.missing, run);
  const copied = await copyMissing(groups, state, { rds: cloud, inputs, deadline }, run);
  if (copied.reasons.length > 0) {
    // Nothing new is there to record, so the recorded state is still true as it is.
    const isUnchanged = !copied.begun && requestId === undefined && Object.keys(underWay).length === 0;
    if (operation === "update" && isUnchanged) throw new LifecycleError(copied.reasons.join("\n"));
    return ending(id, copied.state, copied.reasons, run);
  }

  const waitedForCopies = Object.values(underWay).some(({ origin }) => origin === "copied");
  const nothingCopied = !waitedForCopies && Object.keys(sorted.missing).length === 0;
  if (old.completedAt === undefined && nothingCopied)
    await ownershipOf(inputs, cloud, run).settled(instanceId);
  const dropped = await dropDeclared({ rds: cloud, deadline, state: copied.state, names: plan.drop }, run);
  return ending(id, { ...copied.state, databases: dropped.databases }, dropped.reasons, run);
}

/** Databases of an unfinished copy that a refresh saw running: nobody has marked them yet, or recorded since when they run. */
function unended(old: CopyState, inputs: CopyInputs): Record<string, DatabaseState> {
  if (old.completedAt !== undefined) return {};
  const declared = rekeyed(old.databases, inputs);
  return Object.fromEntries(
    Object.values(inputs.dbNames).flatMap((name) => {
      const database = declared[name];
      const isUnended =
        database?.origin === "copied" &&
        database.status === "Running" &&
        (database.mark === undefined || database.copiedAt === undefined);
      return isUnended ? [[name, database]] : [];
    }),
  );
}

/**
 * The state with what the look at the target shows of the databases that were well: success must not be told
 * while one of them is gone.
 */
function withDrift(recorded: CopyState, listed: readonly DatabaseFacts[], run: Run): CopyState {
  const databases = Object.fromEntries(
    Object.entries(recorded.databases).map(([name, database]) => [
      name,
      isUnfinished(database) ? database : asSeen(recorded, database, listed, run),
    ]),
  );
  return { ...recorded, databases };
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

/** A name is free again only when the database that somebody is dropping is gone. */
async function untilDeleted(
  names: readonly string[],
  { targetDbInstanceId: instanceId, connection }: CopyInputs,
  deadline: number,
  run: Run,
): Promise<void> {
  const { clock, signal, locks } = run;
  for (const name of names) {
    const reasonToLeave = () => `Database ${name} on ${instanceId} was being deleted and is there again.`;
    const drop = {
      rds: run.rds(connection),
      clock,
      signal,
      locks,
      deadline,
      instanceId,
      name,
      reasonToLeave,
    };
    const end = await dropDatabase(drop);
    if (end.state !== "gone") throw new LifecycleError(`${end.reason} Nothing was copied.`);
  }
}

import { randomUUID } from "node:crypto";
import { listNames } from "../copy/databaseNames";
import { dropDatabase } from "../copy/dropDatabase";
import { patientReads } from "../rds/patientReads";
import type { RdsApi } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import { copyMissing, type OpenState } from "./copyMissing";
import { lastLook, rekeyed, sortUnended, withDrift } from "./drift";
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
import { placeOf, type CopyState } from "./state";
import { warnOfStrays } from "./strays";
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
  const found = reclaimed ?? (await reclaim({ rds, inputs, recorded, listed }, run));
  const { recognised, mayCome, requestId, receipt } = found;
  warnOfStrays({ inputs, recorded: found.state.databases, listed, receipt }, run);
  const old = withDrift(found.state, listed, run);
  const plan = planChange(old, inputs, run.connect(inputs.connection));
  if (plan.kind === "replace") return otherMoment(id, old, plan.reasons, run);
  if (plan.kind !== "change") throw new Error(`finish: nothing to finish (${plan.kind})`);
  const started = run.clock.now();
  const deadline = started + timeoutOf(inputs, operation);
  const instanceId = inputs.targetDbInstanceId;

  const sorted = await sortForResume(
    { rds, deadline, old, inputs, names: plan.fill, listed, recognised, mayCome },
    run,
  );
  await untilDeleted(sorted.beingDeleted, inputs, deadline, run);
  const unended = await sortUnended(rds, old, inputs, listed, run);
  const underWay = { ...unended.underWay, ...sorted.underWay };
  const cloud = run.rds(inputs.connection);
  const waited = await waitFor({ rds: cloud, deadline, inputs, databases: underWay }, run);
  const state: OpenState = {
    ...withDefaults(inputs),
    ...placeOf(old),
    startedAt: Object.keys(sorted.missing).length > 0 ? toUtcSeconds(started) : old.startedAt,
    // What was recognised just now was filled without a record.
    dataVersion:
      !reclaimed && recognised.size > 0 ? (requestId ?? `resumed-${randomUUID()}`) : old.dataVersion,
    ...(old.restorePoint === undefined ? {} : { restorePoint: old.restorePoint }),
    ...(old.requestId === undefined ? {} : { requestId: old.requestId }),
    ...(requestId === undefined ? {} : { requestId }),
    databases: { ...rekeyed(old.databases, inputs), ...unended.foreign, ...waited.databases },
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
  const end = { ...copied.state, databases: dropped.databases };
  if (nothingCopied || dropped.reasons.length > 0) return ending(id, end, dropped.reasons, run);
  // The look that this run began with may be hours old.
  const last = await lastLook(rds, end, run);
  return ending(id, { ...end, databases: last.databases }, last.reasons, run);
}

/**
 * A run that was cut off has filled what was missing, from the moment that was wanted then. What is there now is
 * recorded; that another moment is wanted is a replacement, which only the next run can make.
 */
function otherMoment(id: string, old: CopyState, reasons: readonly string[], run: Run): Ending {
  const { completedAt: _, ...state } = old;
  const reason =
    `A run that was cut off has copied ${listNames(Object.keys(old.databases))} to ${old.targetDbInstanceId} before the inputs changed. ` +
    `Nothing was changed now: ${reasons.join("; ")}. The next "pulumi up" replaces it.`;
  return ending(id, state, [reason], run);
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

import { randomUUID } from "node:crypto";
import { listNames, sameName } from "../copy/databaseNames";
import { dropDatabase } from "../copy/dropDatabase";
import { describeRestorePoint } from "../copy/restorePoint";
import { patientReads } from "../rds/patientReads";
import type { RdsApi } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import { adopt } from "./adopt";
import { dropDeclared } from "./drop";
import { LifecycleError, type Ending } from "./ending";
import { ending, readBudgetMs } from "./create";
import { fill } from "./fill";
import { timeoutOf, withDefaults, type CopyInputs } from "./inputs";
import { planChange } from "./plan";
import { groupByPoint } from "./repairPoint";
import type { Run } from "./run";
import { sortForResume } from "./resume";
import type { CopyState, DatabaseState } from "./state";

/**
 * Brings an existing resource to its inputs: resumes what an earlier run left unfinished, copies what is
 * missing or new, and only then drops what is no longer declared. Other inputs change the state alone.
 */
export async function update(id: string, old: CopyState, inputs: CopyInputs, run: Run): Promise<Ending> {
  const plan = planChange(old, inputs, run.connect(inputs.connection));
  const common = { ...withDefaults(inputs), region: old.region };
  switch (plan.kind) {
    case "nothing":
    case "record": {
      if (plan.kind === "record") plan.notes.forEach((note) => run.report.info(note));
      const { restorePoint, requestId, completedAt } = old;
      const results = {
        databases: rekeyed(old.databases, inputs),
        dataVersion: old.dataVersion,
        startedAt: old.startedAt,
        ...(restorePoint === undefined ? {} : { restorePoint }),
        ...(requestId === undefined ? {} : { requestId }),
      };
      const state = ending(id, { ...common, ...results }, [], run).state;
      return { id, reasons: [], state: completedAt === undefined ? state : { ...state, completedAt } };
    }
    case "undecided":
    case "replace":
      // The engine asks `diff` first and would have replaced; an older engine or a hand-made state may not have.
      throw new LifecycleError(
        `DatabaseCopy ${id} cannot be updated in place${plan.kind === "replace" ? `, because ${plan.reasons.join("; ")}` : ""}. Nothing was done; run "pulumi up --target-replace" for it.`,
      );
    case "change":
      return change(id, old, inputs, run, plan.fill, plan.drop);
  }
}

async function change(
  id: string,
  old: CopyState,
  inputs: CopyInputs,
  run: Run,
  toFill: CopyInputs["dbNames"],
  toDrop: readonly string[],
): Promise<Ending> {
  const started = run.clock.now();
  const deadline = started + timeoutOf(inputs, "update");
  const rds = patientReads(run.rds(inputs.connection), run.clock, readBudgetMs, run.signal);
  const instanceId = inputs.targetDbInstanceId;

  const sorted = await sortForResume({
    rds,
    clock: run.clock,
    signal: run.signal,
    deadline,
    old,
    inputs,
    names: toFill,
    memory: run.memory,
  });
  await untilDeleted(sorted.beingDeleted, rds, instanceId, deadline, run);
  const resumed = await adopt({ rds, deadline, instanceId, databases: sorted.resumed }, run);

  let state: Omit<CopyState, "names" | "completedAt"> = {
    ...withDefaults(inputs),
    region: old.region,
    startedAt: Object.keys(sorted.missing).length > 0 ? toUtcSeconds(started) : old.startedAt,
    dataVersion: old.dataVersion,
    databases: { ...rekeyed(old.databases, inputs), ...withCopiedAt(resumed.databases, run) },
    ...(old.restorePoint === undefined ? {} : { restorePoint: old.restorePoint }),
    ...(old.requestId === undefined ? {} : { requestId: old.requestId }),
  };
  const reasons = [...resumed.reasons];
  let begun = false;
  for (const { names, choice } of await groupByPoint(rds, old, inputs, sorted.missing, run)) {
    const filled = await fill({ inputs, names, choice, rds, deadline }, run);
    if (filled.state === "refused") {
      const sentence = `Copying ${listNames(Object.keys(names))} from ${inputs.sourceDbInstanceId} to ${instanceId} was refused. ${filled.reason}`;
      // Nothing was started in this run, so the recorded state is still true as it is.
      if (!begun && Object.keys(sorted.resumed).length === 0) throw new LifecycleError(sentence);
      reasons.push(sentence);
      continue;
    }
    begun = true;
    const requestId = filled.requestId ?? `unanswered-${randomUUID()}`;
    state = {
      ...state,
      databases: { ...state.databases, ...filled.databases },
      restorePoint: filled.restorePoint,
      dataVersion: requestId,
      requestId,
    };
    reasons.push(...filled.reasons);
    if (filled.reasons.length === 0)
      run.report.info(
        `Copied ${listNames(Object.keys(names))} from ${describeRestorePoint(filled.restorePoint)}.`,
      );
  }

  // The new names first, the old ones after: until everything runs, nothing that applications may read goes away.
  if (reasons.length > 0) return ending(id, state, reasons, run);
  const dropped = await dropDeclared(
    { rds, deadline, state: { ...state, databases: state.databases }, names: toDrop },
    run,
  );
  return ending(id, { ...state, databases: dropped.databases }, dropped.reasons, run);
}

/** The recorded databases under the names as they are declared now: another case is the same database. */
function rekeyed(databases: CopyState["databases"], inputs: CopyInputs): Record<string, DatabaseState> {
  return Object.fromEntries(
    Object.entries(databases).map(([name, state]) => {
      const declared = Object.entries(inputs.dbNames).find(([, target]) => sameName(target, name));
      return declared ? [declared[1], { ...state, sourceName: declared[0] }] : [name, state];
    }),
  );
}

function withCopiedAt(
  databases: Readonly<Record<string, DatabaseState>>,
  run: Run,
): Record<string, DatabaseState> {
  return Object.fromEntries(
    Object.entries(databases).map(([name, state]) => {
      const fresh = state.origin === "copied" && state.status === "Running" && state.copiedAt === undefined;
      return [name, fresh ? { ...state, copiedAt: toUtcSeconds(run.clock.now()) } : state];
    }),
  );
}

/** A name is free again only when the database that somebody is dropping is gone. */
async function untilDeleted(
  names: readonly string[],
  rds: RdsApi,
  instanceId: string,
  deadline: number,
  run: Run,
): Promise<void> {
  for (const name of names) {
    const end = await dropDatabase({
      rds,
      clock: run.clock,
      signal: run.signal,
      locks: run.locks,
      deadline,
      instanceId,
      name,
      reasonToLeave: () => `Database ${name} on ${instanceId} was being deleted and is now there again.`,
    });
    if (end.state !== "gone") throw new LifecycleError(`${end.reason} Nothing was copied.`);
  }
}

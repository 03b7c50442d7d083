import { explainAll } from "../ownership/manySayings";
import { drive } from "../reconcile/drive";
import { reconcile } from "../reconcile/reconcile";
import { RdsFailure, whenNotFound } from "../rds/failure";
import { nextStep } from "../rds/nextStep";
import { patientReads } from "../rds/patientReads";
import { toUtcSeconds } from "../time/moment";
import { elsewhereReason, protectedReason } from "./check";
import { timeoutOf, type CopyInputs } from "./inputs";
import type { Session } from "./memory";
import { contextOf, ownOf, targetOf, wantedOf } from "./operation";
import { planChange, retaining } from "./plan";
import { LifecycleError, stateOf, type CopyState, type Ending, type OpenState } from "./state";

/**
 * Brings an existing resource to its inputs: continues what an earlier run left unfinished, copies what is missing or new,
 * and only then drops what is no longer declared. Other inputs change the state alone.
 */
export async function update(
  id: string,
  old: CopyState,
  inputs: CopyInputs,
  session: Session,
): Promise<Ending> {
  const plan = planChange(old, inputs);
  switch (plan.kind) {
    case "nothing":
      return { id, state: stateOf(recorded(old, inputs), old), reasons: [] };
    case "record":
      if (plan.isMoved) await findAgain(old, inputs, session);
      return { id, state: stateOf(recorded(old, inputs), old), reasons: [] };
    case "change":
      if (plan.isMoved) await findAgain(old, inputs, session);
      return change(id, old, inputs, plan.drop, session);
    case "undecided":
    case "replace":
      // The engine asks `diff` first and replaces; a state written by hand may lead here all the same.
      throw new LifecycleError(
        `DatabaseCopy ${id} cannot be changed in place${plan.kind === "replace" ? `, because ${plan.reasons.join("; ")}` : ""}. ` +
          "Nothing was changed. Replace it with `pulumi up --target-replace`.",
      );
  }
}

async function change(
  id: string,
  old: CopyState,
  given: CopyInputs,
  [dropped]: readonly string[],
  session: Session,
): Promise<Ending> {
  const { clock } = session;
  const started = clock.now();
  const inputs = retaining(given, old);
  const isProtected = given.protect === true || old.protect === true;
  if (dropped !== undefined && isProtected && inputs.retainOnDelete !== true)
    throw new LifecycleError(`dbNames ${protectedReason(dropped)}`);
  const context = contextOf(inputs, ownOf(inputs), {
    records: old.databases,
    restorePoint: old.restorePoint,
    declared: Object.values(old.dbNames),
  });
  const rds = session.rds(inputs.connection);
  const target = targetOf(inputs, context, { rds, deadline: started + timeoutOf(inputs, "update") }, session);
  const end = await drive(reconcile(context, wantedOf(inputs)), target, session);
  if (end.end === "refused")
    throw new LifecycleError(explainAll(end.reasons, target, session.report).join("\n"));
  const reasons = end.end === "done" ? [] : explainAll(end.reasons, target, session.report);
  const { restorePoint = old.restorePoint, requestId = old.requestId } = end;
  const open: OpenState = {
    ...given,
    owner: context.own,
    foundAt: inputs.foundAt ?? old.foundAt,
    databases: end.records,
    startedAt: toUtcSeconds(started),
    ...(restorePoint === undefined ? {} : { restorePoint }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(reasons.length > 0 ? {} : { completedAt: toUtcSeconds(clock.now()) }),
  };
  const state = stateOf(open, old);
  session.memory.ended(inputs.resourceUrn, state);
  return { id, state, reasons };
}

/** The state takes the new inputs; nothing in the cloud is changed. */
function recorded(old: CopyState, inputs: CopyInputs): OpenState {
  const { databases, restorePoint, requestId, startedAt, completedAt } = old;
  return {
    ...inputs,
    owner: ownOf(inputs),
    foundAt: inputs.foundAt ?? old.foundAt,
    databases,
    startedAt,
    ...(restorePoint === undefined ? {} : { restorePoint }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(completedAt === undefined ? {} : { completedAt }),
  };
}

/** Another region or endpoint is recorded only if the target is found there. */
async function findAgain(old: CopyState, inputs: CopyInputs, session: Session): Promise<void> {
  const { targetDbInstanceId: instanceId, foundAt = old.foundAt } = inputs;
  const rds = patientReads(session.rds(inputs.connection), session.clock, session.signal);
  try {
    if (await rds.describeInstance(instanceId).catch(whenNotFound)) return;
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    throw new LifecycleError(
      `Whether ${instanceId} is found in region ${foundAt.region} (endpoint ${foundAt.endpoint}) could not be determined, so nothing was changed. ` +
        `Before, it was found in region ${old.foundAt.region} (endpoint ${old.foundAt.endpoint}). ${error.message} ${nextStep(rds, error)}`,
    );
  }
  throw new LifecycleError(`connection ${elsewhereReason(instanceId, foundAt, old.foundAt)}`);
}

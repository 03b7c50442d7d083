import { listNames } from "../copy/databaseNames";
import { drive } from "../reconcile/drive";
import { instanceGoneCodes, RdsFailure } from "../rds/failure";
import type { Saying } from "../ownership/sayings";
import { explainAll } from "../ownership/manySayings";
import type { RdsApi } from "../rds/rdsApi";
import type { Target } from "../reconcile/drive";
import { destroy, obstaclesTo } from "../reconcile/replace";
import { timeoutOf, type CopyInputs } from "./inputs";
import type { Session } from "./memory";
import { contextOf, ownOf, targetOf, wantedOf } from "./operation";
import { connectionAt } from "./plan";
import { LifecycleError, type CopyState } from "./state";

/**
 * Drops the databases that this resource copied and waits until they do not exist any more. In a replacement nothing is
 * dropped unless the creation that follows can be done. Databases and instances that do not exist are success.
 */
export async function deleteCopy(state: CopyState, session: Session): Promise<void> {
  const deadline = session.clock.now() + timeoutOf(state, "delete");
  const next = creationAfter(state, session);
  const isInPlace = next?.targetDbInstanceId === state.targetDbInstanceId;
  if (next && !isInPlace) await refuseInVain(next, deadline, session);

  // What follows with marks needs the tags, whether or not its databases carry marks by now.
  const marksOn = isInPlace && (next?.ownershipMarks ?? true) ? true : state.ownershipMarks;
  const context = contextOf(
    { ...state, ...(marksOn === undefined ? {} : { ownershipMarks: marksOn }) },
    state.owner,
    {
      records: state.databases,
      restorePoint: state.restorePoint,
      declared: Object.values(state.dbNames),
    },
  );
  let isInstanceGone = false;
  const rds = noting(
    session.rds(connectionAt(state.connection, state.foundAt)),
    (isGone) => (isInstanceGone = isGone),
  );
  // The questions of a replacement are those of the creation that follows.
  const inputs = next && isInPlace ? { ...next, resourceUrn: state.resourceUrn ?? "" } : state;
  const own = targetOf(inputs, context, { rds, deadline }, session);
  // What is dropped is where it was made; what follows is asked for as the new inputs sign in.
  const ahead = next && isInPlace ? { rds: session.rds(next.connection), deadline } : { rds, deadline };
  const urn = session.memory.urnOf(state);
  const target = { ...own, urn, lookAhead: targetOf(inputs, context, ahead, session).lookAhead };
  const end = await drive(destroy(context, next && isInPlace ? wantedOf(next) : undefined), target, session);
  if (end.end !== "gone") {
    throw next && end.end === "refused"
      ? stopped(end.reasons, target, session)
      : new LifecycleError(explainAll(end.reasons, target, session.report).join("\n"));
  }
  if (isInstanceGone) {
    const { region, endpoint } = state.foundAt;
    session.report.warn(
      `Instance ${state.targetDbInstanceId} was not found in region ${region} (endpoint ${endpoint}), so its databases count as dropped. If it ` +
        "exists, the account of this run differs from its own: what was copied is still there then, and yours to drop.",
    );
  }
  session.memory.deleted(state);
}

/** What is created in its place. Without knowing what, nothing is dropped for it. */
function creationAfter(state: CopyState, { memory }: Session): CopyInputs | undefined {
  const follower = memory.creationAfter(state);
  switch (follower.kind) {
    case "none":
      return undefined;
    case "creation":
      return follower.inputs;
    case "unclear":
      throw new LifecycleError(
        `The resource of ${listNames(Object.values(state.dbNames))} on ${state.targetDbInstanceId} was renamed in an earlier run, and it cannot be ` +
          `determined which of these is created in its place: ${listNames(follower.urns)}. Nothing was dropped. Replace one of them at a time.`,
      );
  }
}

/** The same calls; hears from each list of databases whether the instance exists. */
function noting(rds: RdsApi, heard: (isGone: boolean) => void): RdsApi {
  return {
    ...rds,
    async describeDatabases(id) {
      try {
        const listed = await rds.describeDatabases(id);
        heard(false);
        return listed;
      } catch (error) {
        heard(error instanceof RdsFailure && instanceGoneCodes.has(error.code));
        throw error;
      }
    },
  };
}

function stopped(reasons: readonly Saying[], target: Target, session: Session): LifecycleError {
  const isUnknown = reasons.every(({ kind }) => kind === "copyUnknown" || kind === "lookFailed");
  const why = isUnknown ? "." : ": the new copy would be refused.";
  const sentences = explainAll(reasons, target, session.report).join("\n");
  return new LifecycleError(`Replacement stopped before any database was dropped${why} ${sentences}`);
}

/** Before the first drop of a replacement onto another instance: everything that can refuse the copy to that one. */
async function refuseInVain(next: CopyInputs, deadline: number, session: Session): Promise<void> {
  const context = contextOf(next, ownOf(next), { records: {} });
  const rds = session.rds(next.connection);
  const target = targetOf(next, context, { rds, deadline }, session);
  const reasons = await drive(obstaclesTo(context, wantedOf(next), "elsewhere"), target, session);
  if (reasons.length > 0) throw stopped(reasons, target, session);
}

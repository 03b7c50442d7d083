import { listNames } from "../copy/databaseNames";
import { targetIn } from "../copy/resourceId";
import { needsUpdate } from "../ownership/change";
import type { Records } from "../ownership/record";
import { explainAll } from "../ownership/manySayings";
import { drive } from "../reconcile/drive";
import { refresh } from "../reconcile/refresh";
import type { CopyInputs } from "./inputs";
import type { Session } from "./memory";
import { normaliseInputs } from "./normalise";
import { contextOf, ownOf, targetOf } from "./operation";
import { connectionAt, placeNow } from "./plan";
import { LifecycleError, namesIn, readState, stateOf, type CopyState } from "./state";

/** What a look at the recorded databases showed. */
export type ReadResult =
  { readonly state: "gone" } | { readonly state: "present"; readonly resource: CopyState };

/**
 * Looks at the recorded databases. What does not exist any more is forgotten, and the next update copies it again; the
 * resource goes only with its instance, by exact codes and twice in a row. Any other failure keeps the state.
 */
export async function read(
  id: string,
  saved: Readonly<Record<string, unknown>>,
  session: Session,
): Promise<ReadResult> {
  // `DatabaseCopy.get` reads with the inputs alone.
  const isOwned = "databases" in saved || "stateVersion" in saved;
  const state = isOwned ? readState(saved) : unowned(id, saved, session);
  const { targetDbInstanceId: instanceId, foundAt } = state;
  const context = contextOf(state, state.owner, {
    records: state.databases,
    restorePoint: state.restorePoint,
  });
  const rds = session.rds(connectionAt(state.connection, foundAt));
  const target = targetOf(state, context, { rds, deadline: Infinity }, session);
  // What `DatabaseCopy.get` has read before has a state, too, and no source.
  const isLookup = !isOwned || state.sourceDbInstanceId === "";
  // It reads in the middle of a run, after what other resources of the program have just done.
  const how = { isLookup, ...(isOwned ? ({ recent: true } as const) : {}) };
  const end = await drive(refresh(context, how), target, session);
  if (end.end === "refused") {
    throw new LifecycleError(
      `Reading the databases on ${instanceId} failed, and what is recorded of them is kept. ${explainAll(end.reasons, target, session.report).join("\n")}`,
    );
  }
  const where = `in region ${foundAt.region} (endpoint ${foundAt.endpoint})`;
  if (end.end === "gone") {
    const absence = `Instance ${instanceId} was not found ${where}`;
    if (!isOwned)
      throw new LifecycleError(
        `DatabaseCopy ${id} cannot be read: ${absence}. Check the id, the region and the account.`,
      );
    session.report.warn(
      `${absence}, so this resource is removed from the state. If it exists, the region or the account of this run differs from ` +
        "its own: correct it and run `pulumi up` again.",
    );
    return { state: "gone" };
  }
  const { records } = end;
  if (!isOwned && Object.values(records).every(({ status }) => status === "Missing")) {
    throw new LifecycleError(
      `DatabaseCopy ${id} cannot be read: none of ${listNames(Object.keys(records))} exists on ${instanceId} ${where}. Check the names.`,
    );
  }
  const { driftSeen = 0, ...before } = state;
  const isSettled = !isOwned || !needsUpdate({ records, isUnfinished: false, marksOn: false }, state.dbNames);
  const resource = { ...before, databases: records, names: namesIn(records, state.dbNames) };
  return { state: "present", resource: isSettled ? resource : { ...resource, driftSeen: driftSeen + 1 } };
}

/** `DatabaseCopy.get`: databases that exist, read without owning them. Its inputs come as they were written: `check` has not seen them. */
function unowned(id: string, given: Readonly<Record<string, unknown>>, session: Session): CopyState {
  const { inputs, problems } = normaliseInputs(given, session.clock);
  const wrong = problems.filter(({ property }) => property.startsWith("dbNames"));
  const {
    dbNames,
    targetDbInstanceId = targetIn(id),
    sourceDbInstanceId = "",
    ...rest
  } = inputs as Partial<CopyInputs>;
  if (!targetDbInstanceId) {
    throw new LifecycleError(
      `DatabaseCopy ${id} cannot be read: its id does not name the target, which is a secret of its owner; give targetDbInstanceId, too.`,
    );
  }
  if (dbNames === undefined || wrong.length > 0) {
    throw new LifecycleError(
      [
        `DatabaseCopy ${id} cannot be read: give dbNames (and targetDbInstanceId, unless the id begins with it), since the cloud does not record which databases a copy made.`,
        ...wrong.map(({ property, reason }) => `${property} ${reason}`),
      ].join("\n"),
    );
  }
  const databases: Records = Object.fromEntries(
    Object.values(dbNames).map((target) => [target, { phase: "adopted", target }]),
  );
  const owned: CopyInputs = { ...rest, dbNames, targetDbInstanceId, sourceDbInstanceId };
  const foundAt = placeNow(session.connect(owned.connection), undefined);
  return stateOf({ ...owned, owner: ownOf(owned), foundAt, databases, startedAt: "" });
}

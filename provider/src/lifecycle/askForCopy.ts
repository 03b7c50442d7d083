import { listNames, listPairs, type DatabaseNames } from "../copy/databaseNames";
import type { MarkedRequest } from "../copy/marks";
import { carriesOthersMark } from "../copy/othersMark";
import { requestCopy } from "../copy/requestCopy";
import { describeRestorePoint, toCopyRestorePoint, type RestorePoint } from "../copy/restorePoint";
import { databaseNotInBackupCode } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import type { CopyInputs } from "./inputs";
import { ownershipOf } from "./marking";
import type { Run } from "./run";
import type { DatabaseState } from "./state";
import { waitFor } from "./waitFor";

/** One copy that is to be made. */
export interface CopyOrder {
  /** The cloud without patience of its own: the copy and its watch bear failing looks themselves. */
  readonly rds: RdsApi;
  readonly inputs: CopyInputs;
  /** Names that are not on the target. */
  readonly names: DatabaseNames;
  readonly deadline: number;
}

/** How an order ended. From acceptance on it always has databases to record. */
export type Filled =
  | Refused
  | {
      readonly state: "started";
      readonly requestId: string | undefined;
      readonly restorePoint: RestorePoint;
      readonly databases: Readonly<Record<string, DatabaseState>>;
      /** Empty if all of them run. */
      readonly reasons: readonly string[];
    };

export interface Refused {
  readonly state: "refused";
  readonly reason: string;
}

/**
 * Asks for a copy from the first of some restore points and waits until its databases run. An older point is
 * tried if the service says that one lacks a database.
 */
export async function askForCopy(
  order: CopyOrder,
  points: readonly RestorePoint[],
  run: Run,
): Promise<Filled> {
  const { inputs, names, rds, deadline } = order;
  const owned = ownershipOf(inputs, rds, run);
  let refusal = `Instance ${inputs.sourceDbInstanceId} has no usable full backup that holds ${listNames(Object.keys(names))}.`;
  for (const point of points) {
    const request = requestOf(order, point);
    const askedAt = toUtcSeconds(run.clock.now());
    run.report.status(`asking for the copy of ${listPairs(names)} from ${describeRestorePoint(point)}`);
    await owned.announce(request, askedAt);
    const acceptance = await requestCopy({
      rds,
      clock: run.clock,
      signal: run.signal,
      locks: run.locks,
      deadline,
      request,
      isOthers: (found, source) => {
        const { resourceUrn: urn, sourceDbInstanceId } = inputs;
        return carriesOthersMark(rds, { urn, sourceDbInstanceId, source }, found);
      },
      onWaiting: (why) => run.report.status(`waiting to ask again: ${why}`),
    });
    switch (acceptance.state) {
      case "accepted": {
        const { requestId } = acceptance;
        await owned.accepted(request, askedAt, requestId);
        const databases = requested(order, point, askedAt, requestId);
        const waited = await waitFor({ rds, deadline, inputs, databases }, run);
        return { state: "started", requestId, restorePoint: point, ...waited };
      }
      case "undecided": {
        const { from, until } = acceptance.sent;
        const databases = requested(order, point, toUtcSeconds(from), undefined, toUtcSeconds(until));
        const reasons = [acceptance.reason];
        return { state: "started", requestId: undefined, restorePoint: point, databases, reasons };
      }
      case "refused":
        refusal = acceptance.reason;
        if (acceptance.code !== databaseNotInBackupCode) {
          await owned.settled(inputs.targetDbInstanceId);
          return { state: "refused", reason: refusal };
        }
        run.report.info(
          `${describeRestorePoint(point)} does not hold all of ${listNames(Object.keys(names))}.`,
        );
    }
  }
  await owned.settled(inputs.targetDbInstanceId);
  return { state: "refused", reason: refusal };
}

function requestOf({ inputs, names }: CopyOrder, point: RestorePoint): MarkedRequest {
  const { sourceDbInstanceId, targetDbInstanceId, syncUserPrivilege = false, generation = 0 } = inputs;
  const restorePoint = toCopyRestorePoint(point);
  return { sourceDbInstanceId, targetDbInstanceId, names, restorePoint, syncUserPrivilege, generation };
}

/** The databases as they are when the copy was asked for and nothing is seen of them yet. */
function requested(
  { names }: CopyOrder,
  restorePoint: RestorePoint,
  askedAt: string,
  requestId: string | undefined,
  askedUntil?: string,
): Record<string, DatabaseState> {
  const common = { status: "Requested", origin: "copied", restorePoint, askedAt } as const;
  const request = requestId === undefined ? {} : { requestId };
  const end = askedUntil === undefined ? {} : { askedUntil };
  return Object.fromEntries(
    Object.entries(names).map(([sourceName, targetName]) => [
      targetName,
      { sourceName, targetName, ...common, ...request, ...end },
    ]),
  );
}

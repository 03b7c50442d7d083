import { listNames, listPairs, type DatabaseNames } from "../copy/databaseNames";
import type { MarkedRequest } from "../copy/marks";
import { findingText } from "../copy/preflight/finding";
import { preflight } from "../copy/preflight/preflight";
import { requestCopy } from "../copy/requestCopy";
import {
  backupPoint,
  describeRestorePoint,
  toCopyRestorePoint,
  usableBackups,
  type RestorePoint,
  type RestorePointChoice,
} from "../copy/restorePoint";
import { databaseNotInBackupCode } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";
import type { CopyInputs } from "./inputs";
import { ownershipOf } from "./marking";
import type { Run } from "./run";
import type { DatabaseState } from "./state";
import { waitFor } from "./waitFor";

/** What is to be filled, and from which moment. */
export interface Filling {
  readonly inputs: CopyInputs;
  /** Names that are not on the target. */
  readonly names: DatabaseNames;
  readonly choice: RestorePointChoice;
  readonly rds: RdsApi;
  readonly deadline: number;
}

/** How a fill ended. From acceptance on it always has databases to record. */
export type Filled =
  | { readonly state: "refused"; readonly reason: string }
  | {
      readonly state: "started";
      readonly requestId: string | undefined;
      readonly restorePoint: RestorePoint;
      readonly databases: Readonly<Record<string, DatabaseState>>;
      /** Empty if all of them run. */
      readonly reasons: readonly string[];
    };

/** Checks, fixes the restore point, asks for one copy and waits until its databases run. */
export async function fill(filling: Filling, run: Run): Promise<Filled> {
  const { inputs, names, choice, rds } = filling;
  const obstacles = await obstaclesTo(filling, run);
  if (obstacles) return { state: "refused", reason: obstacles };

  const points = await restorePoints(rds, inputs.sourceDbInstanceId, Object.keys(names), choice);
  if (points.length === 0) {
    return {
      state: "refused",
      reason: `Instance ${inputs.sourceDbInstanceId} has no usable full backup that holds ${listNames(Object.keys(names))}.`,
    };
  }
  const owned = ownershipOf(inputs, rds, run);
  for (const [index, point] of points.entries()) {
    const request = requestOf(filling, point);
    run.report.status(`asking for the copy of ${listPairs(names)} from ${describeRestorePoint(point)}`);
    await owned.announce(request);
    const acceptance = await requestCopy({
      rds,
      clock: run.clock,
      signal: run.signal,
      locks: run.locks,
      deadline: filling.deadline,
      request,
      onWaiting: (why) => run.report.status(`waiting to ask again: ${why}`),
    });
    switch (acceptance.state) {
      case "accepted": {
        const { requestId } = acceptance;
        await owned.accepted(request, requestId);
        const databases = requested(filling, point, requestId);
        const waited = await waitFor({ rds, deadline: filling.deadline, inputs, databases }, run);
        return { state: "started", requestId, restorePoint: point, ...waited };
      }
      case "undecided": {
        const databases = requested(filling, point, undefined);
        return {
          state: "started",
          requestId: undefined,
          restorePoint: point,
          databases,
          reasons: [acceptance.reason],
        };
      }
      case "refused": {
        const older = points[index + 1];
        if (acceptance.code !== databaseNotInBackupCode || !older) {
          await owned.settled(inputs.targetDbInstanceId);
          return { state: "refused", reason: acceptance.reason };
        }
        run.report.info(
          `${describeRestorePoint(point)} does not hold all of ${listNames(Object.keys(names))}; trying ${describeRestorePoint(older)}.`,
        );
      }
    }
  }
  throw new Error("unreachable: the last restore point either starts or refuses");
}

/** How many older backups are tried when the service says that one lacks a database. */
const olderBackupsTried = 4;

async function restorePoints(
  rds: RdsApi,
  instanceId: string,
  sources: readonly string[],
  choice: RestorePointChoice,
): Promise<readonly RestorePoint[]> {
  switch (choice.kind) {
    case "time":
      return [choice];
    case "backup": {
      const set = (await rds.describeBackups({ instanceId, backupId: choice.backupId })).find(
        (one) => one.backupId === choice.backupId,
      );
      return [set ? backupPoint(set) : choice];
    }
    case "latest":
      return usableBackups(await rds.describeBackups({ instanceId }), sources)
        .slice(0, 1 + olderBackupsTried)
        .map(backupPoint);
  }
}

/** The checks of `check`, afresh: what was true in the preview may not be any more. */
async function obstaclesTo({ inputs, names, choice, rds }: Filling, run: Run): Promise<string | undefined> {
  if (inputs.preflight === "off") return undefined;
  const findings = await preflight(rds, run.clock, {
    sourceDbInstanceId: inputs.sourceDbInstanceId,
    targetDbInstanceId: inputs.targetDbInstanceId,
    names,
    choice,
    maxBackupAge: inputs.maxBackupAge,
    adoptExisting: false,
    ownNames: [],
  });
  const blocking = findings.filter(({ severity }) => severity === "blocks").map(findingText);
  if (blocking.length === 0) return undefined;
  if (inputs.preflight !== "warn") return blocking.join("\n");
  run.report.warn(blocking.join("\n"));
  return undefined;
}

function requestOf({ inputs, names }: Filling, point: RestorePoint): MarkedRequest {
  const { sourceDbInstanceId, targetDbInstanceId, syncUserPrivilege = false, generation = 0 } = inputs;
  const restorePoint = toCopyRestorePoint(point);
  return { sourceDbInstanceId, targetDbInstanceId, names, restorePoint, syncUserPrivilege, generation };
}

/** The databases as they are when the copy was accepted and nothing is seen of them yet. */
function requested(
  { names }: Filling,
  restorePoint: RestorePoint,
  requestId: string | undefined,
): Record<string, DatabaseState> {
  return Object.fromEntries(
    Object.entries(names).map(([sourceName, targetName]) => [
      targetName,
      {
        sourceName,
        targetName,
        status: "Requested",
        origin: "copied",
        restorePoint,
        ...(requestId === undefined ? {} : { requestId }),
      },
    ]),
  );
}

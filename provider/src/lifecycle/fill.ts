import { listNames, listPairs, type DatabaseNames } from "../copy/databaseNames";
import type { MarkedRequest } from "../copy/marks";
import { findingText, isBlocking, type Finding } from "../copy/preflight/finding";
import type { CopyPlan } from "../copy/preflight/plan";
import { checkGuard, preflight } from "../copy/preflight/preflight";
import { requestCopy } from "../copy/requestCopy";
import {
  backupPoint,
  describeRestorePoint,
  toCopyRestorePoint,
  usableBackups,
  type RestorePoint,
  type RestorePointChoice,
} from "../copy/restorePoint";
import { databaseNotInBackupCode, RdsFailure } from "../rds/failure";
import type { BackupSet, DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { freshFacts } from "./freshFacts";
import { nextStep } from "./explain";
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
  /** The databases of the target, if they were listed just now. */
  readonly listed?: readonly DatabaseFacts[];
}

/** How a fill ended. From acceptance on it always has databases to record. */
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

/** Checks, fixes the restore point, asks for one copy and waits until its databases run. */
export async function fill(filling: Filling, run: Run): Promise<Filled> {
  const prepared = await prepare(filling, run);
  return prepared.state === "refused" ? prepared : ask(filling, prepared.points, run);
}

type Refused = { readonly state: "refused"; readonly reason: string };

/** Everything before the copy is asked for. A call that fails here has changed nothing. */
async function prepare(
  filling: Filling,
  run: Run,
): Promise<Refused | { readonly state: "ready"; readonly points: readonly RestorePoint[] }> {
  const { inputs, names, choice, rds } = filling;
  try {
    const { reason, backups } = await obstaclesTo(filling, run);
    if (reason !== undefined) return { state: "refused", reason };
    const points = await restorePoints(rds, inputs.sourceDbInstanceId, Object.keys(names), choice, backups);
    if (points.length > 0) return { state: "ready", points };
    return {
      state: "refused",
      reason: `Instance ${inputs.sourceDbInstanceId} has no usable full backup that holds ${listNames(Object.keys(names))}.`,
    };
  } catch (error) {
    if (error instanceof RdsFailure)
      return { state: "refused", reason: `${error.message} ${nextStep(rds, error)}` };
    throw error;
  }
}

/** Asks for the copy; an older restore point is tried if the service says that one lacks a database. */
async function ask(filling: Filling, points: readonly RestorePoint[], run: Run): Promise<Filled> {
  const { inputs, names, rds } = filling;
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
  known: readonly BackupSet[] | undefined,
): Promise<readonly RestorePoint[]> {
  switch (choice.kind) {
    case "time":
      return [choice];
    case "backup": {
      const { backupId } = choice;
      const sets = known ?? (await rds.describeBackups({ instanceId, backupId }));
      const set = sets.find((one) => one.backupId === backupId);
      return [set ? backupPoint(set) : choice];
    }
    case "latest":
      return usableBackups(known ?? (await rds.describeBackups({ instanceId })), sources)
        .slice(0, 1 + olderBackupsTried)
        .map(backupPoint);
  }
}

/**
 * The checks of `check`, afresh: what was true in the preview may not be any more. A warning was said by then,
 * so only what would stop the copy is looked for. Answers with the backups too, when they were looked at.
 */
async function obstaclesTo(
  { inputs, names, choice, rds, listed }: Filling,
  run: Run,
): Promise<{ readonly reason?: string; readonly backups?: readonly BackupSet[] | undefined }> {
  const facts = freshFacts(inputs, rds, run);
  const plan: CopyPlan = {
    sourceDbInstanceId: inputs.sourceDbInstanceId,
    targetDbInstanceId: inputs.targetDbInstanceId,
    names,
    choice,
    maxBackupAge: inputs.maxBackupAge,
    requireTargetTags: inputs.requireTargetTags,
    targetDatabases: listed,
    adoptExisting: false,
    ownNames: [],
  };
  const { findings, backups } =
    (inputs.preflight ?? "enforce") === "enforce"
      ? await preflight(facts, run.clock, plan)
      : { findings: await checkGuard(facts, run.clock, plan), backups: undefined };
  // The guard stands unless it is seen to be met: a target that may be production is not filled.
  const stops = (finding: Finding) => isBlocking(finding) || finding.code === "target-tags-unknown";
  const reason = findings.filter(stops).map(findingText).join("\n");
  return { backups, ...(reason === "" ? {} : { reason }) };
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

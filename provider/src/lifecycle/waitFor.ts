import { sameName } from "../copy/databaseNames";
import { copyProgress } from "../copy/progress";
import { watchCopy } from "../copy/watchCopy";
import type { RdsApi } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import type { CopyInputs } from "./inputs";
import { marking, ownershipOf } from "./marking";
import type { Run } from "./run";
import type { DatabaseState } from "./state";

/** Databases of the resource that are there already, or under way, and only have to be seen running. */
export interface Waiting {
  readonly rds: RdsApi;
  readonly deadline: number;
  readonly inputs: CopyInputs;
  /** By target name as declared. */
  readonly databases: Readonly<Record<string, DatabaseState>>;
}

/** How the wait ended. */
export interface WaitedFor {
  readonly databases: Readonly<Record<string, DatabaseState>>;
  /** Empty if all of them run; else sentences. */
  readonly reasons: readonly string[];
}

/** Waits for databases and records them as they are then. Those that were copied get their marks on the way. */
export async function waitFor({ rds, deadline, inputs, databases }: Waiting, run: Run): Promise<WaitedFor> {
  const names = Object.values(databases).map(({ targetName }) => targetName);
  if (names.length === 0) return { databases: {}, reasons: [] };
  const acceptedAt = run.clock.now();
  const owned = ownershipOf(inputs, rds, run);
  const marks = marking(owned, inputs, Object.values(databases));
  const end = await watchCopy({
    rds,
    clock: run.clock,
    signal: run.signal,
    deadline,
    instanceId: inputs.targetDbInstanceId,
    targetNames: names,
    acceptedAt,
    onProgress: copyProgress(run.clock, acceptedAt, (line) => run.report.status(line)),
    onSeen: (facts) => marks.onSeen(facts),
    carriesItsMark: (facts) => marks.carriesItsMark(facts),
  });
  const copied = Object.values(databases).some(({ origin }) => origin === "copied");
  const atRest = end.databases.every(({ status }) => status === "Running" || status === "Missing");
  // Nothing is under way any more: what runs is marked, and what failed is to be asked for anew.
  if (copied && atRest) await owned.settled(inputs.targetDbInstanceId);
  const recorded = (state: DatabaseState): DatabaseState => {
    const seen = end.databases.find(({ targetName }) => sameName(targetName, state.targetName));
    const targetName = seen?.spelling ?? state.targetName;
    const status = seen?.status ?? state.status;
    const mark = marks.markOf(targetName) ?? state.mark;
    const isDone = state.origin === "copied" && status === "Running" && state.copiedAt === undefined;
    // Until when it may have been asked for is of use only as long as nobody has seen what came of it.
    const { askedUntil, ...settled } = state;
    return {
      ...settled,
      ...(isDone || askedUntil === undefined ? {} : { askedUntil }),
      targetName,
      status,
      ...(isDone ? { copiedAt: toUtcSeconds(run.clock.now()) } : {}),
      ...(mark === undefined ? {} : { mark }),
    };
  };
  return {
    databases: Object.fromEntries(Object.entries(databases).map(([name, state]) => [name, recorded(state)])),
    reasons: end.reasons,
  };
}

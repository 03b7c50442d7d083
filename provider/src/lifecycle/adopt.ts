import { watchCopy } from "../copy/watchCopy";
import type { RdsApi } from "../rds/rdsApi";
import { copyProgress } from "../copy/progress";
import { sameName } from "../copy/databaseNames";
import type { Run } from "./run";
import type { DatabaseState } from "./state";

/** Databases of the resource that are there already and only have to be seen running. */
export interface Adoption {
  readonly rds: RdsApi;
  readonly deadline: number;
  readonly instanceId: string;
  /** By target name as declared. */
  readonly databases: Readonly<Record<string, DatabaseState>>;
}

/** Waits for databases that are there already, and records them as they are then. Nothing is changed. */
export async function adopt(
  { rds, deadline, instanceId, databases }: Adoption,
  run: Run,
): Promise<{ databases: Record<string, DatabaseState>; reasons: readonly string[] }> {
  const waiting = Object.values(databases).filter(({ status }) => status !== "Running");
  if (waiting.length === 0) return { databases: { ...databases }, reasons: [] };
  const acceptedAt = run.clock.now();
  const end = await watchCopy({
    rds,
    clock: run.clock,
    signal: run.signal,
    deadline,
    instanceId,
    targetNames: waiting.map(({ targetName }) => targetName),
    acceptedAt,
    onProgress: copyProgress(run.clock, acceptedAt, (line) => run.report.status(line)),
  });
  const seen = (name: string) => end.databases.find(({ targetName }) => sameName(targetName, name));
  return {
    databases: Object.fromEntries(
      Object.entries(databases).map(([name, state]) => [
        name,
        { ...state, status: seen(state.targetName)?.status ?? state.status },
      ]),
    ),
    reasons: end.reasons,
  };
}

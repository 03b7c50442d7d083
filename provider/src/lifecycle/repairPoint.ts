import { nameKey, type DatabaseNames } from "../copy/databaseNames";
import {
  backupProblem,
  chosenRestorePoint,
  describeRestorePoint,
  type RestorePoint,
  type RestorePointChoice,
} from "../copy/restorePoint";
import type { RdsApi } from "../rds/rdsApi";
import type { CopyInputs } from "./inputs";
import type { Run } from "./run";
import { recordOf, type CopyState } from "./state";

/** Databases that are copied with one call, since they come from one moment. */
export interface PointGroup {
  readonly names: DatabaseNames;
  readonly choice: RestorePointChoice;
}

/**
 * From which moment each missing database is copied: a lost one from the moment it had, so that it still
 * fits to the others; a new one from the pinned moment or, without a pin, from the latest backup.
 */
export async function groupByPoint(
  rds: RdsApi,
  old: CopyState,
  inputs: CopyInputs,
  missing: DatabaseNames,
  run: Run,
): Promise<readonly PointGroup[]> {
  const groups = new Map<string, { names: Record<string, string>; choice: RestorePointChoice }>();
  const pinned = chosenRestorePoint(inputs);
  for (const [source, target] of Object.entries(missing)) {
    const lost = recordOf(old, target);
    const choice =
      pinned.kind === "latest" && lost?.restorePoint
        ? await usablePoint(rds, inputs.sourceDbInstanceId, lost.restorePoint, target, run)
        : pinned;
    const key = JSON.stringify(choice);
    const group = groups.get(key) ?? { names: {}, choice };
    group.names[source] = target;
    groups.set(key, group);
  }
  return [...groups.values()].sort((left, right) =>
    nameKey(JSON.stringify(left)).localeCompare(nameKey(JSON.stringify(right))),
  );
}

async function usablePoint(
  rds: RdsApi,
  instanceId: string,
  point: RestorePoint,
  target: string,
  run: Run,
): Promise<RestorePointChoice> {
  if (point.kind === "time") return point;
  const { backupId } = point;
  const set = (await rds.describeBackups({ instanceId, backupId })).find((one) => one.backupId === backupId);
  if (set && backupProblem(set) === undefined) return { kind: "backup", backupId };
  run.report.warn(
    `${target} was made from ${describeRestorePoint(point)}, which can no longer be restored; it is copied from the latest usable backup instead.`,
  );
  return { kind: "latest" };
}

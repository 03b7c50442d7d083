import { whenNotFound } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { momentOf } from "../time/moment";
import { holesIn, restorableStretches, type RestorableTime } from "./restorableWindow";
import { usableBackups } from "./restorePoint";

/** What the restorable time of an instance rests on. */
export interface RestorableFacts extends RestorableTime {
  readonly engine: string;
  /** `Simple` keeps no log, so there is no moment but those of the backups. */
  readonly recoveryModel: string | undefined;
  readonly logIntervalMinutes: number | undefined;
  /** Ids of the usable full backups, newest first. */
  readonly fullBackups: readonly string[];
  readonly logBackups: number;
  readonly holes: readonly { readonly from: string; readonly to: string }[];
}

/** Asks for the backups and log backups of an instance and follows them. `undefined` if there is no such instance. */
export async function askRestorableTime(
  rds: RdsApi,
  clock: Clock,
  instanceId: string,
  databases: readonly string[] = [],
): Promise<RestorableFacts | undefined> {
  const instance = await rds.describeInstance(instanceId).catch(whenNotFound);
  if (!instance) return undefined;
  const sets = await rds.describeBackups({ instanceId });
  const usable = usableBackups(sets, databases);
  const { logIntervalMinutes } = await rds.describeBackupPolicy(instanceId);
  const oldest = Math.min(
    ...usable
      .map(({ startTime, endTime }) => momentOf(startTime) || momentOf(endTime))
      .filter((at) => at > 0),
  );
  // Wider than the chain: by which of its two times a log backup is found is not documented.
  const margin = 2 * (logIntervalMinutes ?? 30) * 60_000;
  const until = new Date(clock.now() + 60_000);
  const logs = Number.isFinite(oldest)
    ? await rds.describeLogBackups(instanceId, new Date(oldest - margin), until)
    : [];
  const stretches = restorableStretches(sets, logs, databases);
  return {
    instanceId,
    stretches,
    holes: holesIn(stretches, logs),
    engine: instance.engine,
    recoveryModel: instance.recoveryModel,
    logIntervalMinutes,
    fullBackups: usable.map(({ backupId }) => backupId),
    logBackups: logs.length,
  };
}

import type { RdsApi } from "../rds/rdsApi";
import { whenNotFound } from "../rds/failure";
import type { Clock } from "../time/clock";
import { askRestorableTime } from "./askRestorableTime";
import { listNames } from "./databaseNames";
import { noInstance } from "../rds/nextStep";
import { canBeRestoredTo, latestCommonMoment, noCommonMoment, type RestorableTime } from "./restorableWindow";
import { usableBackups } from "./restorePoint";

/** A restore point that several copies share: a backup of their one source, or a moment of all. */
export type CommonPoint = { readonly backupId: string } | { readonly restoreTime: string };

/** From where the copies come. */
export interface PointSource {
  readonly dbInstanceId: string;
  /** The databases that the backup must hold. */
  readonly databases: readonly string[];
}

/** Why no common point could be chosen, as a sentence. */
export class NoCommonPoint extends Error {
  override readonly name = "NoCommonPoint";
}

/** The latest usable backup of the one source. */
export async function latestBackup(rds: RdsApi, source: PointSource): Promise<CommonPoint> {
  const sets = await rds.describeBackups({ instanceId: source.dbInstanceId }).catch(whenNotFound);
  if (!sets) throw new NoCommonPoint(noInstance(source.dbInstanceId, rds));
  const [newest] = usableBackups(sets, source.databases);
  if (newest) return { backupId: newest.backupId };
  throw new NoCommonPoint(
    `Instance ${source.dbInstanceId} has no successful full backup that is available and holds ${listNames(source.databases)}. Make one, or name a restore point.`,
  );
}

/** The latest moment that all sources can be restored to. */
export async function latestCommon(
  rds: RdsApi,
  clock: Clock,
  sources: readonly PointSource[],
): Promise<CommonPoint> {
  const times = await timesOf(rds, clock, sources);
  const restoreTime = latestCommonMoment(times);
  if (restoreTime === undefined) throw new NoCommonPoint(noCommonMoment(times));
  return { restoreTime };
}

/** The sources that cannot be restored to a moment that was chosen before. */
export async function sourcesWithout(
  rds: RdsApi,
  clock: Clock,
  moment: string,
  sources: readonly PointSource[],
): Promise<string[]> {
  const times = await timesOf(rds, clock, sources);
  return times.filter((time) => !canBeRestoredTo(moment, time)).map(({ instanceId }) => instanceId);
}

async function timesOf(
  rds: RdsApi,
  clock: Clock,
  sources: readonly PointSource[],
): Promise<RestorableTime[]> {
  return Promise.all(
    sources.map(async ({ dbInstanceId, databases }) => {
      const time = await askRestorableTime(rds, clock, dbInstanceId, databases);
      if (time) return time;
      throw new NoCommonPoint(noInstance(dbInstanceId, rds));
    }),
  );
}

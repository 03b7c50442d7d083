import { backupPoint, type RestorePoint } from "../copy/restorePoint";
import type { Saying } from "../ownership/sayings";
import { whenUnanswered } from "../rds/failure";
import type { BackupSet } from "../rds/rdsApi";
import { formatDuration, parseDuration } from "../time/duration";
import { momentOf } from "../time/moment";

/** The age of the data of a restore point, if the point tells its time. */
export function ageOf(point: RestorePoint, now: number): string | undefined {
  const at = timeOf(point);
  return Number.isNaN(at) ? undefined : formatDuration(now - at);
}

/** A restore point whose time is not told counts as older. */
function isOlder(point: RestorePoint, duration: string, now: number): boolean {
  const allowed = parseDuration(duration);
  return allowed !== undefined && !(now - timeOf(point) <= allowed);
}

/** A mark holds the id of a backup set alone: the list of sets tells its time. */
export function dated(point: RestorePoint, backups: readonly BackupSet[] | undefined): RestorePoint {
  if (point.kind === "time") return point;
  const set = backups?.find(({ backupId }) => backupId.toLowerCase() === point.backupId.toLowerCase());
  return set ? backupPoint(set) : point;
}

/** A refusal with the age of the data that it is about, and what the program allows. */
export function withAge(
  reason: Saying,
  backups: readonly BackupSet[] | undefined,
  { now, maxBackupAge }: { readonly now: number; readonly maxBackupAge: string | undefined },
): Saying {
  if (reason.kind !== "refused" || !reason.mark) return reason;
  const point = dated(reason.mark.point, backups);
  const age = ageText(point, backups, now);
  const allowed = maxBackupAge === undefined ? "" : ` while maxBackupAge allows ${maxBackupAge}`;
  return {
    ...reason,
    mark: { ...reason.mark, point },
    ...(age === undefined ? {} : { age: `${age}${allowed}` }),
  };
}

/** What is claimed is taken over as it is: a warning where it is older than the program allows, or may be. */
export function claimedOld(
  name: string,
  claimed: RestorePoint,
  backups: readonly BackupSet[] | undefined,
  { now, maxBackupAge }: { readonly now: number; readonly maxBackupAge: string | undefined },
): Saying | undefined {
  const point = dated(claimed, backups);
  const age = ageText(point, backups, now);
  if (age === undefined || maxBackupAge === undefined || !isOlder(point, maxBackupAge, now)) return undefined;
  return { kind: "claimedOld", name, point, age, maxBackupAge };
}

/** "3d old", or that the set is not among those listed: retention has ended, most likely. */
function ageText(
  point: RestorePoint,
  backups: readonly BackupSet[] | undefined,
  now: number,
): string | undefined {
  const age = ageOf(point, now);
  if (age !== undefined) return `${age} old`;
  return backups && point.kind === "backup" ? "no longer listed" : undefined;
}

/** The backups of a source, for an age. An age is no reason to stop: unanswered, it is not told. */
export async function listedBackups(
  source: string | undefined,
  ask: (instanceId: string) => Promise<readonly BackupSet[]>,
): Promise<readonly BackupSet[] | undefined> {
  return source === undefined ? undefined : ask(source).catch(whenUnanswered);
}

function timeOf(point: RestorePoint): number {
  return momentOf(point.kind === "time" ? point.restoreTime : (point.backupTime ?? ""));
}

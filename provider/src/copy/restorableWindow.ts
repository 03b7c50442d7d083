import type { BackupSet, LogBackup } from "../rds/rdsApi";
import { momentOf, toUtcSeconds } from "../time/moment";
import { listNames } from "./databaseNames";
import { usableBackups } from "./restorePoint";

/** A stretch of time to every point of which an instance can be restored. Times are RFC 3339, UTC, in seconds. */
export interface RestorableStretch {
  /** End of the full backup that it rests on. */
  readonly from: string;
  /** End of the last log backup that follows without a gap. */
  readonly to: string;
  /** Id of that full backup (`BackupId`). */
  readonly backupId: string;
}

/** What may be known of one instance's restorable time. */
export interface RestorableTime {
  readonly instanceId: string;
  /** Oldest first. */
  readonly stretches: readonly RestorableStretch[];
}

/**
 * The stretches of restorable time, oldest first. No document gives the rule for SQL Server; inferred: a
 * moment can be restored if log backups lead to it without a gap from the end of a usable full backup. An
 * incremental backup is not counted on as a beginning.
 */
export function restorableStretches(
  sets: readonly BackupSet[],
  logs: readonly LogBackup[],
  databases: readonly string[] = [],
): RestorableStretch[] {
  const beginnings = usableBackups(sets, databases)
    .map(({ backupId, endTime }) => ({ backupId, at: safeBeginning(endTime) }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((left, right) => left.at - right.at);
  return joined(logs).flatMap(({ begin, end }) => {
    const first = beginnings.find(({ at }) => at >= begin - precisionMs && at <= end);
    return first ? [{ from: toUtcSeconds(first.at), to: toUtcSeconds(end), backupId: first.backupId }] : [];
  });
}

/**
 * What lies between the first stretch and the last log backup and cannot be restored: the gaps, and log
 * backups after a gap that no full backup has followed yet.
 */
export function holesIn(
  stretches: readonly RestorableStretch[],
  logs: readonly LogBackup[],
): { from: string; to: string }[] {
  const lastLog = joined(logs).at(-1);
  const ends = [
    ...stretches.slice(1).map(({ from }) => from),
    ...(lastLog ? [toUtcSeconds(lastLog.end)] : []),
  ];
  return stretches.flatMap(({ to }, index) => {
    const next = ends[index];
    return next !== undefined && next > to ? [{ from: to, to: next }] : [];
  });
}

/** Whether an instance can be restored to a moment, UTC seconds. */
export function canBeRestoredTo(moment: string, { stretches }: RestorableTime): boolean {
  return stretches.some(({ from, to }) => from <= moment && moment <= to);
}

/** The latest moment that all instances can be restored to, UTC seconds. */
export function latestCommonMoment(times: readonly RestorableTime[]): string | undefined {
  // The latest common moment is the end of somebody's stretch.
  return times
    .flatMap(({ stretches }) => stretches.map(({ to }) => to))
    .filter((moment) => times.every((time) => canBeRestoredTo(moment, time)))
    .sort()
    .at(-1);
}

/** Says why there is no common moment, with the time of each instance. */
export function noCommonMoment(times: readonly RestorableTime[]): string {
  const each = times.map(({ instanceId, stretches }) =>
    stretches.length === 0
      ? `${instanceId} to no moment at all, since no log backups follow a usable full backup`
      : `${instanceId} from ${listNames(stretches.map(({ from, to }) => `${from} to ${to}`))}`,
  );
  return (
    `There is no moment that ${listNames(times.map(({ instanceId }) => instanceId))} can all be restored to: ${each.join("; ")}. ` +
    `Make a full backup of the instance that lacks one and wait for its next log backup, or give each source a restore point of its own.`
  );
}

/** Times of log backups end with the minutes, so a shorter gap cannot be told from none. */
const precisionMs = 60_000;

/** A time that is given in minutes alone may be up to a minute later. */
function safeBeginning(text: string): number {
  const at = momentOf(text);
  return /T\d{2}:\d{2}(Z|[+-])/.test(text) ? at + precisionMs : at;
}

function joined(logs: readonly LogBackup[]): { begin: number; end: number }[] {
  const spans = logs
    .map(({ begin, end }) => ({ begin: momentOf(begin), end: momentOf(end) }))
    .filter(({ begin, end }) => end > begin)
    .sort((left, right) => left.begin - right.begin);
  const all: { begin: number; end: number }[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last && span.begin <= last.end + precisionMs) last.end = Math.max(last.end, span.end);
    else all.push(span);
  }
  return all;
}

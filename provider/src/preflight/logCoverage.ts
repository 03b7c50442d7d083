import type { BackupPolicy, BackupSet, LogBackup } from "../rds/rdsApi";
import { momentOf } from "../time/moment";

/** How far the log backups reach from a set towards a moment. */
export type Coverage =
  | { readonly state: "covered" }
  /** No log backup begins where the one before ends, and more of them follow. */
  | { readonly state: "hole"; readonly from: number; readonly to: number }
  | { readonly state: "ends"; readonly at: number };

/** Times of log backups end with the minutes, so nothing shorter can be told from them. */
const precisionMs = 60_000;

/** Follows the chain of log backups from one moment to another, in milliseconds. */
export function coverage(logs: readonly LogBackup[], from: number, to: number): Coverage {
  const spans = logs
    .map(({ begin, end }) => ({ begin: momentOf(begin), end: momentOf(end) }))
    .sort((left, right) => left.begin - right.begin);
  let reached = from;
  for (const { begin, end } of spans) {
    if (reached >= to) break;
    if (begin > reached + precisionMs) return { state: "hole", from: reached, to: begin };
    reached = Math.max(reached, end);
  }
  return reached >= to - precisionMs ? { state: "covered" } : { state: "ends", at: reached };
}

/** How often the log is backed up when the policy does not tell: the interval `LogInterval` stands for (API page of DescribeBackupPolicy). */
const usualIntervalMinutes = 30;

export function logIntervalMs(policy: BackupPolicy | undefined): number {
  return (policy?.logIntervalMinutes ?? usualIntervalMinutes) * 60_000;
}

/**
 * The time in which log backups are looked for. Wider than the chain: which of its two times a file is found
 * by is not documented, and the file that covers the set's end may have begun before it.
 */
export function logRange(
  set: BackupSet,
  restoreTime: string,
  policy: BackupPolicy | undefined,
  now: number,
): { readonly since: number; readonly until: number } {
  const margin = 2 * logIntervalMs(policy);
  const begin = momentOf(set.startTime) || momentOf(set.endTime);
  return { since: begin - margin, until: Math.min(momentOf(restoreTime) + margin, now + precisionMs) };
}

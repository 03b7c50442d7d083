import { listPairs, type DatabaseNames } from "../copy/databaseNames";
import type { CopyPlan } from "../preflight/plan";
import type { Preflight } from "../preflight/preflight";
import type { BackupSet } from "../rds/rdsApi";
import { formatDuration } from "../time/duration";
import { momentOf, toUtcSeconds } from "../time/moment";

/** What will happen, in one line for the reader of a preview. */
export function announcement(plan: CopyPlan, { names = plan.names, set }: Preflight, now: number): string {
  const from = plan.sourceDbInstanceId ?? "a source not known yet";
  const to = plan.targetDbInstanceId ?? "a target not known yet";
  const there = Object.fromEntries(Object.entries(plan.names).filter(([source]) => !(source in names)));
  const keeps =
    Object.keys(there).length > 0
      ? ` ${listPairs(there)} on ${to} ${isAre(there)} there already and will not be copied.`
      : "";
  if (Object.keys(names).length === 0 && plan.moreNames !== true) return keeps.trim();
  const what = Object.keys(names).length > 0 ? listPairs(names) : "databases not known yet";
  const more = plan.moreNames === true && Object.keys(names).length > 0 ? " and more not known yet" : "";
  return `Copies ${what}${more} from ${from} to ${to}, as of ${moment(plan, set, now)}.${keeps}`;
}

function isAre(names: DatabaseNames): string {
  return Object.keys(names).length === 1 ? "is" : "are";
}

function moment({ choice }: CopyPlan, set: BackupSet | undefined, now: number): string {
  switch (choice?.kind) {
    case undefined:
      return "a moment not known yet";
    case "time":
      return choice.restoreTime;
    case "backup":
      return `backup ${choice.backupId}${set ? ofWhen(set, now) : ""}`;
    case "latest":
      return set
        ? `the latest usable backup, now ${set.backupId}${ofWhen(set, now)}`
        : "the latest usable backup";
  }
}

function ofWhen({ endTime }: BackupSet, now: number): string {
  const end = momentOf(endTime);
  return Number.isNaN(end) ? "" : ` of ${toUtcSeconds(end)} (${formatDuration(now - end)} old)`;
}

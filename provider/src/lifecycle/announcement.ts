import { listNames, listPairs, sameName } from "../copy/databaseNames";
import { describeRestorePoint, type RestorePoint } from "../copy/restorePoint";
import { inGiB } from "../copy/sizes";
import type { Records } from "../ownership/record";
import type { CopyPlan } from "../preflight/plan";
import type { BackupSet } from "../rds/rdsApi";
import { formatDuration } from "../time/duration";
import { momentOf, toUtcSeconds } from "../time/moment";
import { ageOf } from "./dataAge";

/** What an operation does with the databases besides copying, by their names on the target. */
interface Others {
  readonly drops: readonly string[];
  /** They are on the former target, which may be a secret that nothing here hides. */
  readonly dropsElsewhere: boolean;
  /** They are there, and stay as they are. */
  readonly keeps: readonly string[];
  readonly adopts: readonly string[];
  readonly claims: ReadonlyMap<string, RestorePoint>;
  readonly resumes: readonly string[];
}

/**
 * One line for the reader of a preview: what is copied, from when to where, how long that took the last time; what is
 * dropped; what is kept. Empty if nothing is done.
 */
export function announceCopy(
  plan: CopyPlan,
  others: Others | undefined,
  { set, lastFillMs, now }: Estimate,
): string {
  const from = plan.sourceDbInstanceId ?? "a source not known yet";
  const to = plan.targetDbInstanceId ?? "a target not known yet";
  const isNothing = Object.keys(plan.names).length === 0 && plan.moreNames !== true;
  const what = Object.keys(plan.names).length > 0 ? listPairs(plan.names) : "databases not known yet";
  const more = plan.moreNames === true && Object.keys(plan.names).length > 0 ? " and more not known yet" : "";
  const last = lastFillMs === undefined ? "" : ` The last copy took ${formatDuration(lastFillMs)}.`;
  const copying = `Copies ${what}${more} as of ${momentIn(plan, set, now)} from ${from} to ${to}.${last}`;
  return [...(isNothing ? [] : [copying]), ...(others ? besides(others, to) : [])].join(" ");
}

export interface Estimate {
  /** The set that would be copied. */
  readonly set: BackupSet | undefined;
  /** How long the last copy of this resource took, if there was one. */
  readonly lastFillMs: number | undefined;
  readonly now: number;
}

/** How long the newest copy that a state records took, from its request until the last of its databases ran. */
export function lastFillOf(records: Records): number | undefined {
  const fills = Object.values(records).flatMap((record) => {
    if (record.phase !== "filled" || record.askedAt === undefined || record.copiedAt === undefined) return [];
    const [asked, copied] = [momentOf(record.askedAt), momentOf(record.copiedAt)];
    return copied >= asked ? [{ asked, copied }] : [];
  });
  const newest = Math.max(...fills.map(({ asked }) => asked));
  const took = fills.filter(({ asked }) => asked === newest).map(({ asked, copied }) => copied - asked);
  return took.length > 0 ? Math.max(...took) : undefined;
}

/** That databases of one restore point will be dropped, with the age of their data. */
export function announceDrop({
  names,
  point,
  instanceId,
  now,
}: {
  readonly names: readonly string[];
  readonly point: RestorePoint | undefined;
  readonly instanceId: string;
  readonly now: number;
}): string {
  const age = point && ageOf(point, now);
  const what = point
    ? ` (data of ${describeRestorePoint(point)}${age === undefined ? "" : `, ${age} old`})`
    : "";
  return `Database${names.length > 1 ? "s" : ""} ${listNames(names)} on ${instanceId} will be dropped${what}.`;
}

function besides(
  { drops, dropsElsewhere, keeps, adopts, claims, resumes }: Others,
  instanceId: string,
): string[] {
  const claimed = [...claims.keys()];
  const isClaimed = (name: string) => claimed.some((one) => sameName(one, name));
  const continued = resumes.filter((name) => !isClaimed(name));
  const line = (names: readonly string[], what: string, on = instanceId) =>
    names.length === 0 ? [] : [`${what} ${listNames(names)} on ${on}.`];
  return [
    ...line(drops, "Drops", dropsElsewhere ? "the former target" : instanceId),
    ...line(keeps, "Keeps"),
    ...line(adopts, "Adopts"),
    ...line(claimed, "Claims"),
    ...line(continued, "Continues the interrupted copy of"),
  ];
}

function momentIn({ choice }: CopyPlan, set: BackupSet | undefined, now: number): string {
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

function ofWhen({ endTime, sizeBytes }: BackupSet, now: number): string {
  const end = momentOf(endTime);
  const size = sizeBytes === undefined || sizeBytes === 0 ? "" : `, ${inGiB(sizeBytes)}`;
  return Number.isNaN(end) ? "" : ` of ${toUtcSeconds(end)} (${formatDuration(now - end)} old${size})`;
}

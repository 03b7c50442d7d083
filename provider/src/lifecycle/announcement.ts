import { listNames, listPairs, sameName } from "../copy/databaseNames";
import { describeRestorePoint, type RestorePoint } from "../copy/restorePoint";
import type { CopyPlan } from "../preflight/plan";
import type { BackupSet } from "../rds/rdsApi";
import { formatDuration } from "../time/duration";
import { momentOf, toUtcSeconds } from "../time/moment";
import { ageOf } from "./dataAge";

interface Kept {
  readonly adopts: readonly string[];
  readonly claims: ReadonlyMap<string, RestorePoint>;
  readonly resumes: readonly string[];
}

/** What will be copied, in one line for the reader of a preview; empty if nothing will. */
export function announceCopy(
  plan: CopyPlan,
  kept: Kept | undefined,
  set: BackupSet | undefined,
  now: number,
): string {
  const from = plan.sourceDbInstanceId ?? "a source not known yet";
  const to = plan.targetDbInstanceId ?? "a target not known yet";
  const isNothing = Object.keys(plan.names).length === 0 && plan.moreNames !== true;
  const what = Object.keys(plan.names).length > 0 ? listPairs(plan.names) : "databases not known yet";
  const more = plan.moreNames === true && Object.keys(plan.names).length > 0 ? " and more not known yet" : "";
  return [
    ...(isNothing ? [] : [`Copies ${what}${more} from ${from} to ${to}, as of ${momentIn(plan, set, now)}.`]),
    ...(kept ? keeping(kept, to) : []),
  ].join(" ");
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

function keeping({ adopts, claims, resumes }: Kept, instanceId: string): string[] {
  const claimed = [...claims.keys()];
  const isClaimed = (name: string) => claimed.some((one) => sameName(one, name));
  const continued = resumes.filter((name) => !isClaimed(name));
  const line = (names: readonly string[], what: string) =>
    names.length === 0
      ? []
      : [`${what} ${listPairs(Object.fromEntries(names.map((name) => [name, name])))} on ${instanceId}.`];
  return [
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

function ofWhen({ endTime }: BackupSet, now: number): string {
  const end = momentOf(endTime);
  return Number.isNaN(end) ? "" : ` of ${toUtcSeconds(end)} (${formatDuration(now - end)} old)`;
}

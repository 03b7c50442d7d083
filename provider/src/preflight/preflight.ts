import type { BackupSet, DatabaseFacts } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { backupFindings } from "./backupFindings";
import type { Facts } from "./facts";
import type { Finding } from "./finding";
import { gather } from "./gather";
import { instanceFindings } from "./instanceFindings";
import type { Known, Unanswered } from "./known";
import { pairFindings } from "./pairFindings";
import { notThereYet } from "./notThereYet";
import type { CopyPlan } from "./plan";
import { pointSet } from "./pointSet";
import { restoreTimeFindings } from "./restoreTimeFindings";
import { roomFindings } from "./roomFindings";
import { snapshotFindings } from "./snapshotFindings";
import { encryptionNotSupported, encryptionUnclear, sourceDatabaseFindings } from "./sourceDatabaseFindings";
import { tagFindings } from "./tagFindings";
import { uncheckedFindings } from "./unchecked";

export interface Preflight {
  readonly findings: readonly Finding[];
  /** The set that would be copied now, unless a moment was asked for or it is not known. */
  readonly set?: BackupSet | undefined;
  /** The backups of the source, if they were asked for and told. */
  readonly backups?: readonly BackupSet[] | undefined;
  /** The databases of the source, likewise. */
  readonly sourceDatabases?: readonly DatabaseFacts[] | undefined;
  /** Questions that were asked and not answered. */
  readonly unanswered: readonly Unanswered[];
}

/** Everything that the copy would run into, by read-only calls, all at once. Never rejects for a call that fails. */
export async function preflight(facts: Facts, clock: Clock, plan: CopyPlan): Promise<Preflight> {
  const known = await gather(facts, clock, plan);
  const { backups, sourceDatabases, unanswered } = known;
  const { choice } = plan;
  const set =
    choice && choice.kind !== "time"
      ? backups && pointSet(choice, backups, Object.keys(plan.names))
      : undefined;
  return { findings: findingsOf(known), set, backups, sourceDatabases, unanswered };
}

/** Only the guard: whether the target carries the required tags. */
export async function checkGuard(
  facts: Facts,
  clock: Clock,
  { targetDbInstanceId, requireTargetTags }: CopyPlan,
): Promise<Preflight> {
  if (requireTargetTags === undefined) return { findings: [], unanswered: [] };
  const bare = { names: {}, dropped: [], targetDatabases: [] };
  const known = await gather(facts, clock, { ...bare, targetDbInstanceId, requireTargetTags });
  return { findings: [...tagFindings(known), ...uncheckedFindings(known)], unanswered: known.unanswered };
}

/** The guard is for those who must never fill the wrong instance: it is not loosened by "warn" and "off". */
export function isGuard({ code }: Finding): boolean {
  return code === "target-tags-missing" || code === "target-tags-unknown";
}

function findingsOf(known: Known): readonly Finding[] {
  if (!known.copies)
    return [...instanceFindings(known, "target"), ...tagFindings(known), ...uncheckedFindings(known)];
  return [
    ...instanceFindings(known, "source"),
    ...instanceFindings(known, "target"),
    ...pairFindings(known),
    ...tagFindings(known),
    ...sourceDatabaseFindings(known),
    ...roomFindings(known),
    ...backupFindings(known),
    ...snapshotFindings(known),
    ...restoreTimeFindings(known),
    ...encryptionUnclear(known),
    ...encryptionNotSupported(known),
    ...uncheckedFindings(known),
  ].map((finding) => notThereYet(known, finding));
}

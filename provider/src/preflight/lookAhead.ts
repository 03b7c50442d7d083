import { withName, type DatabaseNames } from "../copy/databaseNames";
import { backupPoint, usableBackups, type RestorePoint, type RestorePointChoice } from "../copy/restorePoint";
import { RdsFailure } from "../rds/failure";
import type { Clock } from "../time/clock";
import type { Facts } from "./facts";
import { findingText, isBlocking } from "./finding";
import type { CopyPlan } from "./plan";
import { checkGuard, isGuard, preflight, type Preflight } from "./preflight";

/** A copy that is about to be requested, or a drop that it will follow. */
export interface LookAhead {
  /** Before a drop every question needs an answer; before a copy alone only what the copy cannot be requested without. */
  readonly before: "copy" | "drop";
  readonly mode: "enforce" | "warn" | "off";
  readonly plan: CopyPlan & { readonly sourceDbInstanceId: string; readonly choice: RestorePointChoice };
  /** Restore points that the resource holds: without a pin, one that can still be restored goes before the latest. */
  readonly held: readonly RestorePoint[];
}

export type AheadAnswer =
  /** The restore points that hold these databases and can be restored, newest first; with a pin only that one. */
  | {
      readonly state: "free";
      readonly points: readonly RestorePoint[];
      /** Source names that the service spells otherwise: as declared, and as the service does. */
      readonly spelled?: DatabaseNames;
    }
  | { readonly state: "refused"; readonly reasons: readonly string[] }
  /** Something that the copy depends on was not answered. */
  | { readonly state: "unknown"; readonly reasons: readonly string[] };

/**
 * Asks what can refuse a copy. Under "enforce" what is known to stop it does. Before a drop, "warn" stops as well, and so
 * does a question without an answer: only "off" is the user's word to drop without looking.
 */
export async function lookAhead(ahead: LookAhead, facts: Facts, clock: Clock): Promise<AheadAnswer> {
  const { before, mode, plan } = ahead;
  const isStrict = mode === "enforce" || (before === "drop" && mode === "warn");
  const choice = await choiceWith(ahead.held, plan, facts);
  const seen = isStrict
    ? await preflight(facts, clock, { ...plan, choice })
    : await checkGuard(facts, clock, plan);
  const stops = seen.findings.filter((finding) => isGuard(finding) || (isStrict && isBlocking(finding)));
  if (stops.length > 0) return { state: "refused", reasons: stops.map(findingText) };
  if (before === "drop" && isStrict && seen.unanswered.length > 0)
    return {
      state: "unknown",
      reasons: seen.findings.filter(({ code }) => code === "not-checked").map(findingText),
    };
  const points = await pointsFor(choice, ahead, seen, facts);
  return { state: "free", points, spelled: spellings(plan.names, seen.sourceDatabases) };
}

/** Without a pin: the newest of the points that are held, if its set is still usable; a later one would mix moments. */
export async function choiceWith(
  held: readonly RestorePoint[],
  { choice, names, sourceDbInstanceId: instanceId }: LookAhead["plan"],
  facts: Facts,
): Promise<RestorePointChoice> {
  const ids = held.flatMap((point) => (point.kind === "backup" ? [point.backupId.toLowerCase()] : []));
  if (choice.kind !== "latest" || ids.length === 0) return choice;
  const usable = usableBackups(await facts.backups(instanceId), Object.keys(names));
  const set = usable.find(({ backupId }) => ids.includes(backupId.toLowerCase()));
  return set ? { kind: "backup", backupId: set.backupId } : choice;
}

async function pointsFor(
  choice: RestorePointChoice,
  { mode, plan: { names, sourceDbInstanceId: instanceId } }: LookAhead,
  { backups }: Preflight,
  facts: Facts,
): Promise<readonly RestorePoint[]> {
  switch (choice.kind) {
    case "time":
      return [choice];
    case "backup": {
      // A pin needs no answer: "off" is the user's word to copy without looking.
      const unanswered = (error: unknown) => {
        if (mode === "off" && error instanceof RdsFailure) return [];
        throw error;
      };
      const sets = backups ?? (await facts.backups(instanceId, choice.backupId).catch(unanswered));
      const set = sets.find(({ backupId }) => backupId === choice.backupId);
      return [set ? backupPoint(set) : choice];
    }
    case "latest":
      return usableBackups(backups ?? (await facts.backups(instanceId)), Object.keys(names)).map(backupPoint);
  }
}

function spellings(names: DatabaseNames, listed: Preflight["sourceDatabases"] = []): DatabaseNames {
  return Object.fromEntries(
    Object.keys(names).flatMap((name) => {
      const found = withName(listed, name)?.name ?? name;
      return found === name ? [] : [[name, found]];
    }),
  );
}

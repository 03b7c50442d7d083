import type { DatabaseFacts } from "../rds/rdsApi";
import { sameName, withName, type DatabaseNames } from "../copy/databaseNames";
import { markPrefix, receiptKey } from "../copy/marks";
import type { CopyPlan } from "./plan";

/**
 * Whether a database on the target may be one that a run of this resource made and could not record: it
 * carries the resource's mark, or the instance its receipt. The copy itself decides what becomes of it.
 */
export function maybeOwn(
  { urn }: CopyPlan,
  database: DatabaseFacts,
  targetTags: Readonly<Record<string, string>> | undefined,
): boolean {
  if (urn === undefined) return false;
  return database.description.startsWith(markPrefix(urn)) || targetTags?.[receiptKey(urn)] !== undefined;
}

/** Whether a receipt would make a difference. */
export function hasUnclearNames(plan: CopyPlan, listed: readonly DatabaseFacts[] | undefined): boolean {
  if (plan.urn === undefined || plan.adoptExisting) return false;
  return takenNames(plan, listed).some(({ database }) => !maybeOwn(plan, database, undefined));
}

/** The names that are taken on the target, other than by what this resource will have dropped by then. */
export function takenNames(plan: CopyPlan, listed: readonly DatabaseFacts[] | undefined) {
  return Object.entries(plan.names).flatMap(([source, target]) => {
    if (plan.ownNames.some((own) => sameName(own, target))) return [];
    const database = withName(listed ?? [], target);
    return database ? [{ source, database }] : [];
  });
}

/** The names without those that are taken over or resumed: nothing is copied for them. */
export function namesToCopy(
  plan: CopyPlan,
  listed: readonly DatabaseFacts[] | undefined,
  targetTags: Readonly<Record<string, string>> | undefined,
): DatabaseNames {
  const there = takenNames(plan, listed)
    .filter(({ database }) => plan.adoptExisting || maybeOwn(plan, database, targetTags))
    .map(({ source }) => source);
  return Object.fromEntries(Object.entries(plan.names).filter(([source]) => !there.includes(source)));
}

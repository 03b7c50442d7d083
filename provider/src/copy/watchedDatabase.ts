import type { DatabaseFacts, TaskFacts } from "../rds/rdsApi";
import { sameName } from "./databaseNames";

/** What is known of one database that is being filled. */
export interface WatchedDatabase {
  readonly targetName: string;
  /** Its status when last seen; `Missing` if it was there and is no more, `Requested` if it never was. */
  readonly status: string;
  /** Name as the service spells it, once seen. */
  readonly spelling?: string;
  readonly percent?: number;
}

export function neverSeen(targetName: string): WatchedDatabase {
  return { targetName, status: "Requested" };
}

/** The database as a look shows it. Tasks of a copy only add a percentage. */
export function seen(
  { targetName, status }: WatchedDatabase,
  listed: readonly DatabaseFacts[],
  tasks: readonly TaskFacts[],
): WatchedDatabase {
  const found = listed.find(({ name }) => sameName(name, targetName));
  if (!found) return { targetName, status: status === "Requested" ? "Requested" : "Missing" };
  const task =
    tasks.find(({ database }) => sameName(database, targetName)) ??
    tasks.find(({ database }) => database === "");
  const percent = isRunning(found) ? undefined : task?.percent;
  return {
    targetName,
    spelling: found.name,
    status: found.status,
    ...(percent === undefined ? {} : { percent }),
  };
}

export function isRunning({ status }: { readonly status: string }): boolean {
  return status === "Running";
}

/** Whether nothing is known to be under way: any status that is not known means "not yet". */
export function isAtRest({ status }: WatchedDatabase): boolean {
  return status === "Running" || status === "Missing" || status === "Requested";
}

/** For sentences: "Creating", "not seen yet", "of unknown status". */
export function statusText({ status }: WatchedDatabase): string {
  if (status === "Requested") return "not seen yet";
  return status || "of unknown status";
}

import type { DatabaseFacts, TaskFacts } from "../rds/rdsApi";
import { sameName, withName } from "./databaseNames";

/** What is known of one database that is being filled. */
export interface WatchedDatabase {
  readonly targetName: string;
  /** Its status when last seen; `Missing` if it was there and is no more, `Requested` if it never was. */
  readonly status: string;
  /** Name as the service spells it, once seen. */
  readonly spelling?: string;
  /** How many looks in a row have not shown it since it was there. */
  readonly absentLooks?: number;
  /** One of its name is there again, and nothing says that it is the same. */
  readonly isReplaced?: true;
  readonly percent?: number;
}

export function neverSeen(targetName: string): WatchedDatabase {
  return { targetName, status: "Requested" };
}

/**
 * Whether a database carries the mark that was put on the watched one of its name; `undefined` if none was. A name is
 * no identity: what was gone may come back as somebody else's.
 */
export type CarriesItsMark = (database: DatabaseFacts) => boolean | undefined;

/** The database as a look shows it. Tasks of a copy only add a percentage. */
export function seen(
  before: WatchedDatabase,
  listed: readonly DatabaseFacts[],
  tasks: readonly TaskFacts[],
  carriesItsMark: CarriesItsMark = () => undefined,
): WatchedDatabase {
  const { targetName, status, absentLooks = 0 } = before;
  const found = withName(listed, targetName);
  if (!found) {
    if (status === "Requested") return { targetName, status };
    return { targetName, status: "Missing", absentLooks: absentLooks + 1 };
  }
  const isMarked = carriesItsMark(found);
  // Marked by an earlier run, it was there when this one began, and may have gone before the first look.
  const isReplaced =
    (status === "Requested" && isMarked === false) ||
    (status === "Missing" && !(isMarked ?? absentLooks < goneAfterLooks));
  if (isReplaced) return { targetName, status: "Missing", absentLooks: goneAfterLooks, isReplaced };
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

/** A single look may miss a database: a list comes incomplete now and then. */
export function isGone({ status, absentLooks = 0 }: WatchedDatabase): boolean {
  return status === "Missing" && absentLooks >= goneAfterLooks;
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

const goneAfterLooks = 2;

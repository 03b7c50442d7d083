import { entryOf, nameKey } from "../copy/databaseNames";
import type { RestorePoint } from "../copy/restorePoint";
import type { Id } from "./mark";

/** What the state says of one database of the resource. */
export type DatabaseRecord = CopiedRecord | AdoptedRecord;

interface Displayed {
  /** The name as the service spells it. */
  readonly target: string;
  /**
   * What people see, as last looked: a status of the service (`Running`, `Creating`), or `Requested`, `Missing`,
   * `Foreign`. No verdict reads it.
   */
  readonly status?: string;
}

export interface CopiedRecord extends Displayed {
  /** `filling` until it was seen running with its mark. */
  readonly phase: "filling" | "filled";
  /** The copy call that filled it. */
  readonly id: Id;
  readonly point: RestorePoint;
  /** Name of the database on the source. Missing where it is not known: a claimed database. */
  readonly source?: string;
  /**
   * The source key of the intent that it was resumed from, where the program now copies from another source: the next
   * update replaces it, as with another restore point.
   */
  readonly otherSource?: string;
  /** When its copy was requested, UTC seconds. Missing for a claimed database. */
  readonly askedAt?: string;
  /** Request id of the copy. Missing where the answer was lost. */
  readonly requestId?: string;
  /** When it was first seen running with its mark, UTC seconds. For display. */
  readonly copiedAt?: string;
  /** Copied with `ownershipMarks: false`, or imported, and not marked since: the record alone tells that it is ours. */
  readonly unmarked?: true;
  /** The id in the mark of a claimed database, until its new mark is written. */
  readonly from?: Id;
}

/** Never overwritten, never dropped. */
export interface AdoptedRecord extends Displayed {
  readonly phase: "adopted";
}

/** By target name as declared. */
export type Records = Readonly<Record<string, DatabaseRecord>>;

/** The copy call that filled it; an adopted one was filled by none. */
export function idOf(record: DatabaseRecord): Id | undefined {
  return record.phase === "adopted" ? undefined : record.id;
}

/**
 * Whether a database of this name, as it is listed, can be the recorded one: where names are told apart by case, another
 * spelling is another database.
 */
export function isSpelledAs(record: DatabaseRecord, listed: string): boolean {
  return record.phase !== "filled" || record.target === listed;
}

/** The same record, once its own mark was seen on a running database: from then on the mark decides. */
export function seenMarked({ unmarked: _, ...record }: CopiedRecord): CopiedRecord {
  return record;
}

/** What is recorded of a database, by its target name in any spelling. */
export function recordOf(records: Records, target: string): DatabaseRecord | undefined {
  const key = nameKey(target);
  return entryOf(records, target) ?? Object.entries(records).find(([name]) => nameKey(name) === key)?.[1];
}

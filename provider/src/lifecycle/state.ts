import { sameName } from "../copy/databaseNames";
import type { RestorePoint } from "../copy/restorePoint";
import type { CopyInputs } from "./inputs";

/** One database of the resource, as the outputs record it. */
export interface DatabaseState {
  readonly sourceName: string;
  /** Name as the service spells it. */
  readonly targetName: string;
  /**
   * `Running` is the one good status. Of the service: Creating, Deleting, Cold and what it may add. Ours:
   * `Requested` (accepted, not seen yet), `Missing` (was there, is no more), `Foreign` (somebody dropped
   * it and made another one of its name).
   */
  readonly status: string;
  /** Only what was copied is ever dropped. */
  readonly origin: "copied" | "adopted";
  /** Missing for an adopted database: where its data came from is not known. */
  readonly restorePoint?: RestorePoint;
  /** Request id of the copy that filled it. */
  readonly requestId?: string;
  /** When its copy was asked for, UTC seconds: tasks that began before are not its own. */
  readonly askedAt?: string;
  /** Where the answer was lost: until when it may have been accepted. A task that began later is not its own either. */
  readonly askedUntil?: string;
  /** When it was first seen running, UTC seconds. */
  readonly copiedAt?: string;
  /** The description that was put on it to tell it from another database of its name. */
  readonly mark?: string;
}

/** The outputs: all inputs in their normal form, and what was done. */
export interface CopyState extends CopyInputs {
  /** Source name to the name on the target, as the service spells it. */
  readonly names: Readonly<Record<string, string>>;
  /** By target name as declared. Holds names that are still to be dropped, too. */
  readonly databases: Readonly<Record<string, DatabaseState>>;
  /** The restore point of the newest fill. */
  readonly restorePoint?: RestorePoint;
  /** Changes whenever a database of the resource is filled, and never otherwise. */
  readonly dataVersion: string;
  /** Request id of the newest copy. */
  readonly requestId?: string;
  /** The target's own region. */
  readonly region: string;
  /** The region that the copy was asked for in, where that is another one: some hosts answer for many. */
  readonly askedRegion?: string;
  readonly startedAt: string;
  /** Missing while something is unfinished. */
  readonly completedAt?: string;
}

/** Nothing is ever copied over a foreign database, so it is not unfinished business. */
export function isUnfinished({ status }: DatabaseState): boolean {
  return status !== "Running" && status !== "Foreign";
}

/** Whether it was never known that its copy was accepted: the answer was lost, and nothing was seen since. */
export function isOpen({ status, requestId }: DatabaseState): boolean {
  return status === "Requested" && requestId === undefined;
}

/**
 * Whether a run has seen it to its end, or marked it. A refresh that sees a database of its name running does not say
 * who made it.
 */
export function isSettled({ origin, mark, copiedAt }: DatabaseState): boolean {
  return origin === "adopted" || mark !== undefined || copiedAt !== undefined;
}

/** What is recorded of where a resource is, and stays with it. */
export function placeOf({ region, askedRegion }: Pick<CopyState, "region" | "askedRegion">) {
  return { region, ...(askedRegion === undefined ? {} : { askedRegion }) };
}

/** What is recorded of a database, by its target name. */
export function recordOf(
  { databases }: Pick<CopyState, "databases">,
  target: string,
): DatabaseState | undefined {
  return Object.entries(databases).find(([name]) => sameName(name, target))?.[1];
}

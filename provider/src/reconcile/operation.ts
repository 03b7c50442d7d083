import type { DatabaseNames } from "../copy/databaseNames";
import type { RestorePoint, RestorePointChoice } from "../copy/restorePoint";
import type { CopySource } from "../ownership/intent";
import type { Id, Owner } from "../ownership/mark";
import type { Records } from "../ownership/record";
import type { Rules } from "../ownership/rules";
import type { Saying } from "../ownership/sayings";

/** What is known before an operation looks at the cloud. */
export interface Context {
  /** All on, except in the exhaustive search. */
  readonly rules: Rules;
  /** `ownershipMarks`: marks and tags are read. */
  readonly marksOn: boolean;
  /**
   * The owner of this resource by its URN (create, update, preview of both); for delete, the first half of a replacement
   * and refresh, the one that the state names.
   */
  readonly own: Owner;
  /** What the state records. A create starts with none. */
  readonly records: Records;
  /** The restore point that the state keeps beside the records. */
  readonly restorePoint?: RestorePoint | undefined;
  /** From where the declared names are copied; for delete and refresh, what the state says. */
  readonly source: CopySource;
  /** The target names of the last program, as far as the state tells: what its copies held, and what may be left over. */
  readonly declared?: readonly string[];
}

/** What the program wants. `delete` wants no names. */
export interface Wanted {
  /** Source name to target name. */
  readonly names: DatabaseNames;
  readonly choice: RestorePointChoice;
  readonly claim: readonly Id[];
  /** `adoptExisting`. */
  readonly adopt: boolean;
  /** `retainOnDelete`: an undeclared database is marked, forgotten and left. */
  readonly retain: boolean;
  /** `ownershipMarks`: what is copied gets an intent and a mark. */
  readonly marksOn: boolean;
}

/** How create and update end. */
export type ReconcileEnd =
  /** `restorePoint`: of the newest fill; missing if nothing was filled. */
  | {
      readonly end: "done";
      readonly records: Records;
      readonly restorePoint?: RestorePoint | undefined;
      readonly requestId?: string | undefined;
    }
  /** The records are to be saved, and the run fails with the reasons: the next one continues. */
  | {
      readonly end: "unfinished";
      readonly reasons: readonly Saying[];
      readonly records: Records;
      readonly restorePoint?: RestorePoint | undefined;
      readonly requestId?: string | undefined;
    }
  /** Nothing was changed, and the state stays as it was. */
  | { readonly end: "refused"; readonly reasons: readonly Saying[] };

/** How a delete ends, or the first half of a replacement. */
export type DestroyEnd =
  | { readonly end: "gone" }
  /** Nothing was changed. */
  | { readonly end: "refused"; readonly reasons: readonly Saying[] }
  /** Some may be dropped already; the state stays, and the next run looks anew. */
  | { readonly end: "failed"; readonly reasons: readonly Saying[] };

/** How a refresh ends. The restore point that the state keeps beside the records stays. */
export type RefreshEnd =
  | { readonly end: "seen"; readonly records: Records }
  /** The databases could not be listed: the state stays as it was. */
  | { readonly end: "refused"; readonly reasons: readonly Saying[] }
  /** The instance does not exist: the resource goes. */
  | { readonly end: "gone" };

/** What the run would do, as far as ownership decides it. */
export type PreviewEnd =
  | {
      readonly end: "fine";
      /** Target names that would be copied. */
      readonly copies: readonly string[];
      /** Recorded databases of ours that would be dropped. */
      readonly drops: readonly string[];
      /** The same under `retainOnDelete`: left, and forgotten. */
      readonly retains: readonly string[];
      readonly adopts: readonly string[];
      /** By target name: the restore point of what the program claims. */
      readonly claims: ReadonlyMap<string, RestorePoint>;
      /** Databases of an interrupted run that would be continued. */
      readonly resumes: readonly string[];
      /** The restore points that the resource holds and will continue: what is missing comes from there. */
      readonly held: readonly RestorePoint[];
      readonly warnings: readonly Saying[];
    }
  /** The run would refuse, for the same reasons. */
  | { readonly end: "refused"; readonly reasons: readonly Saying[] }
  /** A question had no answer in the time of a preview. */
  | { readonly end: "unknown"; readonly reason: string };

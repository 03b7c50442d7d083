import type { DatabaseFacts } from "../rds/rdsApi";
import type { DatabaseNames } from "../copy/databaseNames";
import type { RestorePointChoice } from "../copy/restorePoint";

/** What is known of a copy before it starts. What is not known yet is left out, and so is its check. */
export interface CopyPlan {
  readonly sourceDbInstanceId?: string | undefined;
  readonly targetDbInstanceId?: string | undefined;
  readonly names: DatabaseNames;
  /** There are names besides those that are known by now. */
  readonly moreNames?: boolean;
  readonly choice?: RestorePointChoice | undefined;
  readonly maxBackupAge?: string | undefined;
  /** Taken names are taken over instead. */
  readonly adoptExisting: boolean;
  /** Names on the target that this resource will have dropped by then. */
  readonly ownNames: readonly string[];
  readonly requireTargetTags?: Readonly<Record<string, string>> | undefined;
  /** Whose marks and receipts count as the resource's own; none do if it is left out. */
  readonly urn?: string | undefined;
  /** The databases of the target, for a caller that has just listed them. */
  readonly targetDatabases?: readonly DatabaseFacts[] | undefined;
}

import type { DatabaseNames } from "../copy/databaseNames";
import type { RestorePointChoice } from "../copy/restorePoint";
import type { DatabaseFacts } from "../rds/rdsApi";

/** What is known of a copy before it starts. What is not known yet is left out, and so is its check. */
export interface CopyPlan {
  readonly sourceDbInstanceId?: string | undefined;
  readonly targetDbInstanceId?: string | undefined;
  /** The databases that will be copied: not those that are adopted, resumed or kept. */
  readonly names: DatabaseNames;
  /** There are names besides those that are known by now. */
  readonly moreNames?: boolean;
  readonly choice?: RestorePointChoice | undefined;
  /** Whether accounts and their rights are copied as well. */
  readonly syncUserPrivilege?: boolean | undefined;
  readonly maxBackupAge?: string | undefined;
  /** Names on the target that this resource will have dropped by then. */
  readonly dropped: readonly string[];
  readonly requireTargetTags?: Readonly<Record<string, string>> | undefined;
  /** Others of the resource are there: only the missing ones are copied. */
  readonly isRepair?: boolean;
  /** Which other resource of the program fills a database of the source in the same run: source name to its URN. */
  readonly filledBy?: Readonly<Record<string, string>>;
  /** The databases of the target, for a caller that has just listed them. */
  readonly targetDatabases?: readonly DatabaseFacts[] | undefined;
}

import type { RdsAction } from "../rds/permissions";
import type { RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { previewBudgetMs, shortPatience } from "./patience";

/** The same calls, but all reads together give up when nothing was answered for so long. */
export function briefReads(rds: RdsApi, clock: Clock, budgetMs: number = previewBudgetMs): RdsApi {
  const patience = shortPatience(clock, budgetMs, rds.waitsFor);
  const brief =
    <Args extends readonly unknown[], T>(action: RdsAction, read: (...args: Args) => Promise<T>) =>
    (...args: Args) =>
      patience.hear(action, () => read(...args));
  return {
    ...rds,
    describeInstance: brief("DescribeDBInstanceAttribute", rds.describeInstance),
    describeDatabases: brief("DescribeDatabases", rds.describeDatabases),
    describeBackups: brief("DescribeBackups", rds.describeBackups),
    describeBackupPolicy: brief("DescribeBackupPolicy", rds.describeBackupPolicy),
    describeLogBackups: brief("DescribeLogBackupFiles", rds.describeLogBackups),
  };
}

import { RdsFailure } from "../../rds/failure";
import type { RdsApi } from "../../rds/rdsApi";
import type { Clock } from "../../time/clock";
import type { DatabaseNames } from "../databaseNames";
import type { RestorePointChoice } from "../restorePoint";
import { backupFindings } from "./backupFindings";
import type { Finding } from "./finding";
import { targetNameFindings } from "./targetNameFindings";

/** What is known of a copy before it starts. What is not known yet is left out, and so is its check. */
export interface CopyPlanFacts {
  readonly sourceDbInstanceId?: string | undefined;
  readonly targetDbInstanceId?: string | undefined;
  readonly names?: DatabaseNames | undefined;
  readonly choice?: RestorePointChoice | undefined;
  readonly maxBackupAge?: string | undefined;
  /** Taken names are taken over instead. */
  readonly adoptExisting: boolean;
  /** Names on the target that this resource will have dropped by then. */
  readonly ownNames: readonly string[];
}

/** Everything that the copy would run into, by read-only calls. A call that fails becomes an `unchecked` finding. */
export async function preflight(
  rds: Pick<RdsApi, "describeDatabases" | "describeBackups">,
  clock: Clock,
  plan: CopyPlanFacts,
): Promise<readonly Finding[]> {
  const checks = [
    unlessUnanswered("dbNames", "whether the target names are free", targetNameFindings(rds, plan)),
    unlessUnanswered("backupId", "whether the backup can be used", backupFindings(rds, clock, plan)),
  ];
  return (await Promise.all(checks)).flat();
}

async function unlessUnanswered(
  property: string,
  what: string,
  findings: Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await findings;
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    return [
      {
        severity: "unchecked",
        code: "not-checked",
        property,
        text: `It was not checked ${what}: ${error.message} The call needs the permission rds:${error.action}.`,
      },
    ];
  }
}

import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionOverrides } from "../rds/connection";
import type { AsInputs } from "./askWhenKnown";
import { askWhenKnown } from "./askWhenKnown";
import { mockedAnswer } from "./mockedAnswer";
import { refuseOutputs } from "./refuseOutputs";

/** Which backups are asked for. Every filter narrows; without one, all that are kept. */
export interface GetBackupsArgs {
  /** Id of the instance (`DBInstanceId` of the API). */
  readonly dbInstanceId: string;
  /** Only backups that began at this moment or later, RFC 3339 with a zone. */
  readonly from?: string;
  /** Only backups that began at this moment or earlier, RFC 3339 with a zone. */
  readonly until?: string;
  readonly status?: "Success" | "Failed";
  readonly type?: "FullBackup" | "IncrementalBackup";
  readonly mode?: "Automated" | "Manual";
  /** Only backups that hold this database. Where the service does not tell what a backup holds, it counts. */
  readonly database?: string;
  /** Where to ask, if not where the stack's `alicloud:` configuration says. */
  readonly connection?: ConnectionOverrides;
}

/** One backup set. */
export interface Backup {
  readonly backupId: string;
  /** `Success` and `Failed` are documented; one that is being made has another. */
  readonly status: string;
  readonly type: string;
  readonly mode: string;
  /** Physical, Snapshot or Logical. */
  readonly method: string;
  /** As the service spells them, UTC. */
  readonly startTime: string;
  readonly endTime: string;
  /** Whether a copy can be made from it: successful, full and available. */
  readonly usable: boolean;
  /** Names of the databases inside; empty when the service does not tell. */
  readonly databases: readonly string[];
  readonly sizeBytes?: number;
}

export interface GetBackupsResult {
  readonly dbInstanceId: string;
  readonly region: string;
  /** Newest first. */
  readonly backups: readonly Backup[];
  /** The newest one that a copy can be made from. */
  readonly latest?: Backup;
}

/**
 * The backups of an instance, all pages, newest first. Asked when the program runs, in a preview too.
 *
 * @throws RunError with a sentence, if the cloud could not be asked
 */
export async function getBackups(args: GetBackupsArgs): Promise<GetBackupsResult> {
  refuseOutputs("getBackups", args);
  const mocked = await mockedAnswer("alicloud-rds-copy:index:getBackups", args);
  if (mocked) return { dbInstanceId: args.dbInstanceId, region: "", backups: [], ...mocked };
  // Loaded by the first question: a program that asks none pays nothing.
  const { askBackups } = await import("./askBackups.js");
  return askBackups(args);
}

/** `getBackups` for inputs that may not be known yet. */
export function getBackupsOutput(args: AsInputs<GetBackupsArgs>): pulumi.Output<GetBackupsResult> {
  return askWhenKnown(args, getBackups);
}

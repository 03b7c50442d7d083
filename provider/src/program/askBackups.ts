import { sameName } from "../copy/databaseNames";
import { noInstance } from "../rds/nextStep";
import { lacking, usableBackups } from "../copy/restorePoint";
import type { BackupSet } from "../rds/rdsApi";
import { whenNotFound } from "../rds/failure";
import { momentOf, readMoment } from "../time/moment";
import type { ConnectionOverrides } from "../rds/connection";
import { askFromProgram, UnansweredQuestion } from "./programCloud";

/** Which backups are asked for. Every filter narrows; without one, all that are kept. */
export interface GetBackupsArgs {
  /** Id of the instance (`DBInstanceId`). */
  readonly dbInstanceId: string;
  /**
   * Only backups that began at this time or later, RFC 3339 with a zone.
   *
   * @defaultValue no limit
   */
  readonly from?: string | undefined;
  /**
   * Only backups that began at this time or earlier, RFC 3339 with a zone.
   *
   * @defaultValue no limit
   */
  readonly until?: string | undefined;
  /**
   * Only backups of this status (`BackupStatus`).
   *
   * @defaultValue every status
   */
  readonly status?: "Success" | "Failed" | undefined;
  /**
   * Only backups of this type (`BackupType`).
   *
   * @defaultValue both
   */
  readonly type?: "FullBackup" | "IncrementalBackup" | undefined;
  /**
   * Only backups that a schedule or a person began (`BackupMode`).
   *
   * @defaultValue both
   */
  readonly mode?: "Automated" | "Manual" | undefined;
  /**
   * Only backups that hold this database. Where the service does not say what a backup holds, it counts.
   *
   * @defaultValue every backup
   */
  readonly database?: string | undefined;
  /** Where and as whom to ask, where that is not what the stack's `alicloud:` configuration says. */
  readonly connection?: ConnectionOverrides | undefined;
}

/** One backup set. */
export interface Backup {
  /** Its id (`BackupId`): what the input `backupId` of a copy takes. */
  readonly backupId: string;
  /** `Success` and `Failed` are documented (`BackupStatus`); one that is being made has another. */
  readonly status: string;
  /** `FullBackup` or `IncrementalBackup` (`BackupType`). */
  readonly type: string;
  /** `Automated` or `Manual` (`BackupMode`); empty if the service does not say. */
  readonly mode: string;
  /** `Physical`, `Snapshot` or `Logical` (`BackupMethod`). */
  readonly method: string;
  /** When it began, as the service spells it, UTC (`BackupStartTime`). */
  readonly startTime: string;
  /** When it ended, as the service spells it, UTC (`BackupEndTime`). The data is as of this time. */
  readonly endTime: string;
  /** Whether a copy can be made from it: successful, full and available. */
  readonly usable: boolean;
  /** Names of the databases inside; empty if the service does not say. */
  readonly databases: readonly string[];
  /** Size of the set as it is stored, in bytes (`BackupSize`); missing if the service does not say. */
  readonly sizeBytes?: number;
}

/** The answer of `getBackups`. */
export interface GetBackupsResult {
  /** Id of the instance that was asked for. */
  readonly dbInstanceId: string;
  /** The region of the call. */
  readonly region: string;
  /** The backups, newest first. */
  readonly backups: readonly Backup[];
  /** The newest one that a copy can be made from; missing if there is none. */
  readonly latest?: Backup;
}

/** Asks for the backups and sorts them. */
export function askBackups(args: GetBackupsArgs): Promise<GetBackupsResult> {
  const { dbInstanceId: instanceId, status, type, mode, database, connection } = args;
  return askFromProgram(`getBackups of ${instanceId}`, connection, async (rds) => {
    const since = dateOf("from", args.from);
    const until = dateOf("until", args.until);
    const sets = await rds
      .describeBackups({
        instanceId,
        ...(since && { since }),
        ...(until && { until }),
        ...(status && { status }),
        ...(type && { type }),
        ...(mode && { mode }),
      })
      .catch(whenNotFound);
    if (!sets) throw new UnansweredQuestion(noInstance(instanceId, rds));
    const found = sets.filter(
      (set) => isWithin(set, since, until) && (database === undefined || mayHold(set, database)),
    );
    return result(instanceId, rds.region, found, database);
  });
}

function result(
  dbInstanceId: string,
  region: string,
  found: readonly BackupSet[],
  database: string | undefined,
): GetBackupsResult {
  const usable = usableBackups(found, database === undefined ? [] : [database]);
  const backups = [...found]
    .sort((left, right) => (momentOf(right.startTime) || 0) - (momentOf(left.startTime) || 0))
    .map((set) => backupOf(set, usable.includes(set)));
  const latest = usable[0] && backupOf(usable[0], true);
  return { dbInstanceId, region, backups, ...(latest && { latest }) };
}

function backupOf(set: BackupSet, usable: boolean): Backup {
  const { backupId, status, type, mode = "", method, startTime, endTime, databases, sizeBytes } = set;
  return {
    backupId,
    status,
    type,
    mode,
    method,
    startTime,
    endTime,
    usable,
    databases,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  };
}

/** The service cuts times to the minute, so the seconds are looked at here. */
function isWithin({ startTime }: BackupSet, since: Date | undefined, until: Date | undefined): boolean {
  const began = momentOf(startTime);
  return !(since && began < since.getTime()) && !(until && began > until.getTime());
}

function mayHold(set: BackupSet, database: string): boolean {
  return set.databases.some((held) => sameName(held, database)) || lacking(set, [database]).length === 0;
}

function dateOf(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const reading = readMoment(text);
  if (reading.state === "moment") return new Date(momentOf(reading.utc));
  throw new UnansweredQuestion(
    `"${name}" is ${JSON.stringify(text)}; write a time with its zone, such as "2026-03-01T02:00:00Z".`,
  );
}

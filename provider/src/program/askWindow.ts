import { askRestorableTime, type RestorableFacts } from "../copy/askRestorableTime";
import { noInstance } from "../rds/nextStep";
import type { ConnectionOverrides } from "../rds/connection";
import type { RestorableStretch } from "../copy/restorableWindow";
import { askFromProgram, UnansweredQuestion } from "./programCloud";

/** Which window is asked for. */
export interface GetRestorableWindowArgs {
  /** Id of the instance (`DBInstanceId`). */
  readonly dbInstanceId: string;
  /**
   * Count only full backups that hold this database.
   *
   * @defaultValue every full backup counts
   */
  readonly database?: string | undefined;
  /** Where and as whom to ask, where that is not what the stack's `alicloud:` configuration says. */
  readonly connection?: ConnectionOverrides | undefined;
}

/** A stretch of time, RFC 3339, UTC, in seconds. */
export interface TimeSpan {
  /** Its beginning. */
  readonly from: string;
  /** Its end. */
  readonly to: string;
}

/** To which points in time an instance can be restored. All times are RFC 3339, UTC, in seconds. */
export interface RestorableWindow {
  /** Id of the instance that was asked for. */
  readonly dbInstanceId: string;
  /** The region of the call. */
  readonly region: string;
  /** The earliest time that is safe to ask for; missing if there is none at all. */
  readonly earliest?: string;
  /** The latest time that is safe to ask for; missing if there is none at all. Between the two there may be holes. */
  readonly latest?: string;
  /** Stretches without a hole, oldest first, each with the full backup that it rests on. */
  readonly windows: readonly RestorableStretch[];
  /** What lies between and after them, up to the last log backup, and cannot be restored. */
  readonly holes: readonly TimeSpan[];
  /** What this rests on, in sentences: the facts that were found, and what is inferred from them. */
  readonly restsOn: string;
}

/** Asks for what the window rests on, and puts it into sentences. */
export function askWindow(args: GetRestorableWindowArgs): Promise<RestorableWindow> {
  const { dbInstanceId, database, connection } = args;
  return askFromProgram(`getRestorableWindow of ${dbInstanceId}`, connection, async (rds, clock) => {
    const facts = await askRestorableTime(rds, clock, dbInstanceId, database === undefined ? [] : [database]);
    if (!facts) throw new UnansweredQuestion(noInstance(dbInstanceId, rds));
    if (facts.engine !== "SQLServer") {
      throw new UnansweredQuestion(
        `${dbInstanceId} is a ${facts.engine} instance; the rule is known for SQL Server alone.`,
      );
    }
    return windowOf(facts, rds.region);
  });
}

function windowOf(facts: RestorableFacts, region: string): RestorableWindow {
  const { instanceId, stretches } = facts;
  const earliest = stretches[0]?.from;
  const latest = stretches.at(-1)?.to;
  return {
    dbInstanceId: instanceId,
    region,
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
    windows: stretches,
    holes: facts.holes,
    restsOn: restsOn(facts),
  };
}

function restsOn({
  fullBackups,
  logBackups,
  logIntervalMinutes,
  recoveryModel,
  stretches,
}: RestorableFacts): string {
  const model = recoveryModel === undefined ? "not told" : recoveryModel;
  const interval = logIntervalMinutes === undefined ? "" : `, made every ${logIntervalMinutes} minutes`;
  const facts = `${counted(fullBackups.length, "usable full backup")} and ${counted(logBackups, "log backup")}${interval}; recovery model ${model}.`;
  const rule =
    fullBackups.length === 0
      ? "Without a usable full backup nothing can be restored."
      : stretches.length === 0
        ? "No log backup follows the end of a usable full backup, so only the backups themselves can be restored."
        : "Inferred: every moment can be restored to which log backups lead without a gap from the end of a usable full backup; what was written after the last log backup cannot yet.";
  return `${facts} ${rule}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

import type { BackupSet, LogBackup } from "../rds/rdsApi";
import { momentOf, toUtcSeconds } from "../time/moment";
import { listNames } from "../copy/databaseNames";
import { lacking, usableBackups } from "../copy/restorePoint";
import { databaseNotInBackupCode } from "../rds/failure";
import type { Finding } from "./finding";
import { found, type Known } from "./known";
import { coverage, logIntervalMs } from "./logCoverage";
import { pointSet } from "./pointSet";

/**
 * Whether a moment can be restored: it needs the full recovery model, a full backup that ended before it, and
 * log backups without a gap from there to it. No page describes the window for SQL Server; this is what its
 * log chain needs (an inference).
 */
export function restoreTimeFindings(known: Known): readonly Finding[] {
  const { plan, backups, logs, copies } = known;
  const { choice, sourceDbInstanceId: instanceId } = plan;
  if (!copies || choice?.kind !== "time" || instanceId === undefined) return [];
  if (found(known.source)?.recoveryModel?.toLowerCase() === "simple") return [simpleModel(instanceId)];
  if (backups === undefined) return [];
  const set = pointSet(choice, backups, []);
  if (!set) return [tooEarly(instanceId, choice.restoreTime, backups)];
  return [
    ...lackingThen(known, instanceId, choice.restoreTime, set, backups),
    copyOnly(instanceId, choice.restoreTime, backups),
    logs && logFinding({ ...known, logs }, instanceId, choice.restoreTime, set),
  ].filter((one) => one !== undefined);
}

const property = "restoreTime";

/** The service's answer to a moment that the backup chain does not cover. */
const apiCode = "InvalidParamTableMeta.RestoreTime";

function simpleModel(instanceId: string): Finding {
  return {
    code: "recovery-model",
    apiCode: "CurrentRecoveryModelNotSupportThisAction",
    property,
    text: `Instance ${instanceId} has the simple recovery model, which keeps no log to restore a moment from. Copy a backup (backupId, or neither), or switch to the full model and make a backup.`,
  };
}

function tooEarly(instanceId: string, restoreTime: string, backups: readonly BackupSet[]): Finding {
  const oldest = usableBackups(backups, []).at(-1);
  const way = oldest
    ? `The earliest moment that can be restored is ${toUtcSeconds(momentOf(oldest.endTime))}, the end of backup ${oldest.backupId}.`
    : "It has no usable full backup at all: make one, and name a moment after it.";
  return {
    code: "restore-time-too-early",
    apiCode,
    property,
    text: `No usable full backup of ${instanceId} ended before ${restoreTime}. ${way}`,
  };
}

/** A database that the backup before a moment lacks was made after it, or after the moment. Whether its log alone suffices is not documented. */
function lackingThen(
  { names }: Known,
  instanceId: string,
  restoreTime: string,
  set: BackupSet,
  backups: readonly BackupSet[],
): Finding[] {
  return lacking(set, Object.keys(names)).map((source) => {
    const first = usableBackups(backups, [source])
      .filter(({ databases }) => databases.length > 0)
      .at(-1);
    const way = first
      ? `The first backup that holds it is ${first.backupId}: name a moment from ${toUtcSeconds(momentOf(first.endTime))} on.`
      : "No usable full backup holds it: make one, and name a moment after it.";
    return {
      code: "restore-time-lacks-database" as const,
      apiCode: databaseNotInBackupCode,
      property,
      text: `Backup ${set.backupId}, the last full one of ${instanceId} before ${restoreTime}, does not hold database ${source}, which may not have existed by then. ${way}`,
    };
  });
}

/** Whether the service follows the log from a copy-only set is not documented. */
function copyOnly(
  instanceId: string,
  restoreTime: string,
  backups: readonly BackupSet[],
): Finding | undefined {
  const before = usableBackups(backups, []).filter(
    ({ endTime }) => momentOf(endTime) <= momentOf(restoreTime),
  );
  if (before.some((set) => set.copyOnly !== true)) return undefined;
  return {
    code: "restore-time-copy-only",
    apiCode,
    property,
    text: `The only full backups of ${instanceId} before ${restoreTime} are copy-only ones (${listNames(before.slice(0, 3).map(({ backupId }) => backupId))}), which stand beside the chain of backups. Name a moment after an ordinary full backup, or copy a backup by its id.`,
  };
}

function logFinding(
  { logs, sourcePolicy, now }: Known & { readonly logs: readonly LogBackup[] },
  instanceId: string,
  restoreTime: string,
  set: BackupSet,
): Finding | undefined {
  const at = momentOf(restoreTime);
  const interval = logIntervalMs(sourcePolicy);
  const reach = coverage(logs, momentOf(set.endTime), at);
  switch (reach.state) {
    case "covered":
      return undefined;
    case "hole": {
      const from = toUtcSeconds(reach.from);
      const text = `The log backups of ${instanceId} have a hole from ${from} to ${toUtcSeconds(reach.to)}, so ${restoreTime} cannot be reached from backup ${set.backupId}. Name a moment up to ${from}, or one after a later full backup.`;
      // A log backup that is missing leaves a hole as long as the interval; anything shorter may be a matter of how times are told.
      const definite = reach.to - reach.from >= interval;
      return { code: definite ? "restore-time-in-hole" : "restore-time-unclear", apiCode, property, text };
    }
    case "ends": {
      const end = toUtcSeconds(reach.at);
      const text = `The log backups of ${instanceId} reach to ${end}, and ${restoreTime} is later.`;
      // The log of the last minutes is not backed up yet; whether the service does it for a restore is not documented.
      return now - reach.at < 2 * interval
        ? {
            code: "restore-time-unclear",
            apiCode,
            property,
            text: `${text} They are made every ${interval / 60_000} minutes: name a moment up to ${end}, or wait for the next one.`,
          }
        : { code: "restore-time-in-hole", apiCode, property, text: `${text} Name a moment up to ${end}.` };
    }
  }
}

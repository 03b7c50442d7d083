import type { BackupSet, LogBackup } from "../rds/rdsApi";
import { momentOf, toUtcSeconds } from "../time/moment";
import { usableBackups } from "../copy/restorePoint";
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
  if (found(known.source)?.recoveryModel === "Simple") return [simpleModel(instanceId)];
  if (backups === undefined) return [];
  const set = pointSet(choice, backups, []);
  if (!set) return [tooEarly(instanceId, choice.restoreTime, backups)];
  return logs === undefined ? [] : logFindings({ ...known, logs }, instanceId, choice.restoreTime, set);
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

function logFindings(
  { logs, sourcePolicy, now }: Known & { readonly logs: readonly LogBackup[] },
  instanceId: string,
  restoreTime: string,
  set: BackupSet,
): Finding[] {
  const at = momentOf(restoreTime);
  const interval = logIntervalMs(sourcePolicy);
  const reach = coverage(logs, momentOf(set.endTime), at);
  switch (reach.state) {
    case "covered":
      return [];
    case "hole": {
      const from = toUtcSeconds(reach.from);
      const text = `The log backups of ${instanceId} have a hole from ${from} to ${toUtcSeconds(reach.to)}, so ${restoreTime} cannot be reached from backup ${set.backupId}. Name a moment up to ${from}, or one after a later full backup.`;
      // A log backup that is missing leaves a hole as long as the interval; anything shorter may be a matter of how times are told.
      const definite = reach.to - reach.from >= interval;
      return [{ code: definite ? "restore-time-in-hole" : "restore-time-unclear", apiCode, property, text }];
    }
    case "ends": {
      const end = toUtcSeconds(reach.at);
      const text = `The log backups of ${instanceId} reach to ${end}, and ${restoreTime} is later.`;
      // The log of the last minutes is not backed up yet; whether the service does it for a restore is not documented.
      return now - reach.at < 2 * interval
        ? [
            {
              code: "restore-time-unclear",
              apiCode,
              property,
              text: `${text} They are made every ${interval / 60_000} minutes: name a moment up to ${end}, or wait for the next one.`,
            },
          ]
        : [{ code: "restore-time-in-hole", apiCode, property, text: `${text} Name a moment up to ${end}.` }];
    }
  }
}

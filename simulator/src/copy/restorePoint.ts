import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findDatabase, sameName } from "../world/find.js";
import { keepsLog } from "../world/kindOfInstance.js";
import type { Backup, Instance } from "../world/schema.js";
import { parseMoment, parseSeconds } from "../world/time.js";
import type { AskedDatabase } from "./databaseNames.js";
import { isCovered } from "./logCoverage.js";
import { follows2019 } from "./page2019.js";

/** What a copy is made from: a set; a moment with the set that its log chain begins with; or (2019) the present. */
export type RestorePoint =
  | { readonly kind: "set"; readonly set: Backup }
  | { readonly kind: "moment"; readonly set: Backup; readonly at: number }
  | { readonly kind: "now"; readonly at: number };

/** Reads BackupId or RestoreTime, exactly one of them, and checks that a restore from there is possible. */
export function restorePoint(
  call: Call,
  source: Instance,
  target: Instance,
  asked: readonly AskedDatabase[],
): RestorePoint {
  const point = restorePointOf(call, source);
  checkContained(source, point, asked);
  checkSnapshot(source, target, point, asked);
  checkDatabases(source, asked);
  return point;
}

/** The same, whatever is restored from there. */
export function restorePointOf(call: Call, source: Instance): RestorePoint {
  const backupId = call.params["BackupId"] ?? "";
  const restoreTime = call.params["RestoreTime"] ?? "";
  if (backupId !== "" && restoreTime !== "") throw refuse(bothGiven);
  if (backupId !== "") return { kind: "set", set: usableSet(source, backupId) };
  if (restoreTime !== "") return momentPoint(call, source, restoreTime);
  if (follows2019(call.world)) return { kind: "now", at: call.now };
  throw refuse(noneGiven);
}

/** The mark of what a database held at the restore point. */
export const restoredContent = (source: Instance, point: RestorePoint, name: string): string =>
  liveContent(source, point, name) ?? setContent(point, name) ?? "";

/** The databases that a restore point holds, by the names of the source. */
export const restoredNames = (source: Instance, point: RestorePoint): readonly string[] => {
  const live = source.databases.filter(({ name }) => liveContent(source, point, name) !== undefined);
  const held = point.kind === "now" ? [] : Object.keys(point.set.databases);
  const names = live.map(({ name }) => name);
  return [...names, ...held.filter((name) => !names.some((one) => sameName(one, name)))];
};

/** The live mark counts for a moment at or after `contentSince`. */
function liveContent(source: Instance, point: RestorePoint, name: string): string | undefined {
  const database = findDatabase(source, name);
  if (database === undefined || point.kind === "set" || database.status === "Creating") return undefined;
  return parseMoment(database.contentSince) <= point.at ? database.content : undefined;
}

const setContent = (point: RestorePoint, name: string): string | undefined =>
  point.kind === "now"
    ? undefined
    : Object.entries(point.set.databases).find(([held]) => sameName(held, name))?.[1];

function usableSet(source: Instance, backupId: string): Backup {
  const set = source.backups.find(({ id }) => id === backupId);
  if (set === undefined) throw refuse(unknownSet, { values: { backupId } });
  if (set.status !== "Success" || !set.available) throw refuse(unusableSet, { values: { backupId } });
  if (set.archived) throw refuse(coldSet);
  return set;
}

function momentPoint(call: Call, source: Instance, text: string): RestorePoint {
  const at = parseSeconds(text);
  if (at === undefined) throw refuse(badTime);
  if (!keepsLog(source)) throw refuse(simpleRecovery);
  const set = source.backups
    .filter(({ type, status, available }) => type === "FullBackup" && status === "Success" && available)
    .filter(({ end }) => parseMoment(end) <= at)
    .sort((one, other) => parseMoment(other.end) - parseMoment(one.end))[0];
  if (at > call.now || set === undefined || !isCovered(source.logs, parseMoment(set.end), at)) {
    throw refuse(uncovered, { values: { time: text } });
  }
  if (set.archived) throw refuse(coldSet);
  return { kind: "moment", set, at };
}

function checkContained(source: Instance, point: RestorePoint, asked: readonly AskedDatabase[]): void {
  for (const { source: name } of asked) {
    if (liveContent(source, point, name) !== undefined || setContent(point, name) !== undefined) continue;
    const rule = findDatabase(source, name) === undefined ? unknownDatabase : notInSet;
    throw refuse(rule, { values: { name } });
  }
}

function checkSnapshot(
  source: Instance,
  target: Instance,
  point: RestorePoint,
  asked: readonly AskedDatabase[],
): void {
  if (point.kind === "now") return;
  const targetTakesSnapshots = target.backupMethod === "Snapshot";
  if (point.kind === "moment" && source.backupMethod === "Snapshot" && !targetTakesSnapshots)
    throw refuse(snapshotTime);
  if (point.set.method !== "Snapshot") return;
  if (!targetTakesSnapshots) throw refuse(point.kind === "set" ? snapshotSet : snapshotTime);
  if (asked.length < Object.keys(point.set.databases).length) throw refuse(partOfSnapshot);
}

function checkDatabases(source: Instance, asked: readonly AskedDatabase[]): void {
  for (const { source: name } of asked) {
    const database = findDatabase(source, name);
    if (database?.status === "Cold") throw refuse(coldDatabase, { values: { name } });
    if (database?.tde === true) throw refuse(encrypted, { values: { name } });
  }
}

const of = { action: "CopyDatabaseBetweenInstances", basis: "documented", source: sources.copyPage } as const;

const bothGiven = refusal({
  ...of,
  id: "copy.both-points",
  parameter: "BackupId, RestoreTime",
  code: "ErrorParametersConflict",
  status: 400,
  message: "BackupId and RestoreTime exclude each other.",
  says: "Not both of them.",
});
const noneGiven = refusal({
  ...of,
  id: "copy.no-point",
  parameter: "BackupId, RestoreTime",
  code: "InvalidBackupIdOrRestoreTime.NotFound",
  status: 400,
  message: "Either BackupId or RestoreTime must be given.",
  says: "Not neither of them; the newest page says it is an error, and this code is taken for it.",
  basis: "inferred",
  source: sources.copyPageNewest,
});
const badTime = refusal({
  ...of,
  id: "copy.time-format",
  parameter: "RestoreTime",
  code: "InvalidBackupIdOrRestoreTime.NotFound",
  status: 400,
  message: "The restore time is not of the form yyyy-MM-ddTHH:mm:ssZ.",
  says: "RestoreTime is UTC with seconds.",
});
const simpleRecovery = refusal({
  ...of,
  id: "copy.recovery-model",
  parameter: "RestoreTime",
  code: "CurrentRecoveryModelNotSupportThisAction",
  status: 403,
  message: "The recovery model of the source does not support a restore to a moment.",
  says: "A moment needs the full recovery model.",
});
const uncovered = refusal({
  ...of,
  id: "copy.time-uncovered",
  parameter: "RestoreTime",
  code: "InvalidParamTableMeta.RestoreTime",
  status: 403,
  message: "The restore time {time} is not covered by the backups.",
  says: "A moment needs a full set that ended before it and log backups without a gap from there to it.",
});
const unknownSet = refusal({
  ...of,
  id: "copy.unknown-set",
  parameter: "BackupId",
  code: "InvalidBackupSetID",
  status: 400,
  message: "The backup set {backupId} does not exist.",
  says: "The set is one of the source.",
});
const unusableSet = refusal({
  ...of,
  id: "copy.unusable-set",
  parameter: "BackupId",
  code: "InvalidBackupSetID",
  status: 400,
  message: "The backup set {backupId} cannot be restored.",
  says: "Only a set with status Success that is available can be restored; the code is taken from the unknown set.",
  basis: "inferred",
});
const coldSet = refusal({
  ...of,
  id: "copy.cold-set",
  parameter: "BackupId, RestoreTime",
  code: "InvalidRestoreTimeSpecified",
  status: 400,
  message: "A database was in cold storage at the point to restore.",
  says: "The backup is not in cold storage.",
});
const unknownDatabase = refusal({
  ...of,
  id: "copy.source-database",
  parameter: "DbNames",
  code: "InvalidDBName.NotFound",
  status: 400,
  message: "The database {name} does not exist.",
  says: "A source database is on the source or in the backup. One that was dropped since can be restored (inferred).",
});
const notInSet = refusal({
  ...of,
  id: "copy.not-in-set",
  parameter: "DbNames, BackupId",
  code: "InvalidBackupSet",
  status: 400,
  message: "The database {name} is not contained in the backup.",
  says: "A source database was there at the restore point.",
});
const snapshotTime = refusal({
  ...of,
  id: "copy.snapshot-time",
  parameter: "RestoreTime",
  code: "OperationDenied.RestoreTime",
  status: 400,
  message: "The source uses snapshot backups and the target does not.",
  says: "A moment of a source with snapshot backups goes only onto a target with snapshot backups.",
});
const snapshotSet = refusal({
  ...of,
  id: "copy.snapshot-set",
  parameter: "BackupId",
  code: "OperationDenied.SnapshotBackupSet",
  status: 400,
  message: "The set is a snapshot and the target does not use snapshot backups.",
  says: "A snapshot set goes only onto a target with snapshot backups.",
});
const partOfSnapshot = refusal({
  ...of,
  id: "copy.part-of-snapshot",
  parameter: "DbNames",
  code: "Forbidden.SnapshotRecovery",
  status: 403,
  message: "Snapshot backups cannot restore a part of the databases.",
  says: "Of a snapshot set all databases are restored, or none.",
});
const coldDatabase = refusal({
  ...of,
  id: "copy.cold-database",
  parameter: "DbNames",
  code: "InvalidRestoreDB",
  status: 400,
  message: "The database {name} is in cold storage.",
  says: "A source database is not in cold storage now.",
});
const encrypted = refusal({
  ...of,
  id: "copy.encrypted",
  parameter: "DbNames",
  code: "CanNotCopyDBHasTDEEnabled",
  status: 400,
  message: "Transparent data encryption is on for the database {name}.",
  says: "No source database is encrypted.",
});
behaviour({
  ...of,
  id: "copy.incremental-set",
  parameter: "BackupId",
  says: "An incremental set can be restored as a full one can.",
  source: sources.documents2020,
});
behaviour({
  ...of,
  id: "copy.content-of-moment",
  parameter: "RestoreTime",
  says: "A copy of a moment carries the live mark if the database had it by then (contentSince), else that of the newest full set before.",
  basis: "inferred",
  source: sources.simulator,
});

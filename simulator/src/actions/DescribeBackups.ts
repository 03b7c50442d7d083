import { bytes } from "../answers/gibibytes.js";
import { backupGiB, snapshotGiB } from "../copy/backupSize.js";
import type { Call } from "../call/call.js";
import { cutPage, type PageProblem } from "../parameters/page.js";
import { parseMinutes, parseMoment, parseSeconds, secondText } from "../world/time.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Backup, Instance } from "../world/schema.js";
import { action } from "./action.js";
import { madeInstance } from "./madeInstance.js";

export const describeBackups = action({
  name: "DescribeBackups",
  required: ["DBInstanceId"],
  optional: [
    "BackupId",
    "BackupMode",
    "BackupStatus",
    "BackupType",
    "EndTime",
    "PageNumber",
    "PageSize",
    "StartTime",
    "RestoreTime",
    "BackupLocation",
  ],
  handle(call) {
    const instance = madeInstance(call, "DescribeBackups");
    const found = matching(call.params, instance);
    const page = cutPage(found, call.params, { sizes: [30, 50, 100], defaultSize: 30 });
    if (typeof page === "string") throw refuse(pageRefusals[page]);
    for (const operation of call.world.operations) {
      if (operation.kind !== "backup" || operation.instanceId !== instance.id) continue;
      if (page.items.some(({ id }) => id === operation.backupId)) call.look(operation.id);
    }
    return {
      PageNumber: String(page.number),
      PageRecordCount: String(page.items.length),
      TotalRecordCount: String(page.total),
      TotalEcsSnapshotSize: bytes(snapshotGiB(instance)),
      Items: { Backup: page.items.map((backup) => describe(call, instance, backup)) },
    };
  },
});

function matching(params: Call["params"], instance: Instance): Backup[] {
  const from = moment(params["StartTime"], -Infinity, badStart);
  const to = moment(params["EndTime"], Infinity, badEnd);
  if (to <= from) throw refuse(endBeforeStart);
  checkOlderParameters(params);
  const wants = (name: string, value: string) => (params[name] ?? "") === "" || params[name] === value;
  return instance.backups
    .filter(
      (backup) =>
        wants("BackupId", backup.id) &&
        wants("BackupStatus", backup.status) &&
        wants("BackupMode", backup.mode) &&
        wants("BackupType", backup.type) &&
        parseMoment(backup.start) >= from &&
        parseMoment(backup.start) <= to,
    )
    .sort((one, other) => parseMoment(other.start) - parseMoment(one.start));
}

/** Parameters of older editions; the page of today still lists their errors. */
function checkOlderParameters(params: Call["params"]): void {
  const restoreTime = params["RestoreTime"] ?? "";
  if (restoreTime !== "" && parseSeconds(restoreTime) === undefined) throw refuse(badRestoreTime);
  const location = params["BackupLocation"] ?? "";
  if (location !== "" && location !== "OSS") throw refuse(badLocation);
}

function moment(text: string | undefined, otherwise: number, rule: typeof badStart): number {
  if (text === undefined || text === "") return otherwise;
  const at = parseMinutes(text);
  if (at === undefined) throw refuse(rule);
  return at;
}

function describe(call: Call, instance: Instance, backup: Backup) {
  const downloadable = backup.method !== "Snapshot" && backup.status === "Success";
  const base = `http://rdsbak.simulated.invalid/${instance.id}/${backup.id}.bak`;
  const expires = Math.floor(call.now / 1000) + 3600;
  return {
    BackupId: backup.id,
    DBInstanceId: instance.id,
    HostInstanceID: "1",
    BackupStatus: backup.status,
    BackupType: backup.type,
    BackupMode: backup.mode,
    BackupMethod: backup.method,
    BackupStartTime: secondText(parseMoment(backup.start)),
    BackupEndTime: backup.status === "Running" ? "" : secondText(parseMoment(backup.end)),
    BackupSize: bytes(backupGiB(instance, backup)),
    BackupInitiator: backup.mode === "Manual" ? "User" : "System",
    StoreStatus: backup.mode === "Manual" ? "Enabled" : "Disabled",
    IsAvail: backup.available ? 1 : 0,
    MetaStatus: "",
    ConsistentTime: 0,
    Checksum: "",
    StorageClass: backup.archived ? "1" : "0",
    Encryption: "{}",
    Engine: instance.engine,
    EngineVersion: instance.engineVersion,
    CopyOnlyBackup: backup.copyOnly ? "1" : "0",
    BackupDownloadURL: downloadable ? `${base}?Expires=${expires}` : "",
    BackupIntranetDownloadURL: downloadable ? `${base}?Expires=${expires}` : "",
    BackupDownloadLinkByDB: {
      BackupDownloadLinkByDB: (downloadable ? Object.keys(backup.databases) : []).map((name) => ({
        DataBase: name,
        DownloadLink: `${base}?Expires=${expires}&dbList=${encodeURIComponent(name)}`,
        IntranetDownloadLink: `${base}?Expires=${expires}&dbList=${encodeURIComponent(name)}`,
      })),
    },
  };
}

const of = { action: "DescribeBackups", basis: "documented", source: sources.backupsPage } as const;

const pageRefusals: Record<PageProblem, ReturnType<typeof refusal>> = {
  PageSize: refusal({
    ...of,
    id: "backups.page-size",
    parameter: "PageSize",
    code: "InvalidMaxRecordsPerPage.Malformed",
    status: 403,
    message: "The value of PageSize is not valid.",
    says: "PageSize is 30, 50 or 100.",
  }),
  PageNumber: refusal({
    ...of,
    id: "backups.page-number",
    parameter: "PageNumber",
    code: "InvalidPageNumbers.Malformed",
    status: 400,
    message: "The value of PageNumber is not valid.",
    says: "PageNumber counts from 1.",
  }),
};
const badStart = refusal({
  ...of,
  id: "backups.start-time",
  parameter: "StartTime",
  code: "InvalidStartTime.Format",
  status: 400,
  message: "The start time is not of the form yyyy-MM-ddTHH:mmZ.",
  says: "StartTime is UTC and ends with the minutes.",
});
const badEnd = refusal({
  ...of,
  id: "backups.end-time",
  parameter: "EndTime",
  code: "InvalidEndTime.Format",
  status: 400,
  message: "The end time is not of the form yyyy-MM-ddTHH:mmZ.",
  says: "EndTime is UTC and ends with the minutes.",
});
const endBeforeStart = refusal({
  ...of,
  id: "backups.time-order",
  parameter: "StartTime, EndTime",
  code: "InvalidParameterCombination",
  status: 400,
  message: "The end time must be later than the start time.",
  says: "EndTime lies after StartTime.",
});
const badRestoreTime = refusal({
  ...of,
  id: "backups.restore-time",
  parameter: "RestoreTime",
  code: "InvalidRestoreTime.Malformed",
  status: 400,
  message: "The restore time is not of the form yyyy-MM-ddTHH:mm:ssZ.",
  says: "The code is documented, its parameter no longer: a RestoreTime that is given is UTC with seconds. It chooses nothing.",
  basis: "inferred",
});
const badLocation = refusal({
  ...of,
  id: "backups.location",
  parameter: "BackupLocation",
  code: "InvalidBackupSetLocation.Format",
  status: 400,
  message: "The location of the backups is not valid.",
  says: "The code is documented, its parameter no longer: a BackupLocation that is given is OSS.",
  basis: "inferred",
});
behaviour({
  ...of,
  id: "backups.string-counters",
  says: "The three counters are texts, unlike those of other lists.",
});
behaviour({
  ...of,
  id: "backups.newest-first",
  says: "Sets come newest first.",
  basis: "inferred",
  source: sources.terraform,
});
behaviour({
  ...of,
  id: "backups.running-listed",
  says: "A set that is being made is listed with the status Running and no end.",
  basis: "inferred",
});
behaviour({
  ...of,
  id: "backups.no-snapshot-links",
  says: "A snapshot set cannot be downloaded: its addresses are empty.",
});

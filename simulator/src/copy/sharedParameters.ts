import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { parseMinutes } from "../world/time.js";

/**
 * Parameters of the restore back end that the copy shares with other calls. The page of the copy lists their errors
 * and not the parameters themselves; absent ones are fine.
 */
export function checkSharedParameters({ params }: Call): void {
  const from = moment(params["StartTime"], badStart);
  const to = moment(params["EndTime"], badEnd);
  if (from !== undefined && to !== undefined && to <= from) throw refuse(endBeforeStart);
  const location = params["BackupLocation"] ?? "";
  if (location !== "" && location !== "OSS") throw refuse(badLocation);
}

function moment(text: string | undefined, rule: typeof badStart): number | undefined {
  if (text === undefined || text === "") return undefined;
  const at = parseMinutes(text);
  if (at === undefined) throw refuse(rule);
  return at;
}

const of = { action: "CopyDatabaseBetweenInstances", basis: "inferred", source: sources.copyPage } as const;

const badStart = refusal({
  ...of,
  id: "copy.start-time",
  parameter: "StartTime",
  code: "InvalidStartTime.Format",
  status: 400,
  message: "The start time is not of the form yyyy-MM-ddTHH:mmZ.",
  says: "The code is documented for the copy, the parameter is not: a StartTime that is given is UTC.",
});
const badEnd = refusal({
  ...of,
  id: "copy.end-time",
  parameter: "EndTime",
  code: "InvalidEndTime.Format",
  status: 400,
  message: "The end time is not of the form yyyy-MM-ddTHH:mmZ.",
  says: "The code is documented for the copy, the parameter is not: an EndTime that is given is UTC.",
});
const endBeforeStart = refusal({
  ...of,
  id: "copy.time-order",
  parameter: "StartTime, EndTime",
  code: "InvalidParameterCombination",
  status: 400,
  message: "The end time must be later than the start time.",
  says: "The code is documented for the copy, the parameters are not: where both are given, EndTime lies after StartTime.",
});
const badLocation = refusal({
  ...of,
  id: "copy.backup-location",
  parameter: "BackupLocation",
  code: "InvalidBackupSetLocation.Format",
  status: 400,
  message: "The location of the backup is not valid.",
  says: "The code is documented for the copy, the parameter is not: a BackupLocation that is given is OSS, as in older answers of DescribeBackups.",
});

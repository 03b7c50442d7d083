import { bytes } from "../answers/gibibytes.js";
import type { Call } from "../call/call.js";
import { cutPage } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { minuteText, parseMinutes, parseMoment, secondText } from "../world/time.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeLogBackupFiles = action({
  name: "DescribeLogBackupFiles",
  required: ["DBInstanceId", "StartTime", "EndTime"],
  optional: ["PageNumber", "PageSize"],
  handle(call) {
    const instance = ownInstance(call, "DescribeLogBackupFiles");
    const files = filesBetween(instance, range(call.params));
    const page = cutPage(files, call.params, { sizes: { from: 30, to: 1000 }, defaultSize: 30 });
    if (typeof page === "string") throw refuse(badPage, { values: { parameter: page } });
    return {
      PageNumber: page.number,
      PageRecordCount: page.items.length,
      TotalRecordCount: page.total,
      TotalFileSize: page.total * fileBytes,
      Items: { BinLogFile: page.items.map((file) => describe(file, call.now)) },
    };
  },
});

interface Span {
  readonly from: number;
  readonly to: number;
}

const fileBytes = bytes(1 / 64);

/** Each span of log cut into files of the policy's interval, newest last. */
function filesBetween(instance: Instance, { from, to }: Span): Span[] {
  const step = instance.logIntervalMinutes * 60_000;
  return instance.logs.flatMap((log) => {
    const end = parseMoment(log.to);
    const files: Span[] = [];
    for (let begin = parseMoment(log.from); begin < end; begin += step) {
      const file = { from: begin, to: Math.min(begin + step, end) };
      if (file.to >= from && file.from <= to) files.push(file);
    }
    return files;
  });
}

function range(params: Call["params"]): Span {
  const from = parseMinutes(params["StartTime"] ?? "");
  const to = parseMinutes(params["EndTime"] ?? "");
  if (from === undefined) throw refuse(badStart);
  if (to === undefined) throw refuse(badEnd);
  if (to <= from) throw refuse(endBeforeStart);
  return { from, to };
}

function describe(file: Span, now: number) {
  return {
    LogBeginTime: minuteText(file.from),
    LogEndTime: minuteText(file.to),
    FileSize: fileBytes,
    DownloadLink: "",
    IntranetDownloadLink: "",
    LinkExpiredTime: secondText(now + 3600_000),
  };
}

const of = { action: "DescribeLogBackupFiles", basis: "inferred", source: sources.metadata } as const;

const badStart = refusal({
  ...of,
  id: "logs.start-time",
  parameter: "StartTime",
  code: "InvalidStartTime.Format",
  status: 400,
  message: "The start time is not of the form yyyy-MM-ddTHH:mmZ.",
  says: "StartTime is UTC and ends with the minutes; the code is that of DescribeBackups.",
});
const badEnd = refusal({
  ...of,
  id: "logs.end-time",
  parameter: "EndTime",
  code: "InvalidEndTime.Format",
  status: 400,
  message: "The end time is not of the form yyyy-MM-ddTHH:mmZ.",
  says: "EndTime is UTC and ends with the minutes; the code is that of DescribeBackups.",
});
const endBeforeStart = refusal({
  ...of,
  id: "logs.time-order",
  parameter: "StartTime, EndTime",
  code: "InvalidParameterCombination",
  status: 400,
  message: "The end time must be later than the start time.",
  says: "EndTime lies after StartTime.",
});
const badPage = refusal({
  ...of,
  id: "logs.page",
  parameter: "PageSize, PageNumber",
  code: "InvalidParameter",
  status: 400,
  message: "The value of {parameter} is not valid.",
  says: "PageSize is 30 to 1000, PageNumber counts from 1.",
});
behaviour({
  ...of,
  id: "logs.files-of-one-interval",
  says: "A span of log is listed as files of the policy's interval, each beginning where the one before ended; times end with the minutes.",
});

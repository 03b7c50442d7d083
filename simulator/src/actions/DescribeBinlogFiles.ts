import { bytes } from "../answers/gibibytes.js";
import { badValue } from "../parameters/badValue.js";
import { cutPage } from "../parameters/page.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { parseMoment, parseSeconds, secondText } from "../world/time.js";
import { action } from "./action.js";
import { otherEngine } from "./otherEngine.js";

const fileBytes = bytes(1 / 2);

export const describeBinlogFiles = action({
  name: "DescribeBinlogFiles",
  required: ["DBInstanceId", "StartTime", "EndTime"],
  optional: ["PageNumber", "PageSize"],
  handle(call) {
    const instance = otherEngine(call, "DescribeBinlogFiles");
    const from = parseSeconds(call.params["StartTime"] ?? "");
    const to = parseSeconds(call.params["EndTime"] ?? "");
    if (from === undefined) throw badValue("StartTime");
    if (to === undefined) throw badValue("EndTime");
    const spans = instance.logs.filter((log) => parseMoment(log.to) >= from && parseMoment(log.from) <= to);
    const page = cutPage(spans, call.params, { sizes: { from: 30, to: 100 }, defaultSize: 30 });
    if (typeof page === "string") throw badValue(page);
    return {
      PageNumber: page.number,
      PageRecordCount: page.items.length,
      TotalRecordCount: page.total,
      TotalFileSize: page.total * fileBytes,
      Items: {
        BinLogFile: page.items.map((log, index) => ({
          LogFileName: `mysql-bin.${String(index + 1).padStart(6, "0")}`,
          HostInstanceID: "1",
          LogBeginTime: secondText(parseMoment(log.from)),
          LogEndTime: secondText(parseMoment(log.to)),
          FileSize: fileBytes,
          Checksum: "",
          RemoteStatus: "Completed",
          DownloadLink: "",
          IntranetDownloadLink: "",
          LinkExpiredTime: secondText(call.now + 3600_000),
        })),
      },
    };
  },
});

behaviour({
  id: "binlog.file-per-span",
  action: "DescribeBinlogFiles",
  says: "For the other engines each span of log is one file; times have seconds.",
  basis: "inferred",
  source: sources.metadata,
});

import { badValue } from "../parameters/badValue.js";
import { wholeNumber } from "../parameters/page.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { otherEngine } from "./otherEngine.js";

export const describeMetaList = action({
  name: "DescribeMetaList",
  required: ["DBInstanceId"],
  optional: ["BackupSetID", "PageIndex", "PageSize", "Pattern"],
  refuses: { GetDbName: [], ResourceGroupId: [], RestoreTime: [], RestoreType: ["BackupSetID"] },
  handle(call) {
    const instance = otherEngine(call, "DescribeMetaList");
    const set = instance.backups.find(({ id }) => id === call.params["BackupSetID"]);
    const size = wholeNumber(call.params["PageSize"], 1);
    const number = wholeNumber(call.params["PageIndex"], 1);
    if (size === undefined || size < 1) throw badValue("PageSize");
    if (number === undefined || number < 1) throw badValue("PageIndex");
    const pattern = call.params["Pattern"] ?? "";
    const names = Object.keys(set?.databases ?? {}).filter((name) => name.includes(pattern));
    const shown = names.slice((number - 1) * size, number * size);
    return {
      DBInstanceName: instance.id,
      PageNumber: number,
      PageRecordCount: shown.length,
      TotalPageCount: Math.ceil(names.length / size),
      TotalRecordCount: names.length,
      Items: { Meta: shown.map((name) => ({ Database: name, Tables: "", Size: "" })) },
    };
  },
});

behaviour({
  id: "meta-list.databases-of-set",
  action: "DescribeMetaList",
  says: "For the other engines the databases of a set are listed, without their tables.",
  basis: "inferred",
  source: sources.metadata,
});

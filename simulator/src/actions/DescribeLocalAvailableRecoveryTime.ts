import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { parseMoment, secondText } from "../world/time.js";
import { action } from "./action.js";
import { otherEngine } from "./otherEngine.js";

export const describeLocalAvailableRecoveryTime = action({
  name: "DescribeLocalAvailableRecoveryTime",
  required: ["DBInstanceId"],
  refuses: { Region: [], ResourceGroupId: [] },
  handle(call) {
    const instance = otherEngine(call, "DescribeLocalAvailableRecoveryTime");
    const last = instance.logs.at(-1);
    return {
      DBInstanceId: instance.id,
      RecoveryBeginTime: last === undefined ? "" : secondText(parseMoment(last.from)),
      RecoveryEndTime: last === undefined ? "" : secondText(parseMoment(last.to)),
    };
  },
});

behaviour({
  id: "recovery-time.last-span",
  action: "DescribeLocalAvailableRecoveryTime",
  says: "For the other engines the last span of log can be restored; without logs both times are empty.",
  basis: "inferred",
  source: sources.metadata,
});

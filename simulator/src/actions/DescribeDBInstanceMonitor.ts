import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeDBInstanceMonitor = action({
  name: "DescribeDBInstanceMonitor",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeDBInstanceMonitor");
    return { Period: String(instance.monitorSeconds) };
  },
});

behaviour({
  id: "monitor.period-text",
  action: "DescribeDBInstanceMonitor",
  says: "Period is a text that is a number of seconds: a number ends the alicloud provider.",
  basis: "measured",
  source: sources.terraform,
});

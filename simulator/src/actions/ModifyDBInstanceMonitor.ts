import { oneOf } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceMonitor = action({
  name: "ModifyDBInstanceMonitor",
  required: ["DBInstanceId", "Period"],
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceMonitor");
    const seconds = Number(oneOf(call.params, "Period", ["5", "10", "60", "300"], "300"));
    if (seconds === instance.monitorSeconds) return {};
    call.change((draft) => {
      draftInstance(draft, instance.id).monitorSeconds = seconds;
    });
    return {};
  },
});

behaviour({
  id: "instance.monitor-period",
  action: "ModifyDBInstanceMonitor",
  parameter: "Period",
  says: "5, 10, 60 or 300 seconds; it changes at once.",
  basis: "documented",
  source: sources.metadata,
});

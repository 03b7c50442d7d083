import { badValue } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceMaintainTime = action({
  name: "ModifyDBInstanceMaintainTime",
  required: ["DBInstanceId", "MaintainTime"],
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceMaintainTime");
    const time = call.params["MaintainTime"] ?? "";
    if (!/^([01]\d|2[0-3]):[0-5]\dZ-([01]\d|2[0-3]):[0-5]\dZ$/.test(time)) throw badValue("MaintainTime");
    if (time === instance.maintainTime) return {};
    call.change((draft) => {
      draftInstance(draft, instance.id).maintainTime = time;
    });
    return {};
  },
});

behaviour({
  id: "instance.maintain-time",
  action: "ModifyDBInstanceMaintainTime",
  parameter: "MaintainTime",
  says: "The window has the form HH:mmZ-HH:mmZ; it changes at once.",
  basis: "documented",
  source: sources.metadata,
});

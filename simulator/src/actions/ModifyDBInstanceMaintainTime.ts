import { badValue } from "../parameters/badValue.js";
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

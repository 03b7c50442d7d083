import { badValue, oneOf } from "../parameters/badValue.js";
import { draftInstance, entryOf } from "../world/find.js";
import { action } from "./action.js";
import { checkedIpList } from "./ipList.js";
import { runningInstance } from "./writableInstance.js";

export const modifySecurityIps = action({
  name: "ModifySecurityIps",
  required: ["DBInstanceId", "SecurityIps"],
  handle(call) {
    const instance = runningInstance(call, "ModifySecurityIps");
    const name = (call.params["DBInstanceIPArrayName"] ?? "").toLowerCase() || "default";
    if (!/^[a-z][a-z0-9_]{0,30}[a-z0-9]$/.test(name)) throw badValue("DBInstanceIPArrayName");
    const mode = oneOf(call.params, "ModifyMode", ["Cover", "Append", "Delete"], "Cover");
    const asked = checkedIpList(call.params["SecurityIps"] ?? "").split(",");
    const before = (entryOf(instance.ipArrays, name) ?? "").split(",").filter((entry) => entry !== "");
    const list = {
      Cover: asked,
      Append: [...before, ...asked.filter((entry) => !before.includes(entry))],
      Delete: before.filter((entry) => !asked.includes(entry)),
    }[mode].join(",");
    if (list === entryOf(instance.ipArrays, name)) return {};
    call.change((draft) => {
      draftInstance(draft, instance.id).ipArrays[name] = list;
    });
    return {};
  },
});

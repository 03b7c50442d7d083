import { badValue, oneOf } from "../parameters/badValue.js";
import { draftInstance, entryOf, findInstance, readOnlyOf } from "../world/find.js";
import { action } from "./action.js";
import { checkedIpList } from "./ipList.js";
import { runningInstance } from "./writableInstance.js";

export const modifySecurityIps = action({
  name: "ModifySecurityIps",
  required: ["DBInstanceId", "SecurityIps"],
  optional: ["DBInstanceIPArrayName", "FreshWhiteListReadins", "ModifyMode"],
  refuses: { DBInstanceIPArrayAttribute: [], SecurityIPType: ["IPv4"], WhitelistNetworkType: ["MIX"] },
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
    const synchronised = (call.params["FreshWhiteListReadins"] ?? "").split(",").filter((id) => id !== "");
    const known = readOnlyOf(call.world, instance).map(({ id }) => id);
    if (synchronised.some((id) => !known.includes(id))) throw badValue("FreshWhiteListReadins");
    const changed = [instance.id, ...synchronised];
    if (changed.every((id) => entryOf(findInstance(call.world, id)?.ipArrays ?? {}, name) === list))
      return {};
    call.change((draft) => {
      for (const id of changed) draftInstance(draft, id).ipArrays[name] = list;
    });
    return {};
  },
});

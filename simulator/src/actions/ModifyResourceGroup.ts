import { badValue } from "../parameters/badValue.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifyResourceGroup = action({
  name: "ModifyResourceGroup",
  required: ["DBInstanceId", "ResourceGroupId"],
  refuses: { ResourceType: ["Instance"] },
  handle(call) {
    const instance = runningInstance(call, "ModifyResourceGroup");
    const group = call.params["ResourceGroupId"] ?? "";
    if (!/^rg-[A-Za-z0-9-]+$/.test(group)) throw badValue("ResourceGroupId");
    if (group === instance.resourceGroupId) return {};
    call.change((draft) => {
      draftInstance(draft, instance.id).resourceGroupId = group;
    });
    return {};
  },
});

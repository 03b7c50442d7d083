import { securityGroups } from "../answers/securityGroups.js";
import { badValue } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifySecurityGroupConfiguration = action({
  name: "ModifySecurityGroupConfiguration",
  required: ["DBInstanceId", "SecurityGroupId"],
  handle(call) {
    const instance = runningInstance(call, "ModifySecurityGroupConfiguration");
    const text = call.params["SecurityGroupId"] ?? "";
    const ids = text === "" || text === "Empty" ? [] : text.split(",");
    const wellFormed = ids.every((id) => /^sg-[A-Za-z0-9-]+$/.test(id));
    if (!wellFormed || ids.length > 10 || new Set(ids).size < ids.length) throw badValue("SecurityGroupId");
    call.change((draft) => {
      draftInstance(draft, instance.id).securityGroupIds = ids;
    });
    return securityGroups({ ...instance, securityGroupIds: ids });
  },
});

behaviour({
  id: "security-groups.change",
  action: "ModifySecurityGroupConfiguration",
  parameter: "SecurityGroupId",
  says: "A comma list of at most ten groups replaces the ones before; an empty text, or Empty as the alicloud provider writes it, takes them away. Whether a group exists is not checked.",
  basis: "measured",
  source: sources.terraform,
});

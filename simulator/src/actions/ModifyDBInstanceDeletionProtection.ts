import { oneOf } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceDeletionProtection = action({
  name: "ModifyDBInstanceDeletionProtection",
  required: ["DBInstanceId", "DeletionProtection"],
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceDeletionProtection");
    const on = oneOf(call.params, "DeletionProtection", ["true", "false"], "false") === "true";
    if (on === instance.deletionProtection) return {};
    call.change((draft) => {
      draftInstance(draft, instance.id).deletionProtection = on;
    });
    return {};
  },
});

behaviour({
  id: "instance.deletion-protection",
  action: "ModifyDBInstanceDeletionProtection",
  parameter: "DeletionProtection",
  says: "true or false; it changes at once.",
  basis: "documented",
  source: sources.metadata,
});

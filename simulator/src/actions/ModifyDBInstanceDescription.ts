import { badValue } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceDescription = action({
  name: "ModifyDBInstanceDescription",
  required: ["DBInstanceId", "DBInstanceDescription"],
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceDescription");
    const description = call.params["DBInstanceDescription"] ?? "";
    if (description.length > 256 || /^https?:\/\//.test(description)) throw badValue("DBInstanceDescription");
    if (description === instance.description) return {};
    call.change((draft) => {
      draftInstance(draft, instance.id).description = description;
    });
    return {};
  },
});

behaviour({
  id: "instance.description",
  action: "ModifyDBInstanceDescription",
  parameter: "DBInstanceDescription",
  says: "The description of an instance has at most 256 characters and is no address; it changes at once.",
  basis: "inferred",
  source: sources.metadata,
});

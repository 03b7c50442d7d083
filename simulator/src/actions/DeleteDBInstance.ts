import { newOperation } from "../operations/begin.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance, readOnlyOf } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const deleteDBInstance = action({
  name: "DeleteDBInstance",
  required: ["DBInstanceId"],
  refuses: { ReleasedKeepPolicy: ["None"] },
  handle(call) {
    const instance = runningInstance(call, "DeleteDBInstance");
    if (instance.deletionProtection) throw refuse(protectedInstance, { values: { id: instance.id } });
    if (readOnlyOf(call.world, instance).length > 0)
      throw refuse(hasReadOnly, { values: { id: instance.id } });
    call.change((draft) => {
      draftInstance(draft, instance.id).status = "Deleting";
      draft.operations.push({
        kind: "deleteInstance",
        ...newOperation(draft, call, instance.id, draft.life.deleteInstanceSeconds),
      });
    });
    return { RegionId: instance.region };
  },
});

const hasReadOnly = refusal({
  id: "delete-instance.read-only",
  action: "DeleteDBInstance",
  code: "OperationDenied.ReadDBInstanceStatus",
  status: 403,
  message: "The instance {id} has read-only instances.",
  says: "A primary instance is deleted after its read-only ones; the alicloud provider tries again on this code.",
  basis: "inferred",
  source: sources.terraform,
});
const protectedInstance = refusal({
  id: "delete-instance.protected",
  action: "DeleteDBInstance",
  code: "OperationDenied.DeletionProtection",
  status: 403,
  message: "The instance {id} is protected from deletion.",
  says: "Deletion protection is off. The code is that of sibling products, no page of this one names it.",
  basis: "inferred",
  source: sources.publicClients,
});

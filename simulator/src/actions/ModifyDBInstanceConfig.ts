import { oneOf } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceConfig = action({
  name: "ModifyDBInstanceConfig",
  required: ["DBInstanceId", "ConfigName", "ConfigValue"],
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceConfig");
    oneOf(call.params, "ConfigName", ["backup_recovery_model"], "backup_recovery_model");
    const models = ["Full", "Simple", "full", "simple"] as const;
    const recoveryModel = oneOf(call.params, "ConfigValue", models, instance.recoveryModel);
    if (recoveryModel === instance.recoveryModel) return {};
    call.change((draft) => {
      draftInstance(draft, instance.id).recoveryModel = recoveryModel;
    });
    return {};
  },
});

behaviour({
  id: "recovery-model.change",
  action: "ModifyDBInstanceConfig",
  parameter: "ConfigName",
  says: "backup_recovery_model is the one setting that is simulated, and is answered as it was set, in capitals or without. Under Simple no log is backed up, and the logs end where they are.",
  basis: "measured",
  source: sources.terraform,
});

import { badValue, oneOf } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

const models = ["Full", "Simple", "full", "simple"] as const;

export const modifyDBInstanceConfig = action({
  name: "ModifyDBInstanceConfig",
  required: ["DBInstanceId", "ConfigName", "ConfigValue"],
  refuses: { ResourceGroupId: [], SwitchTime: [], SwitchTimeMode: ["Immediate"] },
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceConfig");
    oneOf(call.params, "ConfigName", ["backup_recovery_model"], "backup_recovery_model");
    const recoveryModel = models.find((model) => model === call.params["ConfigValue"]);
    if (recoveryModel === undefined) throw badValue("ConfigValue");
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
  says: "backup_recovery_model is the one setting that is simulated. Under Simple no log is backed up, and the logs end where they are. The value is shown as it was asked for: the alicloud provider writes simple and compares letter by letter.",
  basis: "measured",
  source: sources.terraform,
});

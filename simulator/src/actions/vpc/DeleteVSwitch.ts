import { refuse } from "../../rules/refuse.js";
import { refusal } from "../../rules/rule.js";
import { sources } from "../../rules/sources.js";
import { action } from "../action.js";
import { existingVSwitch } from "./existingNetwork.js";

export const deleteVSwitch = action({
  name: "DeleteVSwitch",
  product: "Vpc",
  required: ["VSwitchId"],
  handle(call) {
    const { id } = existingVSwitch(call);
    const inUse = call.world.instances.some(
      ({ vSwitchId, networkType }) => networkType === "VPC" && vSwitchId.split(",").includes(id),
    );
    if (inUse) throw refuse(hasInstances, { values: { id } });
    call.change((draft) => {
      draft.vSwitches = draft.vSwitches.filter((vSwitch) => vSwitch.id !== id);
    });
    return {};
  },
});

const hasInstances = refusal({
  id: "vswitch.in-use",
  action: "DeleteVSwitch",
  parameter: "VSwitchId",
  code: "DependencyViolation",
  status: 400,
  message: "An instance is in the vSwitch {id}.",
  says: "A vSwitch is deleted after the instances in it; the alicloud provider tries again on this code.",
  basis: "measured",
  source: sources.terraform,
});

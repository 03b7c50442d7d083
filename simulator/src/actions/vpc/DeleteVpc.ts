import { refuse } from "../../rules/refuse.js";
import { refusal } from "../../rules/rule.js";
import { sources } from "../../rules/sources.js";
import { action } from "../action.js";
import { existingVpc } from "./existingNetwork.js";

export const deleteVpc = action({
  name: "DeleteVpc",
  product: "Vpc",
  required: ["VpcId"],
  refuses: { DryRun: ["false"], ForceDelete: ["false"] },
  handle(call) {
    const { id } = existingVpc(call);
    const inUse =
      call.world.vSwitches.some(({ vpcId }) => vpcId === id) ||
      call.world.instances.some(({ vpcId, networkType }) => vpcId === id && networkType === "VPC");
    if (inUse) throw refuse(hasVSwitches, { values: { id } });
    call.change((draft) => {
      draft.vpcs = draft.vpcs.filter((vpc) => vpc.id !== id);
    });
    return {};
  },
});

const hasVSwitches = refusal({
  id: "vpc.in-use",
  action: "DeleteVpc",
  parameter: "VpcId",
  code: "DependencyViolation.VSwitch",
  status: 400,
  message: "The VPC {id} has vSwitches.",
  says: "A VPC is deleted after its vSwitches; the alicloud provider tries again on this code.",
  basis: "measured",
  source: sources.terraform,
});

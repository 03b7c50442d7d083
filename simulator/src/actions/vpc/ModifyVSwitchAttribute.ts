import { draftVSwitch } from "../../world/network.js";
import { action } from "../action.js";
import { present } from "../askedInstance.js";
import { existingVSwitch } from "./existingNetwork.js";
import { networkText } from "./networkParameters.js";

export const modifyVSwitchAttribute = action({
  name: "ModifyVSwitchAttribute",
  product: "Vpc",
  required: ["VSwitchId"],
  optional: ["Description", "VSwitchName"],
  refuses: { EnableIPv6: ["false"], Ipv6CidrBlock: [], VpcIpv6CidrBlock: [] },
  handle(call) {
    const vSwitch = existingVSwitch(call);
    const vSwitchName = networkText(call, "VSwitchName");
    const description = networkText(call, "Description");
    call.change((draft) => {
      Object.assign(
        draftVSwitch(draft, vSwitch),
        present("vSwitchName", vSwitchName),
        present("description", description),
      );
    });
    return {};
  },
});

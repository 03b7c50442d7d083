import { draftVpc } from "../../world/network.js";
import { action } from "../action.js";
import { present } from "../askedInstance.js";
import { existingVpc } from "./existingNetwork.js";
import { networkText } from "./networkParameters.js";

export const modifyVpcAttribute = action({
  name: "ModifyVpcAttribute",
  product: "Vpc",
  required: ["VpcId"],
  optional: ["Description", "VpcName"],
  refuses: {
    ...{ CidrBlock: [], EnableDnsHostname: ["false"], EnableIPv6: ["false"], Ipv6CidrBlock: [], Ipv6Isp: [] },
  },
  handle(call) {
    const vpc = existingVpc(call);
    const vpcName = networkText(call, "VpcName");
    const description = networkText(call, "Description");
    call.change((draft) => {
      Object.assign(draftVpc(draft, vpc), present("vpcName", vpcName), present("description", description));
    });
    return {};
  },
});

import { parseCidr } from "../../parameters/cidr.js";
import { parseMoment, secondText } from "../../world/time.js";
import { action } from "../action.js";
import { existingVSwitch } from "./existingNetwork.js";
import { tagList } from "./networkTags.js";

export const describeVSwitchAttributes = action({
  name: "DescribeVSwitchAttributes",
  product: "Vpc",
  required: ["VSwitchId"],
  refuses: { DryRun: ["false"] },
  handle(call) {
    const vSwitch = existingVSwitch(call);
    const block = parseCidr(vSwitch.cidrBlock);
    return {
      VSwitchId: vSwitch.id,
      VpcId: vSwitch.vpcId,
      ZoneId: vSwitch.zone,
      CidrBlock: vSwitch.cidrBlock,
      Ipv6CidrBlock: "",
      Status: "Available",
      VSwitchName: vSwitch.vSwitchName,
      Description: vSwitch.description,
      CreationTime: secondText(parseMoment(vSwitch.createdAt)),
      IsDefault: false,
      AvailableIpAddressCount: block === undefined ? 252 : Math.max(0, block.last - block.first - 3),
      Tags: { Tag: tagList(vSwitch.tags) },
      CloudResources: { CloudResourceSetType: [] },
    };
  },
});

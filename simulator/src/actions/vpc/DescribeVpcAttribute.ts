import { parseMoment, secondText } from "../../world/time.js";
import { action } from "../action.js";
import { routerOf } from "./DescribeRouteTableList.js";
import { existingVpc } from "./existingNetwork.js";
import { tagList } from "./networkTags.js";

export const describeVpcAttribute = action({
  name: "DescribeVpcAttribute",
  product: "Vpc",
  required: ["VpcId"],
  refuses: { DryRun: ["false"], IsDefault: [] },
  handle(call) {
    const vpc = existingVpc(call);
    const vSwitches = call.world.vSwitches.filter(({ vpcId }) => vpcId === vpc.id).map(({ id }) => id);
    return {
      VpcId: vpc.id,
      RegionId: vpc.region,
      CidrBlock: vpc.cidrBlock,
      VpcName: vpc.vpcName,
      Description: vpc.description,
      ResourceGroupId: vpc.resourceGroupId,
      CreationTime: secondText(parseMoment(vpc.createdAt)),
      Status: "Available",
      VRouterId: routerOf(vpc.id),
      ClassicLinkEnabled: false,
      EnabledIpv6: false,
      Ipv6CidrBlock: "",
      Ipv6CidrBlocks: { Ipv6CidrBlock: [] },
      DnsHostnameStatus: "DISABLED",
      IsDefault: false,
      SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
      UserCidrs: { UserCidr: [] },
      VSwitchIds: { VSwitchId: vSwitches },
      Tags: { Tag: tagList(vpc.tags) },
    };
  },
});

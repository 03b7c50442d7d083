import { parseCidr } from "../../parameters/cidr.js";
import { refuse } from "../../rules/refuse.js";
import { refusal } from "../../rules/rule.js";
import { sources } from "../../rules/sources.js";
import { momentText } from "../../world/time.js";
import { action } from "../action.js";
import { given } from "../askedInstance.js";
import { askedTags } from "../TagResources.js";
import { routerOf, routeTableOf } from "./DescribeRouteTableList.js";
import { madeOnce } from "./madeNetwork.js";
import { networkText } from "./networkParameters.js";

export const createVpc = action({
  name: "CreateVpc",
  product: "Vpc",
  required: ["RegionId"],
  optional: ["CidrBlock", "Description", "ResourceGroupId", "Tag", "VpcName"],
  refuses: {
    ...{ DryRun: ["false"], EnableDnsHostname: ["false"], EnableIpv6: ["false"], Ipv4CidrMask: [] },
    ...{ Ipv4IpamPoolId: [], Ipv6CidrBlock: [], Ipv6Isp: [], UserCidr: [] },
  },
  handle(call) {
    const cidrBlock = given(call, "CidrBlock") ?? "172.16.0.0/12";
    const block = parseCidr(cidrBlock);
    if (block === undefined || block.bits < 8 || block.bits > 28) throw refuse(badCidr);
    const vpc = {
      region: call.params["RegionId"] ?? "",
      cidrBlock,
      resourceGroupId: given(call, "ResourceGroupId") ?? "rg-simulated",
      vpcName: networkText(call, "VpcName") ?? "",
      description: networkText(call, "Description") ?? "",
      tags: askedTags(call.params),
      createdAt: momentText(call.now),
    };
    const id = madeOnce(call, "vpc", (draft, free) => {
      draft.vpcs.push({ id: free, ...vpc });
    });
    return {
      VpcId: id,
      VRouterId: routerOf(id),
      RouteTableId: routeTableOf(id),
      ResourceGroupId: vpc.resourceGroupId,
    };
  },
});

const badCidr = refusal({
  id: "vpc.cidr",
  action: "CreateVpc",
  parameter: "CidrBlock",
  code: "InvalidCidrBlock.Malformed",
  status: 400,
  message: "The block of addresses of the VPC is not valid.",
  says: "A block of IPv4 addresses with a prefix of 8 to 28 bits, 172.16.0.0/12 unless one is given.",
  basis: "inferred",
  source: sources.terraform,
});

import type { Call } from "../../call/call.js";
import { isInside, overlap, parseCidr, type Cidr } from "../../parameters/cidr.js";
import { badValue } from "../../parameters/badValue.js";
import { refuse } from "../../rules/refuse.js";
import { refusal } from "../../rules/rule.js";
import { sources } from "../../rules/sources.js";
import type { Vpc } from "../../world/network.js";
import { momentText } from "../../world/time.js";
import { action } from "../action.js";
import { askedTags } from "../TagResources.js";
import { existingVpc } from "./existingNetwork.js";
import { madeOnce } from "./madeNetwork.js";
import { networkText } from "./networkParameters.js";

export const createVSwitch = action({
  name: "CreateVSwitch",
  product: "Vpc",
  required: ["RegionId", "CidrBlock", "VpcId", "ZoneId"],
  optional: ["Description", "Tag", "VSwitchName"],
  refuses: { Ipv6CidrBlock: [], VpcIpv6CidrBlock: [] },
  handle(call) {
    const vpc = existingVpc(call);
    const cidrBlock = call.params["CidrBlock"] ?? "";
    const zone = call.params["ZoneId"] ?? "";
    if (!zone.startsWith(`${vpc.region}-`)) throw badValue("ZoneId");
    const vSwitch = {
      vpcId: vpc.id,
      zone,
      cidrBlock,
      vSwitchName: networkText(call, "VSwitchName") ?? "",
      description: networkText(call, "Description") ?? "",
      tags: askedTags(call.params),
      createdAt: momentText(call.now),
    };
    const id = madeOnce(call, "vsw", (draft, free) => {
      checkBlock(call, vpc, blockOf(cidrBlock, vpc));
      draft.vSwitches.push({ id: free, ...vSwitch });
    });
    return { VSwitchId: id };
  },
});

function blockOf(text: string, vpc: Vpc): Cidr {
  const block = parseCidr(text);
  const whole = parseCidr(vpc.cidrBlock);
  const fits = block !== undefined && block.bits >= 16 && block.bits <= 29;
  if (!fits || whole === undefined || !isInside(block, whole)) throw refuse(badCidr);
  return block;
}

function checkBlock(call: Call, vpc: Vpc, block: Cidr): void {
  const taken = call.world.vSwitches
    .filter(({ vpcId }) => vpcId === vpc.id)
    .some(({ cidrBlock }) => {
      const other = parseCidr(cidrBlock);
      return other !== undefined && overlap(block, other);
    });
  if (taken) throw refuse(overlaps);
}

const of = {
  action: "CreateVSwitch",
  parameter: "CidrBlock",
  basis: "inferred",
  source: sources.terraform,
} as const;

const badCidr = refusal({
  ...of,
  id: "vswitch.cidr",
  code: "InvalidCidrBlock.Malformed",
  status: 400,
  message: "The block of addresses of the vSwitch is not valid.",
  says: "A block of IPv4 addresses with a prefix of 16 to 29 bits, inside that of the VPC.",
});
const overlaps = refusal({
  ...of,
  id: "vswitch.cidr-taken",
  code: "InvalidCidrBlock.Overlapped",
  status: 400,
  message: "The block of addresses overlaps another vSwitch.",
  says: "The vSwitches of a VPC share no address.",
});

import type { Call } from "../machine/call.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";

export const describeVSwitchAttributes = action({
  name: "DescribeVSwitchAttributes",
  product: "Vpc",
  required: ["VSwitchId"],
  handle(call) {
    const id = call.params["VSwitchId"] ?? "";
    const vSwitch = vSwitchOf(call, id);
    if (vSwitch === undefined) throw refuse(unknown, { values: { id } });
    return {
      VSwitchId: id,
      VpcId: vSwitch.vpcId,
      ZoneId: vSwitch.zone,
      CidrBlock: vSwitch.cidrBlock,
      Status: "Available",
      VSwitchName: "",
      Description: "",
      IsDefault: false,
      AvailableIpAddressCount: 252,
      CloudResources: { CloudResourceSetType: [] },
    };
  },
});

/** A vSwitch the world lists or an instance is in; where the world lists none, any. */
export function vSwitchOf(
  call: Call,
  id: string,
): { vpcId: string; zone: string; cidrBlock: string } | undefined {
  const listed = call.world.vSwitches?.find((candidate) => candidate.id === id);
  if (listed !== undefined) return listed;
  const cidrBlock = "10.0.0.0/24";
  const used = call.world.instances.find(
    ({ vSwitchId, accountId }) => vSwitchId === id && accountId === call.account.accountId,
  );
  if (used !== undefined) return { vpcId: used.vpcId, zone: used.zone, cidrBlock };
  if (call.world.vSwitches !== undefined) return undefined;
  return { vpcId: "vpc-simulated", zone: `${call.params["RegionId"] ?? "cn-hangzhou"}-h`, cidrBlock };
}

const unknown = refusal({
  id: "vswitch.not-found",
  action: "DescribeVSwitchAttributes",
  parameter: "VSwitchId",
  code: "InvalidVswitchID.NotFound",
  status: 404,
  message: "The vSwitch {id} does not exist.",
  says: "An unknown vSwitch, where the world lists vSwitches.",
  basis: "measured",
  source: sources.terraform,
});
behaviour({
  id: "vswitch.any",
  action: "DescribeVSwitchAttributes",
  says: "Where the world lists no vSwitches every one exists, in the VPC of an instance that is in it or in the zone h.",
  basis: "inferred",
  source: sources.simulator,
});

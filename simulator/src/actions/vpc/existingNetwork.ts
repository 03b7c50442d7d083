import type { Call } from "../../call/call.js";
import { refuse } from "../../rules/refuse.js";
import { behaviour, refusal } from "../../rules/rule.js";
import { sources } from "../../rules/sources.js";
import { vpcOf, vSwitchIn, type Vpc, type VSwitch } from "../../world/network.js";

/** The VPC that a call names. */
export function existingVpc(call: Call, id = call.params["VpcId"] ?? ""): Vpc {
  const vpc = vpcOf(call.world, id);
  if (vpc === undefined) throw refuse(unknownVpc, { values: { id } });
  return vpc;
}

/** The vSwitch of a call, or nothing; one that nobody lists is in the zone h of the region that is asked for. */
export const vSwitchOf = (call: Call, id: string): VSwitch | undefined =>
  vSwitchIn(call.world, id, call.account.accountId, `${call.params["RegionId"] ?? "cn-hangzhou"}-h`);

export function existingVSwitch(call: Call, id = call.params["VSwitchId"] ?? ""): VSwitch {
  const vSwitch = vSwitchOf(call, id);
  if (vSwitch === undefined) throw refuse(unknownVSwitch, { values: { id } });
  return vSwitch;
}

const unknownVpc = refusal({
  id: "vpc.not-found",
  action: "DescribeVpcAttribute, ModifyVpcAttribute, DeleteVpc, DescribeRouteTableList, CreateVSwitch",
  parameter: "VpcId",
  code: "InvalidVpcID.NotFound",
  status: 404,
  message: "The VPC {id} does not exist.",
  says: "A VPC that was deleted, or an unknown one where the world lists networks; the alicloud provider takes any 404 for it.",
  basis: "measured",
  source: sources.terraform,
});
const unknownVSwitch = refusal({
  id: "vswitch.not-found",
  action: "DescribeVSwitchAttributes, ModifyVSwitchAttribute, DeleteVSwitch",
  parameter: "VSwitchId",
  code: "InvalidVswitchID.NotFound",
  status: 404,
  message: "The vSwitch {id} does not exist.",
  says: "A vSwitch that was deleted, or an unknown one where the world lists networks.",
  basis: "measured",
  source: sources.terraform,
});
behaviour({
  id: "vswitch.any",
  action: "DescribeVSwitchAttributes, DescribeVpcAttribute",
  says: "Where the world lists neither VPCs nor vSwitches every one exists, in the VPC of an instance that is in it or in the zone h; those that were made here exist until they are deleted.",
  basis: "inferred",
  source: sources.simulator,
});

import type { World, WorldDraft } from "./schema.js";

export type Vpc = World["vpcs"][number];
export type VSwitch = World["vSwitches"][number];

/** Ids that the simulator gives: one that is no longer listed is gone, even where every other network exists. */
const isMade = (id: string): boolean => /^(vpc|vsw)-sim\d{8}$/.test(id);

/** A VPC the world lists or an instance is in; where the world lists no networks, any. */
export function vpcOf(world: World, id: string): Vpc | undefined {
  const listed = world.vpcs.find((vpc) => vpc.id === id);
  if (listed !== undefined) return listed;
  const region = world.instances.find(({ vpcId }) => vpcId === id)?.region;
  const isUsed = region !== undefined || world.vSwitches.some(({ vpcId }) => vpcId === id);
  if (isMade(id) || (world.networks === "listed" && !isUsed)) return undefined;
  return {
    ...plain,
    vpcName: "",
    id,
    region: region ?? "cn-hangzhou",
    cidrBlock: "10.0.0.0/8",
    resourceGroupId: "rg-simulated",
  };
}

/** A vSwitch the world lists or an instance is in; where the world lists no networks, any, in the given zone. */
export function vSwitchIn(world: World, id: string, accountId: string, zone: string): VSwitch | undefined {
  const listed = world.vSwitches.find((vSwitch) => vSwitch.id === id);
  if (listed !== undefined) return listed;
  const used = world.instances.find(
    (instance) => instance.vSwitchId === id && instance.accountId === accountId,
  );
  if (used === undefined && (isMade(id) || world.networks === "listed")) return undefined;
  return {
    ...plain,
    vSwitchName: "",
    id,
    vpcId: used?.vpcId ?? "vpc-simulated",
    zone: used?.zone ?? zone,
    cidrBlock: "10.0.0.0/24",
  };
}

const plain = { description: "", tags: {}, createdAt: "2025-01-01T00:00:00Z" };

/** The entry of a draft, entered if the world did not list it. */
export function draftVpc(draft: WorldDraft, vpc: Vpc): WorldDraft["vpcs"][number] {
  const listed = draft.vpcs.find(({ id }) => id === vpc.id);
  if (listed !== undefined) return listed;
  draft.vpcs.push({ ...vpc, tags: { ...vpc.tags } });
  return draftVpc(draft, vpc);
}

export function draftVSwitch(draft: WorldDraft, vSwitch: VSwitch): WorldDraft["vSwitches"][number] {
  const listed = draft.vSwitches.find(({ id }) => id === vSwitch.id);
  if (listed !== undefined) return listed;
  draft.vSwitches.push({ ...vSwitch, tags: { ...vSwitch.tags } });
  return draftVSwitch(draft, vSwitch);
}

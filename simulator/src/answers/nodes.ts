import { hasSecondNode } from "../world/kindOfInstance.js";
import type { Instance } from "../world/schema.js";

export interface InstanceNode {
  readonly id: string;
  readonly role: "Master" | "Slave";
  readonly zone: string;
}

/** The nodes of an instance: one that writes, and one for each slave zone where the category has more than one. */
export function nodesOf(instance: Instance): InstanceNode[] {
  const number = instance.id.length * 1000;
  const master: InstanceNode = { id: String(number + 1), role: "Master", zone: instance.zone };
  if (!hasSecondNode(instance)) return [master];
  const zones = instance.slaveZones.length > 0 ? instance.slaveZones : [instance.zone];
  return [
    master,
    ...zones.map((zone, index) => ({ id: String(number + 2 + index), role: "Slave" as const, zone })),
  ];
}

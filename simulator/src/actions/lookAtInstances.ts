import type { Call } from "../call/call.js";
import type { Instance } from "../world/schema.js";

/** The answer shows these instances, and with them the operation that makes, changes or deletes one. */
export function lookAtInstances(call: Call, shown: readonly Instance[]): void {
  for (const operation of call.world.operations) {
    const { kind, instanceId } = operation;
    if (kind !== "createInstance" && kind !== "changeInstance" && kind !== "deleteInstance") continue;
    if (shown.some(({ id }) => id === instanceId)) call.look(operation.id);
  }
}

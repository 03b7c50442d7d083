import type { Call } from "../../call/call.js";
import { badValue } from "../../parameters/badValue.js";
import { numbered } from "../../parameters/numbered.js";
import { draftVpc, draftVSwitch } from "../../world/network.js";
import type { WorldDraft } from "../../world/schema.js";
import { existingVpc, existingVSwitch } from "./existingNetwork.js";

export const tagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }));

/** Changes the tags of the VPCs or vSwitches that a call names, all of them existing. */
export function changeTags(
  call: Call,
  change: (tags: Readonly<Record<string, string>>) => Record<string, string>,
): void {
  const ids = numbered(call.params, "ResourceId");
  if (ids.length === 0 || ids.length > 20) throw badValue("ResourceId");
  const entries = ids.map((id) => entryOf(call, id));
  call.change((draft) => {
    for (const entry of entries) {
      const drafted = entry(draft);
      drafted.tags = change(drafted.tags);
    }
  });
}

function entryOf(call: Call, id: string): (draft: WorldDraft) => { tags: Record<string, string> } {
  const type = call.params["ResourceType"] ?? "";
  if (type === "VPC") {
    const vpc = existingVpc(call, id);
    return (draft) => draftVpc(draft, vpc);
  }
  if (type !== "VSWITCH") throw badValue("ResourceType");
  const vSwitch = existingVSwitch(call, id);
  return (draft) => draftVSwitch(draft, vSwitch);
}

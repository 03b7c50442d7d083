import { nextNumber, type Call } from "../../call/call.js";
import { behaviour } from "../../rules/rule.js";
import { sources } from "../../rules/sources.js";
import type { WorldDraft } from "../../world/schema.js";

/** Makes a network with a free id, once for a ClientToken. */
export function madeOnce(
  call: Call,
  prefix: "vpc" | "vsw",
  enter: (draft: WorldDraft, id: string) => void,
): string {
  const token = call.params["ClientToken"] ?? "";
  const key = `${call.account.accountId}:${token}`;
  const before = token === "" ? undefined : call.world.clientTokens[key];
  if (before?.startsWith(`${prefix}-`) === true) return before;
  let id = "";
  call.change((draft) => {
    id = `${prefix}-sim${String(nextNumber(draft)).padStart(8, "0")}`;
    enter(draft, id);
    if (token !== "") draft.clientTokens[key] = id;
  });
  return id;
}

behaviour({
  id: "network.at-once",
  action: "CreateVpc, CreateVSwitch",
  says: "A VPC and a vSwitch are Available with the answer; the same token of the same account gives the same one again.",
  basis: "inferred",
  source: sources.terraform,
});

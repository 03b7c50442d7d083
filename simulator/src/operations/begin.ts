import { nextNumber, type Call } from "../call/call.js";
import type { WorldDraft } from "../world/schema.js";
import { momentText } from "../world/time.js";

/** What every operation has in common when it begins. */
export function newOperation(draft: WorldDraft, call: Call, instanceId: string, seconds: number) {
  return {
    id: `t-${nextNumber(draft)}`,
    requestId: call.requestId,
    accountId: call.account.accountId,
    instanceId,
    started: momentText(call.now),
    seconds,
    looks: 0,
  };
}

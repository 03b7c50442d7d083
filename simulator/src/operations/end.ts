import type { Moment } from "../call/request.js";
import type { Operation, WorldDraft } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { detailOf, kinds } from "./kinds.js";
import { momentOfShare } from "./operation.js";
import { recordTask } from "./tasks.js";

/** Takes an operation that succeeded off the list and enters it into the history. */
export function endOperation(draft: WorldDraft, operation: Operation, moment: Moment): void {
  draft.operations = draft.operations.filter((running) => running.id !== operation.id);
  recordTask(draft, {
    id: operation.id,
    accountId: operation.accountId,
    instanceId: operation.instanceId,
    action: kinds[operation.kind].apiName,
    requestId: operation.requestId,
    status: "Succeed",
    reason: "",
    started: operation.started,
    ended: momentText(momentOfShare(operation, 1, moment)),
    detail: detailOf(operation),
  });
}

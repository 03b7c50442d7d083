import type { Moment } from "../call/request.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance, sameName } from "../world/find.js";
import type { DropOperation, WorldDraft } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { momentOfShare } from "./operation.js";
import { recordTask } from "./tasks.js";

export interface DropPlan {
  readonly id: string;
  readonly requestId: string;
  readonly accountId: string;
  readonly instanceId: string;
  readonly database: string;
}

/** Accepts a drop: the database is Deleting until the operation is over, then gone. */
export function beginDrop(draft: WorldDraft, plan: DropPlan, now: number): void {
  const database = draftInstance(draft, plan.instanceId).databases.find(({ name }) =>
    sameName(name, plan.database),
  );
  if (database !== undefined) database.status = "Deleting";
  draft.operations.push({
    kind: "drop",
    ...plan,
    started: momentText(now),
    seconds: draft.drop.seconds,
    looks: 0,
  });
}

export const dropIsDue = (share: number): boolean => share >= 1;

export function advanceDrop(draft: WorldDraft, operation: DropOperation, moment: Moment): void {
  const instance = draftInstance(draft, operation.instanceId);
  instance.databases = instance.databases.filter(({ name }) => !sameName(name, operation.database));
  draft.operations = draft.operations.filter((running) => running.id !== operation.id);
  recordTask(draft, {
    id: operation.id,
    accountId: operation.accountId,
    instanceId: operation.instanceId,
    action: "DeleteDatabase",
    requestId: operation.requestId,
    status: "Succeed",
    reason: "",
    started: operation.started,
    ended: momentText(momentOfShare(operation, 1, moment)),
    detail: JSON.stringify({ database: operation.database }),
  });
}

behaviour({
  id: "drop.asynchronous",
  action: "DeleteDatabase",
  says: "The call is answered at once; the database is listed as Deleting for a while, then no longer.",
  basis: "inferred",
  source: sources.terraform,
});

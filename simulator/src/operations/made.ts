import type { Moment } from "../call/request.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance, sameName, usedGiB } from "../world/find.js";
import type { Operation, WorldDraft } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { momentOfShare } from "./operation.js";

type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** What was being made on an instance, or the instance itself, is there. */
export function finishDatabase(draft: WorldDraft, operation: Of<"createDatabase">, moment: Moment): void {
  const database = draftInstance(draft, operation.instanceId).databases.find(({ name }) =>
    sameName(name, operation.database),
  );
  if (database === undefined) return;
  database.status = "Running";
  database.contentSince = momentText(momentOfShare(operation, 1, moment));
}

export function finishAccount(draft: WorldDraft, operation: Of<"createAccount">): void {
  const account = draftInstance(draft, operation.instanceId).dbAccounts.find(
    ({ name }) => name === operation.account,
  );
  if (account !== undefined) account.status = "Available";
}

export function finishInstance(draft: WorldDraft, operation: Of<"createInstance">): void {
  draftInstance(draft, operation.instanceId).status = "Running";
}

export function finishChange(draft: WorldDraft, operation: Of<"changeInstance">): void {
  const instance = draftInstance(draft, operation.instanceId);
  Object.assign(instance, operation.becomes, { status: "Running" });
  if (instance.lockMode === "LockByDiskQuota" && usedGiB(instance) < instance.storageGiB)
    instance.lockMode = "Unlock";
}

/** A deleted instance is gone with everything on it; where the world says so it lies in the recycle bin first. */
export function finishDeletion(draft: WorldDraft, operation: Of<"deleteInstance">, moment: Moment): void {
  const { instanceId } = operation;
  draft.operations = draft.operations.filter((running) => running.instanceId !== instanceId);
  if (draft.service.releasedInstances !== "refused") {
    draft.instances = draft.instances.filter(({ id }) => id !== instanceId);
    return;
  }
  const released = momentText(momentOfShare(operation, 1, moment));
  Object.assign(draftInstance(draft, instanceId), {
    status: "Released",
    lockMode: "Released",
    releasedAt: released,
  });
}

const inferred = { basis: "inferred", source: sources.terraform } as const;

behaviour({
  ...inferred,
  id: "create-database.asynchronous",
  action: "CreateDatabase",
  says: "The call is answered at once; the database is listed as Creating from then on, and Running after a while.",
});
behaviour({
  ...inferred,
  id: "create-account.asynchronous",
  action: "CreateAccount",
  says: "The call is answered at once; the account is listed as Unavailable from then on, and Available after a while.",
});
behaviour({
  ...inferred,
  id: "create-instance.asynchronous",
  action: "CreateDBInstance",
  says: "The call is answered at once; the instance is listed as Creating, then Running. It has no backup until one is made.",
});
behaviour({
  ...inferred,
  id: "change-instance.asynchronous",
  action: "ModifyDBInstanceSpec",
  says: "The instance is DBInstanceClassChanging for a while, then Running with what was asked for.",
});
behaviour({
  ...inferred,
  id: "delete-instance.asynchronous",
  action: "DeleteDBInstance",
  switch: "releasedInstances",
  says: "The instance is Deleting for a while, with a task that is Processing; then it is not found, its backups with it. With releasedInstances refused it is Released in between and refuses every call for life.releasedDays.",
});

import type { Moment } from "../call/request.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance, sameName } from "../world/find.js";
import type { BackupOperation, WorldDraft } from "../world/schema.js";
import { momentText } from "../world/time.js";
import { momentOfShare } from "./operation.js";

/** The set can be restored: it holds what the databases hold when it ends. */
export function finishBackup(draft: WorldDraft, operation: BackupOperation, moment: Moment): void {
  const instance = draftInstance(draft, operation.instanceId);
  const backup = instance.backups.find(({ id }) => id === operation.backupId);
  if (backup === undefined) return;
  const held = instance.databases.filter(
    ({ name, status }) =>
      status === "Running" && operation.databases.some((wanted) => sameName(wanted, name)),
  );
  backup.status = "Success";
  backup.available = true;
  backup.end = momentText(momentOfShare(operation, 1, moment));
  backup.databases = Object.fromEntries(held.map(({ name, content }) => [name, content]));
  backup.sizeGiB = held.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
}

const about = { action: "CreateBackup", basis: "inferred", source: sources.createBackupPage } as const;

behaviour({
  ...about,
  id: "create-backup.asynchronous",
  says: "The call is answered with the id of a job; the set is listed as Running at once and can be restored when it is Success.",
});
behaviour({
  ...about,
  id: "create-backup.content-of-end",
  says: "A set holds what the databases held when it ended; a database that was not Running then is not in it.",
});

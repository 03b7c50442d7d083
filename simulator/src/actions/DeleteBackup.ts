import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const deleteBackup = action({
  name: "DeleteBackup",
  required: ["DBInstanceId", "BackupId"],
  handle(call) {
    const instance = runningInstance(call, "DeleteBackup");
    const ids = (call.params["BackupId"] ?? "")
      .split(",")
      .map((id) => withoutInstance(id.trim(), instance.id));
    for (const id of ids) {
      const backup = instance.backups.find((candidate) => candidate.id === id);
      if (backup === undefined) throw refuse(unknown, { values: { id } });
      if (backup.mode !== "Manual" || backup.status === "Running") throw refuse(kept, { values: { id } });
    }
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id);
      changed.backups = changed.backups.filter(({ id }) => !ids.includes(id));
    });
    return {};
  },
});

const withoutInstance = (id: string, instanceId: string) =>
  id.startsWith(`${instanceId}:`) ? id.slice(instanceId.length + 1) : id;

const of = { action: "DeleteBackup", parameter: "BackupId", source: sources.errorTable2020 } as const;

const unknown = refusal({
  ...of,
  id: "delete-backup.not-found",
  code: "InvalidBackupId.NotFound",
  status: 404,
  message: "The backup set {id} does not exist.",
  says: "The set is one of the instance.",
  basis: "documented",
});
const kept = refusal({
  ...of,
  id: "delete-backup.kept",
  code: "OperationDenied.BackupStatus",
  status: 403,
  message: "The backup set {id} cannot be deleted.",
  says: "Only sets whose StoreStatus is Enabled can be deleted: finished ones that were made by hand. The code is documented, its cause only in part.",
  basis: "inferred",
});
behaviour({
  ...of,
  id: "delete-backup.both-forms",
  says: "A set is named by its id, or by the instance and the id as the alicloud provider writes it; several by a comma list.",
  basis: "measured",
  source: sources.terraform,
});

import type { Call } from "../call/call.js";
import { shareDone } from "../operations/operation.js";
import { badValue, choice } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Backup, Instance } from "../world/schema.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeBackupTasks = action({
  name: "DescribeBackupTasks",
  required: ["DBInstanceId"],
  optional: ["BackupJobId", "BackupJobStatus", "BackupMode"],
  refuses: { Flag: [] },
  handle(call) {
    const instance = ownInstance(call, "DescribeBackupTasks");
    const jobId = call.params["BackupJobId"] ?? "";
    if (jobId !== "" && !/^\d+$/.test(jobId)) throw badValue("BackupJobId");
    const status = call.params["BackupJobStatus"] ?? "";
    const mode = choice(call.params, "BackupMode", ["Automated", "Manual"]);
    const jobs = instance.backups
      .filter((backup) => mode === undefined || backup.mode === mode)
      .filter((backup) => backup.jobId !== undefined && (jobId === "" || backup.jobId === jobId))
      .map((backup) => job(call, instance, backup, jobId !== ""))
      .filter((shown) => status === "" || shown.BackupStatus === status);
    return { Items: { BackupJob: jobs } };
  },
});

function job(call: Call, instance: Instance, backup: Backup, named: boolean) {
  const operation = call.world.operations.find(
    (running) =>
      running.kind === "backup" && running.instanceId === instance.id && running.backupId === backup.id,
  );
  if (operation !== undefined) call.look(operation.id);
  const share = operation === undefined ? 1 : shareDone(operation, call);
  const finished = backup.status === "Success";
  return {
    BackupJobId: backup.jobId ?? "",
    BackupId: finished && named ? backup.id : "",
    BackupStatus: backup.status === "Failed" ? "Failed" : finished ? "Finished" : progressOf(share),
    BackupProgressStatus: "",
    Process: String(Math.floor(share * 100)),
    JobMode: backup.mode,
    TaskAction: "TempBackupTask",
  };
}

const progressOf = (share: number) => (share < 0.1 ? "Preparing" : "Uploading");

const about = { action: "DescribeBackupTasks", basis: "documented", source: sources.metadata } as const;

behaviour({
  ...about,
  id: "backup-tasks.texts",
  says: "BackupJobId and BackupId are texts; BackupId is filled when the job is Finished and was asked for by its id.",
});
behaviour({
  ...about,
  id: "backup-tasks.stay",
  says: "A job stays listed as long as its set: the alicloud provider asks again a minute after it has finished.",
  basis: "measured",
  source: sources.terraform,
});

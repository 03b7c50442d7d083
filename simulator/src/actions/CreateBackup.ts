import { nextNumber } from "../call/call.js";
import { newOperation } from "../operations/begin.js";
import { badValue, oneOf } from "../parameters/badValue.js";
import { wholeNumber } from "../parameters/page.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { momentText, parseMoment } from "../world/time.js";
import { action } from "./action.js";
import { existingDatabase, writableInstance } from "./writableInstance.js";

const dailyLimit = 20;

export const createBackup = action({
  name: "CreateBackup",
  required: ["DBInstanceId"],
  optional: ["BackupMethod", "BackupRetentionPeriod", "BackupStrategy", "BackupType", "DBName"],
  handle(call) {
    const instance = writableInstance(call, "CreateBackup");
    const method = (call.params["BackupMethod"] ?? "") || instance.backupMethod;
    if (method !== "Physical" && method !== "Snapshot" && method !== "Logical") throw refuse(badMethod);
    const type = oneOf(call.params, "BackupType", ["FullBackup", "Auto", "IncrementalBackup"], "FullBackup");
    const strategy = oneOf(call.params, "BackupStrategy", ["instance", "db"], "instance");
    const kept = wholeNumber(call.params["BackupRetentionPeriod"], instance.retentionDays);
    if (kept === undefined || kept < 7 || kept > 730) throw badValue("BackupRetentionPeriod");
    const databases = (strategy === "db" ? [existingDatabase(call, instance)] : instance.databases).map(
      ({ name }) => name,
    );
    if (
      call.world.operations.some((running) => running.kind === "backup" && running.instanceId === instance.id)
    )
      throw refuse(jobExists);
    const day = call.now - 24 * 3600 * 1000;
    const today = instance.backups.filter(
      ({ jobId, start }) => jobId !== undefined && parseMoment(start) > day,
    );
    if (today.length >= dailyLimit) throw refuse(tooOften);
    const sizeGiB = instance.databases
      .filter(({ name }) => databases.includes(name))
      .reduce((sum, database) => sum + database.sizeGiB, 0);
    let jobId = "";
    call.change((draft) => {
      const { life } = draft;
      const seconds = Math.max(life.backupMinimumSeconds, life.backupSecondsPerGiB * sizeGiB);
      const number = nextNumber(draft);
      jobId = String(1_000_000 + number);
      const taken = new Set(instance.backups.map(({ id }) => id));
      let backupId = String(2_000_000_000 + number);
      while (taken.has(backupId)) backupId = String(2_000_000_000 + nextNumber(draft));
      draftInstance(draft, instance.id).backups.push({
        id: backupId,
        start: momentText(call.now),
        end: momentText(call.now + seconds * 1000),
        type: type === "IncrementalBackup" ? "IncrementalBackup" : "FullBackup",
        mode: "Manual",
        method,
        status: "Running",
        available: false,
        copyOnly: false,
        archived: false,
        databases: {},
        jobId,
        ...(kept === instance.retentionDays ? {} : { keptDays: kept }),
      });
      draft.operations.push({
        kind: "backup",
        ...newOperation(draft, call, instance.id, seconds),
        backupId,
        databases,
      });
    });
    return { BackupJobId: jobId };
  },
});

const of = { action: "CreateBackup", basis: "documented", source: sources.createBackupPage } as const;

const badMethod = refusal({
  ...of,
  id: "create-backup.method",
  parameter: "BackupMethod",
  code: "InvalidBackupMethod.Format",
  status: 400,
  message: "The backup method is not valid.",
  says: "Physical, Snapshot or Logical; the default is that of the backup policy.",
});
const jobExists = refusal({
  ...of,
  id: "create-backup.job-exists",
  code: "BackupJobExists",
  status: 400,
  message: "The instance is already being backed up.",
  says: "One backup of an instance at a time; a second call after a lost answer meets its own job.",
});
const tooOften = refusal({
  ...of,
  id: "create-backup.times",
  code: "BackupTimesExceeded",
  status: 400,
  message: "The instance was backed up too often today.",
  says: "The code is documented; 20 in 24 hours is the simulator's number.",
  basis: "inferred",
});
behaviour({
  ...of,
  id: "create-backup.job-id-text",
  says: "BackupJobId is a text of digits; the set has another id, which DescribeBackupTasks tells when it is finished.",
  source: sources.metadata,
});

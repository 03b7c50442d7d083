import { bytes } from "../answers/gibibytes.js";
import { backupGiB } from "../copy/backupSize.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { usedGiB } from "../world/find.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeResourceUsage = action({
  name: "DescribeResourceUsage",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeResourceUsage");
    const backupSize = bytes(instance.backups.reduce((sum, backup) => sum + backupGiB(instance, backup), 0));
    return {
      DBInstanceId: instance.id,
      Engine: instance.engine,
      DiskUsed: bytes(usedGiB(instance)),
      DataSize: bytes(usedGiB(instance) - instance.logGiB),
      LogSize: bytes(instance.logGiB),
      BackupSize: backupSize,
      ColdBackupSize: -1,
      SQLSize: -1,
      BackupOssDataSize: -1,
      BackupOssLogSize: -1,
      BackupDataSize: backupSize,
      BackupLogSize: 0,
      ArchiveBackupSize: 0,
      PaidBackupSize: 0,
      BackupEcsSnapshotSize: "0",
    };
  },
});

behaviour({
  id: "usage.minus-one",
  action: "DescribeResourceUsage",
  says: "-1 means none and is a JSON number; only BackupEcsSnapshotSize is a text.",
  basis: "documented",
  source: sources.metadata,
});
behaviour({
  id: "usage.copying-counts",
  action: "DescribeResourceUsage",
  says: "A database that is being copied takes its whole space from the start.",
  basis: "inferred",
  source: sources.metadata,
});

import { bytes } from "../answers/gibibytes.js";
import { backupGiB, snapshotGiB } from "../copy/backupSize.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { primaryOf, usedGiB } from "../world/find.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeResourceUsage = action({
  name: "DescribeResourceUsage",
  required: ["DBInstanceId"],
  refuses: { ResourceGroupId: [] },
  handle(call) {
    const instance = ownInstance(call, "DescribeResourceUsage");
    const backupSize = bytes(instance.backups.reduce((sum, backup) => sum + backupGiB(instance, backup), 0));
    const primary = primaryOf(call.world, instance);
    return {
      DBInstanceId: instance.id,
      Engine: instance.engine,
      DiskUsed: bytes(usedGiB(primary)),
      DataSize: bytes(usedGiB(primary) - primary.logGiB),
      LogSize: bytes(primary.logGiB),
      BackupSize: backupSize,
      ColdBackupSize: -1,
      SQLSize: -1,
      BackupOssDataSize: -1,
      BackupOssLogSize: -1,
      BackupDataSize: backupSize,
      BackupLogSize: 0,
      ArchiveBackupSize: 0,
      PaidBackupSize: 0,
      BackupEcsSnapshotSize: String(bytes(snapshotGiB(instance))),
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
  id: "usage.snapshots",
  action: "DescribeResourceUsage, DescribeBackups",
  says: "BackupEcsSnapshotSize, and TotalEcsSnapshotSize of DescribeBackups, are the size of all snapshot sets of the instance.",
  basis: "inferred",
  source: sources.metadata,
});
behaviour({
  id: "usage.copying-counts",
  action: "DescribeResourceUsage",
  says: "A database that is being copied takes its whole space from the start.",
  basis: "inferred",
  source: sources.metadata,
});

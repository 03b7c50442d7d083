import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { instanceStatus } from "../world/find.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeInstanceCrossBackupPolicy = action({
  name: "DescribeInstanceCrossBackupPolicy",
  required: ["DBInstanceId", "RegionId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeInstanceCrossBackupPolicy");
    return {
      DBInstanceId: instance.id,
      DBInstanceDescription: instance.description,
      DBInstanceStatus: instanceStatus(call.world, instance),
      LockMode: instance.lockMode,
      RegionId: instance.region,
      Engine: instance.engine,
      EngineVersion: instance.engineVersion,
      BackupEnabled: "Disable",
      BackupEnabledTime: "",
      LogBackupEnabled: "Disable",
      LogBackupEnabledTime: "",
      CrossBackupRegion: "",
      CrossBackupType: "",
      RetentType: 1,
      Retention: 0,
    };
  },
});

behaviour({
  id: "cross-backup.off",
  action: "DescribeInstanceCrossBackupPolicy",
  says: "Backups are kept in the region of the instance; cross-region backup is off.",
  basis: "inferred",
  source: sources.metadata,
});

import { instanceStatus } from "../world/find.js";
import type { Instance, World } from "../world/schema.js";

/** The fields that the list of instances and the attributes of one have in common. */
export function instanceFields(world: World, instance: Instance) {
  return {
    DBInstanceId: instance.id,
    DBInstanceDescription: instance.description,
    DBInstanceStatus: instanceStatus(world, instance),
    DBInstanceType: instance.type,
    DBInstanceClass: instance.instanceClass,
    DBInstanceCPU: "4",
    DBInstanceMemory: 8192,
    DBInstanceStorageType: instance.storageType,
    DBInstanceNetType: "Intranet",
    Engine: instance.engine,
    EngineVersion: instance.engineVersion,
    Category: instance.category,
    PayType: instance.payType,
    RegionId: instance.region,
    ZoneId: instance.zone,
    InstanceNetworkType: instance.networkType,
    VpcId: instance.networkType === "VPC" ? instance.vpcId : "",
    VSwitchId: instance.networkType === "VPC" ? instance.vSwitchId : "",
    VpcCloudInstanceId: instance.networkType === "VPC" ? instance.id : "",
    ConnectionMode: "Standard",
    ConnectionString: connectionString(instance),
    LockMode: instance.lockMode,
    LockReason: instance.lockMode === "Unlock" ? "" : instance.lockMode,
    ExpireTime: "",
    MasterInstanceId: "",
    GuardDBInstanceId: "",
    TempDBInstanceId: "",
    ReadOnlyDBInstanceIds: { ReadOnlyDBInstanceId: [] },
    ResourceGroupId: instance.resourceGroupId,
    DeletionProtection: instance.deletionProtection,
  };
}

export const connectionString = (instance: Instance): string =>
  `${instance.id.toLowerCase()}.sqlserver.rds.aliyuncs.com`;

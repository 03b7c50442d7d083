import { instanceStatus, readOnlyOf } from "../world/find.js";
import type { Instance, World } from "../world/schema.js";
import { parseMoment, secondText } from "../world/time.js";
import { connectionString } from "./connection.js";

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
    ConnectionMode: instance.connectionMode,
    ConnectionString: connectionString(instance),
    LockMode: instance.lockMode,
    LockReason: instance.lockMode === "Unlock" ? "" : instance.lockMode,
    ExpireTime: instance.expiresAt === undefined ? "" : secondText(parseMoment(instance.expiresAt)),
    MasterInstanceId: instance.masterId ?? "",
    GuardDBInstanceId: "",
    TempDBInstanceId: "",
    ReadOnlyDBInstanceIds: {
      ReadOnlyDBInstanceId: readOnlyOf(world, instance).map(({ id }) => ({ DBInstanceId: id })),
    },
    BurstingEnabled: instance.burstingEnabled,
    ColdDataEnabled: instance.coldDataEnabled,
    ResourceGroupId: instance.resourceGroupId,
    DeletionProtection: instance.deletionProtection,
  };
}

import { bytes } from "../answers/gibibytes.js";
import { instanceFields } from "../answers/instanceFields.js";
import { nodesOf } from "../answers/nodes.js";
import type { Call } from "../call/call.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { primaryOf, usedGiB } from "../world/find.js";
import type { Instance, World } from "../world/schema.js";
import { parseMoment, secondText } from "../world/time.js";
import { action } from "./action.js";
import { expiredFilter } from "./expired.js";
import { lookAtInstances } from "./lookAtInstances.js";
import { notFound, ownInstance, visibleInstance } from "../call/ownInstance.js";

export const describeDBInstanceAttribute = action({
  name: "DescribeDBInstanceAttribute",
  required: ["DBInstanceId"],
  optional: ["Expired"],
  handle(call) {
    const instances = asked(call).filter(expiredFilter(call));
    lookAtInstances(call, instances);
    return { Items: { DBInstanceAttribute: instances.map((instance) => attributes(call.world, instance)) } };
  },
});

function asked(call: Call): Instance[] {
  const given = call.params["DBInstanceId"] ?? "";
  if (!given.includes(",")) return [ownInstance(call, "DescribeDBInstanceAttribute")];
  const found = given.split(",", 30).flatMap((id) => visibleInstance(call, id.trim()) ?? []);
  if (found.length === 0) throw notFound(call, "DescribeDBInstanceAttribute", given);
  return found;
}

function attributes(world: World, instance: Instance) {
  return {
    ...instanceFields(world, instance),
    MasterZone: instance.zone,
    SlaveZones: { SlaveZone: instance.slaveZones.map((zone) => ({ ZoneId: zone })) },
    Port: instance.port,
    IPType: "IPv4",
    DBInstanceClassType: instance.classType,
    DBInstanceStorage: instance.storageGiB,
    DBInstanceDiskUsed: String(bytes(usedGiB(primaryOf(world, instance)))),
    DBMaxQuantity: instance.maxDatabases,
    AccountMaxQuantity: 500,
    MaxConnections: 2000,
    MaxIOPS: 10000,
    MaxIOMBPS: 250,
    Collation: instance.collation,
    TimeZone: instance.timeZone,
    AdvancedFeatures: "",
    CreationTime: secondText(parseMoment(instance.createdAt)),
    MaintainTime: instance.maintainTime,
    AutoUpgradeMinorVersion: instance.autoUpgradeMinorVersion,
    CurrentKernelVersion: instance.minorVersion,
    LatestKernelVersion: "",
    AvailabilityValue: "100.0%",
    Extra: {
      RecoveryModel: instance.recoveryModel,
      AccountSecurityPolicy: "{}",
      DBInstanceIds: { DBInstanceId: [instance.id] },
    },
    ServerlessConfig: serverlessConfig(instance),
    DBClusterNodes: { DBClusterNode: instance.category === "AlwaysOn" ? clusterNodes(instance) : [] },
    IncrementSourceDBInstanceId: "",
    SecurityIPList: instance.ipArrays["default"] ?? "",
    SecurityIPMode: "normal",
    SuperPermissionMode: "Disabled",
  };
}

/** Always an object: the alicloud provider ends without one. */
function serverlessConfig({ serverless }: Instance) {
  if (serverless === undefined) return {};
  const { scaleMin, scaleMax, autoPause, switchForce } = serverless;
  return { ScaleMin: scaleMin, ScaleMax: scaleMax, AutoPause: autoPause, SwitchForce: switchForce };
}

const clusterNodes = (instance: Instance) =>
  nodesOf(instance).map(({ id, role, zone }) => ({
    NodeId: id,
    NodeRole: role === "Master" ? "primary" : "secondary",
    Status: "active",
    ClassCode: instance.instanceClass,
    ClassType: instance.classType,
    Cpu: "4",
    Memory: "8192",
    NodeRegionId: instance.region,
    NodeZoneId: zone,
    DisasterRecoveryNode: false,
  }));

const consistent = {
  action: "DescribeDBInstanceAttribute",
  basis: "inferred",
  source: sources.attributePage,
} as const;

behaviour({
  ...consistent,
  id: "attribute.cluster-nodes",
  says: "The nodes of an AlwaysOn instance are those that DescribeDBInstanceHAConfig names, by the same ids; other categories have no DBClusterNode.",
});
behaviour({
  ...consistent,
  id: "attribute.slave-zones",
  says: "An instance with a second node has a slave zone, its own unless another was asked for; one with a single node has none.",
});
behaviour({
  ...consistent,
  id: "attribute.serverless",
  says: "A serverless instance has the pay type SERVERLESS, a serverless class and its range of capacity; others have an empty ServerlessConfig.",
});
behaviour({
  ...consistent,
  id: "attribute.read-only",
  says: "A read-only instance names its primary one, which names it in ReadOnlyDBInstanceIds, and shows its databases and accounts.",
});
behaviour({
  id: "attribute.several",
  action: "DescribeDBInstanceAttribute",
  parameter: "DBInstanceId",
  says: "A comma list gives those of up to 30 instances that exist; if none does it is a not-found.",
  basis: "inferred",
  source: sources.attributePage,
});
behaviour({
  id: "attribute.no-kind-code",
  action: "DescribeDBInstanceAttribute",
  says: "kindCode is left out: with it the alicloud provider reports a difference that is none.",
  basis: "measured",
  source: sources.terraform,
});

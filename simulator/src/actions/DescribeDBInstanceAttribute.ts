import { bytes } from "../answers/gibibytes.js";
import { instanceFields } from "../answers/instanceFields.js";
import type { Call } from "../machine/call.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { usedGiB } from "../world/find.js";
import type { Instance, World } from "../world/schema.js";
import { parseMoment, secondText } from "../world/time.js";
import { action } from "./action.js";
import { lookAtInstances } from "./lookAtInstances.js";
import { notFound, ownInstance, visibleInstance } from "./ownInstance.js";

export const describeDBInstanceAttribute = action({
  name: "DescribeDBInstanceAttribute",
  required: ["DBInstanceId"],
  handle(call) {
    const instances = asked(call);
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
    SlaveZones: { SlaveZone: [] },
    Port: instance.port,
    IPType: "IPv4",
    DBInstanceClassType: instance.classType,
    DBInstanceStorage: instance.storageGiB,
    DBInstanceDiskUsed: String(bytes(usedGiB(instance))),
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
    CurrentKernelVersion: "",
    LatestKernelVersion: "",
    AvailabilityValue: "100.0%",
    Extra: {
      RecoveryModel: instance.recoveryModel,
      AccountSecurityPolicy: "{}",
      DBInstanceIds: { DBInstanceId: [instance.id] },
    },
    ServerlessConfig: {},
    DBClusterNodes: { DBClusterNode: [] },
    IncrementSourceDBInstanceId: "",
    SecurityIPList: instance.ipArrays["default"] ?? "",
    SecurityIPMode: "normal",
    SuperPermissionMode: "Disabled",
  };
}

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

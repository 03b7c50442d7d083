import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeDBInstanceHAConfig = action({
  name: "DescribeDBInstanceHAConfig",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeDBInstanceHAConfig");
    return {
      DBInstanceId: instance.id,
      HAMode: "RPO",
      SyncMode: "Sync",
      HostInstanceInfos: {
        NodeInfo: nodesOf(instance).map(({ id, role }) => ({
          NodeId: id,
          NodeType: role,
          RegionId: instance.region,
          ZoneId: instance.zone,
          SyncStatus: "Synchronized",
          LogSyncTime: "",
          DataSyncTime: "",
        })),
      },
    };
  },
});

function nodesOf(instance: Instance) {
  const number = instance.id.length * 1000;
  const master = { id: String(number + 1), role: "Master" };
  return instance.category === "Basic" ? [master] : [master, { id: String(number + 2), role: "Slave" }];
}

behaviour({
  id: "ha-config.nodes",
  action: "DescribeDBInstanceHAConfig",
  says: "A Master node, and a Slave unless the category is Basic. NodeType and NodeId are texts: without them the alicloud provider ends.",
  basis: "measured",
  source: sources.terraform,
});

import { nodesOf } from "../answers/nodes.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

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
        NodeInfo: nodesOf(instance).map(({ id, role, zone }) => ({
          NodeId: id,
          NodeType: role,
          RegionId: instance.region,
          ZoneId: zone,
          SyncStatus: "Synchronized",
          LogSyncTime: "",
          DataSyncTime: "",
        })),
      },
    };
  },
});

behaviour({
  id: "ha-config.nodes",
  action: "DescribeDBInstanceHAConfig",
  says: "A Master node, and a Slave in each slave zone unless the category has one node. NodeType and NodeId are texts: without them the alicloud provider ends.",
  basis: "measured",
  source: sources.terraform,
});

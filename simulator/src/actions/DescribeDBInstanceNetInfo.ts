import { connectionString } from "../answers/connection.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeDBInstanceNetInfo = action({
  name: "DescribeDBInstanceNetInfo",
  required: ["DBInstanceId"],
  optional: ["DBInstanceNetRWSplitType"],
  refuses: { Flag: [], GeneralGroupName: [] },
  handle(call) {
    const instance = ownInstance(call, "DescribeDBInstanceNetInfo");
    const splitting = call.params["DBInstanceNetRWSplitType"] === "ReadWriteSplitting";
    return {
      InstanceNetworkType: instance.networkType,
      SecurityIPMode: "normal",
      DBInstanceNetInfos: { DBInstanceNetInfo: splitting ? [] : [address(instance)] },
    };
  },
});

function address(instance: Instance) {
  const isVpc = instance.networkType === "VPC";
  return {
    ConnectionString: connectionString(instance),
    ConnectionStringType: "Normal",
    IPAddress: instance.privateIpAddress,
    IPType: isVpc ? "Private" : "Inner",
    Port: instance.port,
    VPCId: isVpc ? instance.vpcId : "",
    VSwitchId: isVpc ? instance.vSwitchId : "",
    ExpiredTime: "",
    Upgradeable: "Disabled",
    MaxDelayTime: "",
    DistributionType: "",
    SecurityIPGroups: {
      securityIPGroup: Object.entries(instance.ipArrays).map(([name, list]) => ({
        SecurityIPGroupName: name,
        SecurityIPs: list,
      })),
    },
    DBInstanceWeights: { DBInstanceWeight: [] },
  };
}

behaviour({
  id: "net-info.one-address",
  action: "DescribeDBInstanceNetInfo",
  says: "The one address is the internal one that the attributes name: the alicloud provider looks for it. There is no read-write splitting.",
  basis: "documented",
  source: sources.netInfoPage,
});

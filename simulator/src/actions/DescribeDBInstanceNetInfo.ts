import { addressOf, connectionString } from "../answers/connection.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Instance } from "../world/schema.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

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
      DBInstanceNetInfos: { DBInstanceNetInfo: splitting ? [] : addresses(instance) },
    };
  },
});

const addresses = (instance: Instance) => [
  internalAddress(instance),
  ...(instance.publicConnection === undefined ? [] : [publicAddress(instance, instance.publicConnection)]),
];

const publicAddress = (instance: Instance, { prefix, port }: NonNullable<Instance["publicConnection"]>) => ({
  ...internalAddress(instance),
  ConnectionString: addressOf(prefix),
  IPAddress: "203.0.113.10",
  IPType: "Public",
  Port: port,
  VPCId: "",
  VSwitchId: "",
});

function internalAddress(instance: Instance) {
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
  id: "net-info.addresses",
  action: "DescribeDBInstanceNetInfo",
  says: "The internal address that the attributes name comes first, as the alicloud provider looks for it, then the public one where there is one. There is no read-write splitting.",
  basis: "documented",
  source: sources.netInfoPage,
});

import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeDBInstanceIPArrayList = action({
  name: "DescribeDBInstanceIPArrayList",
  required: ["DBInstanceId"],
  refuses: { WhitelistNetworkType: ["MIX"] },
  handle(call) {
    const instance = ownInstance(call, "DescribeDBInstanceIPArrayList");
    return {
      Items: {
        DBInstanceIPArray: Object.entries(instance.ipArrays).map(([name, list]) => ({
          DBInstanceIPArrayName: name,
          DBInstanceIPArrayAttribute: "",
          SecurityIPType: "IPv4",
          SecurityIPList: list,
        })),
      },
    };
  },
});

behaviour({
  id: "ip-arrays.lists",
  action: "DescribeDBInstanceIPArrayList",
  says: "The IP whitelists of the instance, each a comma list; the one called default is always there.",
  basis: "measured",
  source: sources.terraform,
});

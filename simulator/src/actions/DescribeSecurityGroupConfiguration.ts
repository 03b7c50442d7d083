import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeSecurityGroupConfiguration = action({
  name: "DescribeSecurityGroupConfiguration",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeSecurityGroupConfiguration");
    return { DBInstanceName: instance.id, Items: { EcsSecurityGroupRelation: [] } };
  },
});

behaviour({
  id: "security-groups.none",
  action: "DescribeSecurityGroupConfiguration",
  says: "No security group is bound; the list is there and empty.",
  basis: "measured",
  source: sources.terraform,
});

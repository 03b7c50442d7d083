import { securityGroups } from "../answers/securityGroups.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeSecurityGroupConfiguration = action({
  name: "DescribeSecurityGroupConfiguration",
  required: ["DBInstanceId"],
  handle(call) {
    return securityGroups(ownInstance(call, "DescribeSecurityGroupConfiguration"));
  },
});

behaviour({
  id: "security-groups.listed",
  action: "DescribeSecurityGroupConfiguration",
  says: "The security groups that were bound; without any the list is there and empty.",
  basis: "measured",
  source: sources.terraform,
});

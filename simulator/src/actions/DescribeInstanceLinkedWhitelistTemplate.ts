import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeInstanceLinkedWhitelistTemplate = action({
  name: "DescribeInstanceLinkedWhitelistTemplate",
  required: ["InsName"],
  refuses: { ResourceGroupId: [] },
  handle(call) {
    const id = call.params["InsName"] ?? "";
    const instance = ownInstance(call, "DescribeInstanceLinkedWhitelistTemplate", id);
    return { Code: "200", HttpStatusCode: 200, Success: true, Data: { InsName: instance.id, Templates: [] } };
  },
});

behaviour({
  id: "whitelist-templates.none",
  action: "DescribeInstanceLinkedWhitelistTemplate",
  parameter: "InsName",
  says: "The instance is named by InsName. No template is linked: the list is there and empty, and Code and Success say success, which the alicloud provider reads.",
  basis: "measured",
  source: sources.terraform,
});

import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeHASwitchConfig = action({
  name: "DescribeHASwitchConfig",
  required: ["DBInstanceId"],
  handle(call) {
    ownInstance(call, "DescribeHASwitchConfig");
    return { HAConfig: "Auto", ManualHATime: "" };
  },
});

behaviour({
  id: "ha-switch.auto",
  action: "DescribeHASwitchConfig",
  says: "Switching is automatic.",
  basis: "inferred",
  source: sources.terraform,
});

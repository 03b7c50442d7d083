import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeHADiagnoseConfig = action({
  name: "DescribeHADiagnoseConfig",
  required: ["DBInstanceId"],
  handle(call) {
    ownInstance(call, "DescribeHADiagnoseConfig");
    return { TcpConnectionType: "SHORT" };
  },
});

behaviour({
  id: "ha-diagnose.short",
  action: "DescribeHADiagnoseConfig",
  says: "The availability check uses short connections.",
  basis: "inferred",
  source: sources.terraform,
});

import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeParameters = action({
  name: "DescribeParameters",
  required: ["DBInstanceId"],
  handle(call) {
    const instance = ownInstance(call, "DescribeParameters");
    return {
      Engine: instance.engine,
      EngineVersion: instance.engineVersion,
      ParamGroupInfo: {
        ParamGroupId: instance.parameterGroupId,
        ParameterGroupName: "",
        ParameterGroupDesc: "",
        ParameterGroupType: "",
      },
      ConfigParameters: { DBInstanceParameter: [] },
      RunningParameters: { DBInstanceParameter: [] },
    };
  },
});

behaviour({
  id: "parameters.none",
  action: "DescribeParameters",
  says: "No parameter template is used: ParamGroupId is there and empty, any other text is a difference to the alicloud provider. Parameters are not simulated.",
  basis: "measured",
  source: sources.terraform,
});

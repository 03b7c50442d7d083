import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { entryOf } from "../world/find.js";
import type { Instance } from "../world/schema.js";
import { sqlServerParameters } from "../world/sqlServerParameters.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

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
      ConfigParameters: {
        DBInstanceParameter: shown(instance, (name) => entryOf(instance.waitingParameters, name)),
      },
      RunningParameters: {
        DBInstanceParameter: shown(instance, (name, value) => entryOf(instance.parameters, name) ?? value),
      },
    };
  },
});

function shown({ engine }: Instance, valueOf: (name: string, value: string) => string | undefined) {
  if (engine !== "SQLServer") return [];
  return sqlServerParameters.flatMap(({ name, value, description }) => {
    const shownValue = valueOf(name, value);
    return shownValue === undefined
      ? []
      : [{ ParameterName: name, ParameterValue: shownValue, ParameterDescription: description }];
  });
}

behaviour({
  id: "parameters.no-group",
  action: "DescribeParameters",
  says: "Without a parameter template ParamGroupId is there and empty: any other text is a difference to the alicloud provider.",
  basis: "measured",
  source: sources.terraform,
});

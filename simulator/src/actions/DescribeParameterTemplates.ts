import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { sqlServerParameters } from "../world/sqlServerParameters.js";
import { action } from "./action.js";
import { given } from "./askedInstance.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeParameterTemplates = action({
  name: "DescribeParameterTemplates",
  required: ["Engine", "EngineVersion"],
  optional: ["DBInstanceId"],
  refuses: { Category: [] },
  handle(call) {
    if (given(call, "DBInstanceId") !== undefined) ownInstance(call, "DescribeParameterTemplates");
    const engine = call.params["Engine"] ?? "";
    const records = /^(sqlserver|mssql)$/i.test(engine) ? sqlServerParameters : [];
    return {
      Engine: engine,
      EngineVersion: call.params["EngineVersion"] ?? "",
      ParameterCount: String(records.length),
      Parameters: {
        TemplateRecord: records.map(({ name, value, from, to, restart, description }) => ({
          ParameterName: name,
          ParameterValue: value,
          ParameterDescription: description,
          CheckingCode: `[${from}-${to}]`,
          ForceModify: "true",
          ForceRestart: String(restart),
        })),
      },
    };
  },
});

behaviour({
  id: "parameter-templates.invented",
  action: "DescribeParameterTemplates, DescribeParameters",
  says: "A dozen options of sp_configure, with SQL Server's own ranges and defaults; which of them an instance offers is documented nowhere. ForceRestart is a text, as the alicloud provider compares it.",
  basis: "inferred",
  source: sources.sdk,
});

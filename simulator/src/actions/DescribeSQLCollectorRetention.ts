import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeSQLCollectorRetention = action({
  name: "DescribeSQLCollectorRetention",
  required: ["DBInstanceId"],
  refuses: { ResourceGroupId: [] },
  handle(call) {
    const { sqlCollector } = ownInstance(call, "DescribeSQLCollectorRetention");
    return { ConfigValue: String(sqlCollector.days) };
  },
});

behaviour({
  id: "sql-collector.retention-text",
  action: "DescribeSQLCollectorRetention",
  says: "ConfigValue is a text that is a number of days: a number ends the alicloud provider.",
  basis: "measured",
  source: sources.terraform,
});

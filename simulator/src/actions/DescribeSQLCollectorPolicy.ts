import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "../call/ownInstance.js";

export const describeSQLCollectorPolicy = action({
  name: "DescribeSQLCollectorPolicy",
  required: ["DBInstanceId"],
  refuses: { ResourceGroupId: [] },
  handle(call) {
    const { sqlCollector } = ownInstance(call, "DescribeSQLCollectorPolicy");
    return { SQLCollectorStatus: sqlCollector.enabled ? "Enable" : "Disabled", StoragePeriod: 0 };
  },
});

behaviour({
  id: "sql-collector.off",
  action: "DescribeSQLCollectorPolicy",
  says: "SQL audit is off until it is switched on.",
  basis: "inferred",
  source: sources.terraform,
});

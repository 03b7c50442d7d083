import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { ownInstance } from "./ownInstance.js";

export const describeSQLCollectorPolicy = action({
  name: "DescribeSQLCollectorPolicy",
  required: ["DBInstanceId"],
  refuses: { ResourceGroupId: [] },
  handle(call) {
    ownInstance(call, "DescribeSQLCollectorPolicy");
    return { SQLCollectorStatus: "Disabled", StoragePeriod: 0 };
  },
});

behaviour({
  id: "sql-collector.off",
  action: "DescribeSQLCollectorPolicy",
  says: "SQL audit is off; it cannot be switched on here.",
  basis: "inferred",
  source: sources.terraform,
});

import { badValue, choice } from "../parameters/badValue.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifySQLCollectorPolicy = action({
  name: "ModifySQLCollectorPolicy",
  required: ["DBInstanceId", "SQLCollectorStatus"],
  refuses: { ResourceGroupId: [] },
  handle(call) {
    const instance = runningInstance(call, "ModifySQLCollectorPolicy");
    const status = choice(call.params, "SQLCollectorStatus", ["Enable", "Disabled"]);
    if (status === undefined) throw badValue("SQLCollectorStatus");
    call.change((draft) => {
      draftInstance(draft, instance.id).sqlCollector.enabled = status === "Enable";
    });
    return {};
  },
});

behaviour({
  id: "sql-collector.change",
  action: "ModifySQLCollectorPolicy, ModifySQLCollectorRetention",
  says: "SQL audit is switched by Enable and Disabled, and kept for 30, 180, 365, 1095 or 1825 days; nothing is recorded.",
  basis: "documented",
  source: sources.sdk,
});

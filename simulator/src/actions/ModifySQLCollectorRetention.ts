import { badValue, choice } from "../parameters/badValue.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { runningInstance } from "./writableInstance.js";

export const modifySQLCollectorRetention = action({
  name: "ModifySQLCollectorRetention",
  required: ["DBInstanceId", "ConfigValue"],
  refuses: { ResourceGroupId: [] },
  handle(call) {
    const instance = runningInstance(call, "ModifySQLCollectorRetention");
    const days = choice(call.params, "ConfigValue", ["30", "180", "365", "1095", "1825"]);
    if (days === undefined) throw badValue("ConfigValue");
    call.change((draft) => {
      draftInstance(draft, instance.id).sqlCollector.days = Number(days);
    });
    return {};
  },
});

import { addressOf, connectionString } from "../answers/connection.js";
import { refuse } from "../rules/refuse.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { checkedPort, checkedPrefix, unknownAddress } from "./connectionParameters.js";
import { runningInstance } from "./writableInstance.js";

export const modifyDBInstanceConnectionString = action({
  name: "ModifyDBInstanceConnectionString",
  required: ["DBInstanceId", "CurrentConnectionString", "ConnectionStringPrefix", "Port"],
  refuses: {
    ...{ BabelfishPort: [], GeneralGroupName: [], PGBouncerPort: [], RetainVip: ["false"] },
    TargetDBInstanceId: [],
  },
  handle(call) {
    const instance = runningInstance(call, "ModifyDBInstanceConnectionString");
    const address = call.params["CurrentConnectionString"] ?? "";
    const isInternal = address === connectionString(instance);
    const { publicConnection } = instance;
    if (!isInternal && (publicConnection === undefined || address !== addressOf(publicConnection.prefix)))
      throw refuse(unknownAddress, { values: { address } });
    const own = (isInternal ? instance.connectionPrefix : publicConnection?.prefix) ?? "";
    const prefix = checkedPrefix(call, "ConnectionStringPrefix", { from: 8, to: 64, own }) ?? own;
    const port = checkedPort(call) ?? instance.port;
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id);
      if (isInternal) Object.assign(changed, { connectionPrefix: prefix, port });
      else changed.publicConnection = { prefix, port };
    });
    return {};
  },
});

behaviour({
  id: "connection.change",
  action: "ModifyDBInstanceConnectionString",
  says: "The internal or the public address, named as it is now, gets another prefix and port; both change at once, and the old address is no longer listed.",
  basis: "inferred",
  source: sources.sdk,
});

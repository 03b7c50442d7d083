import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance, entryOf } from "../world/find.js";
import { action } from "./action.js";
import { availableAccount } from "./dbAccount.js";
import { existingDatabase, writableInstance } from "./writableInstance.js";

export const revokeAccountPrivilege = action({
  name: "RevokeAccountPrivilege",
  required: ["DBInstanceId", "AccountName", "DBName"],
  handle(call) {
    const instance = writableInstance(call, "RevokeAccountPrivilege");
    const account = availableAccount(call, instance);
    const database = existingDatabase(call, instance);
    if (entryOf(database.users, account.name) === undefined) return {};
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id).databases.find(({ name }) => name === database.name);
      if (changed === undefined) return;
      changed.users = Object.fromEntries(
        Object.entries(changed.users).filter(([name]) => name !== account.name),
      );
    });
    return {};
  },
});

behaviour({
  id: "revoke.absent",
  action: "RevokeAccountPrivilege",
  says: "Taking away a right that is not there succeeds.",
  basis: "inferred",
  source: sources.terraform,
});

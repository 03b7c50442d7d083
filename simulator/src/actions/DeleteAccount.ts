import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { availableAccount } from "./dbAccount.js";
import { writableInstance } from "./writableInstance.js";

export const deleteAccount = action({
  name: "DeleteAccount",
  required: ["DBInstanceId", "AccountName"],
  handle(call) {
    const instance = writableInstance(call, "DeleteAccount");
    const account = availableAccount(call, instance);
    call.change((draft) => {
      const changed = draftInstance(draft, instance.id);
      changed.dbAccounts = changed.dbAccounts.filter(({ name }) => name !== account.name);
      for (const database of changed.databases) {
        database.users = Object.fromEntries(
          Object.entries(database.users).filter(([name]) => name !== account.name),
        );
      }
    });
    return {};
  },
});

behaviour({
  id: "delete-account.at-once",
  action: "DeleteAccount",
  says: "The account and its rights are gone with the answer.",
  basis: "inferred",
  source: sources.terraform,
});

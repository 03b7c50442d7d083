import { action } from "./action.js";
import { checkAccountDescription, draftAccount, existingAccount } from "./dbAccount.js";
import { writableInstance } from "./writableInstance.js";

export const modifyAccountDescription = action({
  name: "ModifyAccountDescription",
  required: ["DBInstanceId", "AccountName", "AccountDescription"],
  handle(call) {
    const instance = writableInstance(call, "ModifyAccountDescription");
    const account = existingAccount(call, instance);
    const description = call.params["AccountDescription"] ?? "";
    checkAccountDescription(description);
    if (description === account.description) return {};
    call.change((draft) => {
      draftAccount(draft, instance.id, account.name).description = description;
    });
    return {};
  },
});

import { flag } from "../parameters/badValue.js";
import { action } from "./action.js";
import { draftAccount, existingAccount } from "./dbAccount.js";
import { writableInstance } from "./writableInstance.js";

export const modifyAccountCheckPolicy = action({
  name: "ModifyAccountCheckPolicy",
  required: ["DBInstanceId", "AccountName", "CheckPolicy"],
  refuses: { ResourceGroupId: [] },
  handle(call) {
    const instance = writableInstance(call, "ModifyAccountCheckPolicy");
    const account = existingAccount(call, instance);
    const checkPolicy = flag(call.params, "CheckPolicy") ?? false;
    if (checkPolicy === account.checkPolicy) return {};
    call.change((draft) => {
      draftAccount(draft, instance.id, account.name).checkPolicy = checkPolicy;
    });
    return {};
  },
});

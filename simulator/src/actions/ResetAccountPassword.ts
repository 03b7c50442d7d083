import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { action } from "./action.js";
import { availableAccount, checkPassword } from "./dbAccount.js";
import { writableInstance } from "./writableInstance.js";

export const resetAccountPassword = action({
  name: "ResetAccountPassword",
  required: ["DBInstanceId", "AccountName", "AccountPassword"],
  handle(call) {
    const instance = writableInstance(call, "ResetAccountPassword");
    availableAccount(call, instance);
    checkPassword(call.params["AccountPassword"] ?? "");
    return {};
  },
});

behaviour({
  id: "reset-password.nothing-kept",
  action: "ResetAccountPassword",
  says: "A password is checked and forgotten: no answer ever holds one.",
  basis: "documented",
  source: sources.terraform,
});

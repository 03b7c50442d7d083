import { assumableRole } from "../sts/roles.js";
import { giveSession } from "../sts/giveSession.js";
import { action } from "./action.js";

export const assumeRole = action({
  name: "AssumeRole",
  product: "Sts",
  required: ["RoleArn", "RoleSessionName"],
  optional: ["DurationSeconds", "ExternalId", "Policy"],
  handle(call) {
    return giveSession(call, assumableRole(call, { accountId: call.account.accountId }));
  },
});

import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { giveSession } from "../sts/giveSession.js";
import { oidcIdentity } from "../sts/oidcToken.js";
import { assumableRole } from "../sts/roles.js";
import { secondText } from "../world/time.js";
import { action } from "./action.js";

export const assumeRoleWithOIDC = action({
  name: "AssumeRoleWithOIDC",
  product: "Sts",
  unsigned: true,
  required: ["OIDCProviderArn", "RoleArn", "OIDCToken", "RoleSessionName"],
  optional: ["DurationSeconds", "Policy"],
  handle(call) {
    const identity = oidcIdentity(call);
    const role = assumableRole(call, { accountId: identity.accountId, oidcArn: identity.providerArn });
    return {
      ...giveSession(call, role),
      OIDCTokenInfo: {
        Issuer: identity.issuer,
        Subject: identity.subject,
        ClientIds: identity.clientIds.join(","),
        ExpirationTime: identity.expires === Infinity ? "" : secondText(identity.expires),
        VerificationInfo: "Success",
      },
    };
  },
});

behaviour({
  id: "sts.oidc-unsigned",
  action: "AssumeRoleWithOIDC",
  says: "The call is not signed: the token says who asks.",
  basis: "documented",
  source: sources.stsPage,
});

import type { Caller } from "../call/caller.js";
import { behaviour } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { roleIdOf } from "../sts/giveSession.js";
import { action } from "./action.js";

export const getCallerIdentity = action({
  name: "GetCallerIdentity",
  product: "Sts",
  required: [],
  handle(call) {
    return call.account.session === undefined
      ? userOf(call.account)
      : roleOf(call.account, call.account.session);
  },
});

const userOf = ({ accountId, accessKeyId }: Caller) => ({
  AccountId: accountId,
  IdentityType: "RAMUser",
  Arn: `acs:ram::${accountId}:user/${accessKeyId}`,
  UserId: accessKeyId,
  PrincipalId: accessKeyId,
});

function roleOf({ accountId }: Caller, { roleArn, sessionName }: NonNullable<Caller["session"]>) {
  const roleId = roleIdOf(roleArn);
  return {
    AccountId: accountId,
    IdentityType: "AssumedRoleUser",
    Arn: `acs:ram::${accountId}:assumed-role/${roleArn.split("/").at(-1) ?? ""}/${sessionName}`,
    UserId: `${roleId}:${sessionName}`,
    PrincipalId: `${roleId}:${sessionName}`,
    RoleId: roleId,
  };
}

behaviour({
  id: "sts.keys-are-users",
  action: "GetCallerIdentity",
  says: "A key of the world is that of a RAM user called like the key; a session is an AssumedRoleUser.",
  basis: "inferred",
  source: sources.stsPage,
});

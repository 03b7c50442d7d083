import type { Action } from "../actions/action.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Caller } from "../call/caller.js";

/** RAM: the key's `deny` list against the action, without regard to case, `*` standing for anything. */
export function checkAccess(
  account: Caller,
  action: Pick<Action, "name" | "product">,
  params: Readonly<Record<string, string>>,
): void {
  const product = action.product ?? "Rds";
  const ramAction = `${product.toLowerCase()}:${action.name}`;
  if (!account.deny.some((pattern) => matches(pattern, ramAction))) return;
  if (product === "Sts") throw refuse(stsDenial);
  const instance = params["DBInstanceId"] ?? "*";
  throw refuse(ramDenial, {
    values: { ramAction },
    extra: {
      AccessDeniedDetail: {
        AuthAction: ramAction,
        AuthPrincipalType: account.session === undefined ? "SubUser" : "AssumedRoleUser",
        AuthPrincipalOwnerId: account.accountId,
        AuthPrincipalDisplayName: account.session?.sessionName ?? account.accessKeyId,
        NoPermissionType: "ImplicitDeny",
        PolicyType: "AccountLevelIdentityBasedPolicy",
        EncodedDiagnosticMessage: Buffer.from(`${ramAction} on ${instance}`).toString("base64"),
      },
    },
  });
}

function matches(pattern: string, ramAction: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(ramAction);
}

const ramDenial = refusal({
  id: "all.ram-denied",
  action: "*",
  code: "Forbidden.RAM",
  status: 403,
  message: "The user is not authorized to perform {ramAction} on the specified resource.",
  says: "A key that RAM does not allow the action gets 403, with AccessDeniedDetail in the body.",
  basis: "documented",
  source: sources.errorTable2020,
});
const stsDenial = refusal({
  id: "sts.denied",
  action: "AssumeRole",
  code: "NoPermission",
  status: 403,
  message: "You are not authorized to do this action. You should be authorized by RAM.",
  says: "STS has a code of its own for what RAM denies.",
  basis: "documented",
  source: sources.stsErrorPage,
});

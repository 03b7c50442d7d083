import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { Account } from "../world/schema.js";

/** RAM: the key's `deny` list against the action, without regard to case, `*` standing for anything. */
export function checkAccess(
  account: Account,
  actionName: string,
  params: Readonly<Record<string, string>>,
): void {
  const ramAction = `rds:${actionName}`;
  if (!account.deny.some((pattern) => matches(pattern, ramAction))) return;
  const instance = params["DBInstanceId"] ?? "*";
  throw refuse(ramDenial, {
    values: { ramAction },
    extra: {
      AccessDeniedDetail: {
        AuthAction: ramAction,
        AuthPrincipalType: "SubUser",
        AuthPrincipalOwnerId: account.accountId,
        AuthPrincipalDisplayName: account.accessKeyId,
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

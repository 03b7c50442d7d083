import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";

export interface Role {
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  readonly maxSeconds: number;
  readonly deny: readonly string[];
  readonly externalId?: string | undefined;
}

/**
 * The role a call names, if it may be assumed.
 *
 * @param asker the account or the OIDC provider (by ARN) that asks
 */
export function assumableRole(
  call: Call,
  asker: { readonly accountId: string; readonly oidcArn?: string },
): Role {
  const arn = call.params["RoleArn"] ?? "";
  const [, accountId, name] = /^acs:ram::(\d+):role\/([A-Za-z0-9.@_-]{1,64})$/i.exec(arn) ?? [];
  if (accountId === undefined || name === undefined) throw refuse(badArn);
  const { roles, accounts } = call.world;
  const listed = roles?.find((role) => role.arn.toLowerCase() === arn.toLowerCase());
  const exists = roles === undefined ? accounts.some((account) => account.accountId === accountId) : listed;
  if (exists === undefined || exists === false) throw refuse(unknownRole);
  const trusted =
    asker.oidcArn === undefined
      ? asker.accountId === accountId || listed?.trusts.includes(asker.accountId) === true
      : asker.accountId === accountId && (listed === undefined || listed.trusts.includes(asker.oidcArn));
  if (!trusted) throw refuse(asker.oidcArn === undefined ? notTrusted : notTrustedOidc);
  if (listed?.externalId !== undefined && listed.externalId !== call.params["ExternalId"])
    throw refuse(notTrusted);
  return {
    arn,
    accountId,
    name,
    maxSeconds: listed?.maxSeconds ?? 3600,
    deny: listed?.deny ?? [],
    externalId: listed?.externalId,
  };
}

const of = {
  action: "AssumeRole, AssumeRoleWithOIDC",
  parameter: "RoleArn",
  basis: "documented",
  source: sources.stsPage,
} as const;

const badArn = refusal({
  ...of,
  id: "sts.role-arn",
  code: "InvalidParameter.RoleArn",
  status: 400,
  message: "The parameter RoleArn is wrongly formed.",
  says: "A role is named as acs:ram::ACCOUNT:role/NAME.",
});
const unknownRole = refusal({
  ...of,
  id: "sts.unknown-role",
  code: "EntityNotExist.Role",
  status: 404,
  message: "The specified role does not exist.",
  says: "The role exists: one that the world lists, or where it lists none, any role of an account of the world.",
});
const notTrusted = refusal({
  ...of,
  id: "sts.not-trusted",
  action: "AssumeRole",
  code: "NoPermission",
  status: 403,
  message: "You are not authorized to do this action. You should be authorized by RAM.",
  says: "A role trusts its own account, and the accounts that the world says; one with an externalId is asked for with it.",
  source: sources.stsErrorPage,
});
const notTrustedOidc = refusal({
  ...of,
  id: "sts.not-trusted-oidc",
  action: "AssumeRoleWithOIDC",
  code: "AuthenticationFail.NoPermission",
  status: 403,
  message: "You are not authorized to assume the role with this identity provider.",
  says: "Role and provider are of one account; a role that the world lists names the provider in trusts.",
});
behaviour({
  ...of,
  id: "sts.any-role",
  says: "Where the world lists no roles, any role of an account exists and trusts that account, for an hour at most.",
  basis: "inferred",
  source: sources.simulator,
});

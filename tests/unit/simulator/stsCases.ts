import type { WorldInput } from "../../../simulator/src/machine.js";
import { smallCompany } from "./cloud.js";
import { oidcToken } from "./oidcToken.js";
import type { OtherCase } from "./otherCases.js";

const accountId = "1000000000000001";
const arn = `acs:ram::${accountId}:role/copier`;
const provider = `acs:ram::${accountId}:oidc-provider/pods`;
const role = { RoleArn: arn, RoleSessionName: "session" };
const pod = { ...role, OIDCProviderArn: provider, OIDCToken: oidcToken({}) };
const withRoles = (...roles: NonNullable<WorldInput["roles"]>): WorldInput => ({ ...smallCompany, roles });
const withProvider = (patch: object): WorldInput => ({
  ...smallCompany,
  oidcProviders: [{ arn: provider, ...patch }],
});
const two: WorldInput = {
  ...smallCompany,
  accounts: [{}, { accountId: "2000000000000002", accessKeyId: "other-key" }],
};

const one = (
  rule: string,
  action: string,
  params: Record<string, string>,
  code: string,
  status = 400,
  world?: WorldInput,
): OtherCase => ({ rule, action, params, code, status, ...(world === undefined ? {} : { world }) });

/** Sessions that are not given. */
export const stsCases: OtherCase[] = [
  one("sts.denied", "AssumeRole", role, "NoPermission", 403, {
    ...smallCompany,
    accounts: [{ deny: ["sts:AssumeRole"] }],
  }),
  one("sts.role-arn", "AssumeRole", { ...role, RoleArn: "copier" }, "InvalidParameter.RoleArn"),
  one("sts.unknown-role", "AssumeRole", role, "EntityNotExist.Role", 404, withRoles()),
  one(
    "sts.unknown-role",
    "AssumeRole",
    { ...role, RoleArn: "acs:ram::9:role/copier" },
    "EntityNotExist.Role",
    404,
  ),
  one(
    "sts.not-trusted",
    "AssumeRole",
    { ...role, RoleArn: "acs:ram::2000000000000002:role/copier" },
    "NoPermission",
    403,
    two,
  ),
  one(
    "sts.not-trusted",
    "AssumeRole",
    { ...role, ExternalId: "wrong" },
    "NoPermission",
    403,
    withRoles({ arn, externalId: "right" }),
  ),
  one(
    "sts.session-name",
    "AssumeRole",
    { ...role, RoleSessionName: "a b" },
    "InvalidParameter.RoleSessionName",
  ),
  ...["899", "3601", "long"].map((DurationSeconds) =>
    one("sts.duration", "AssumeRole", { ...role, DurationSeconds }, "InvalidParameter.DurationSeconds"),
  ),
  one(
    "sts.duration",
    "AssumeRole",
    { ...role, DurationSeconds: "3600" },
    "InvalidParameter.DurationSeconds",
    400,
    withRoles({ arn, maxSeconds: 1800 }),
  ),
  ...["deny all", "[]", "{}", '{"Statement":["x"]}', '{"Statement":[{"Effect":"Deny","Action":[1]}]}'].map(
    (Policy) => one("sts.policy", "AssumeRole", { ...role, Policy }, "InvalidParameter.PolicyGrammar"),
  ),
  one(
    "sts.oidc-provider-arn",
    "AssumeRoleWithOIDC",
    { ...pod, OIDCProviderArn: "pods" },
    "InvalidParameter.OIDCProviderArn",
  ),
  one("sts.oidc-provider", "AssumeRoleWithOIDC", pod, "EntityNotExist.OIDCProvider", 404, {
    ...smallCompany,
    oidcProviders: [],
  }),
  one(
    "sts.oidc-expired",
    "AssumeRoleWithOIDC",
    { ...pod, OIDCToken: oidcToken({ exp: Date.parse("2026-03-01T02:00:00Z") / 1000 }) },
    "AuthenticationFail.OIDCToken.Expired",
  ),
  ...["", "a.b", "a.b.c", `x.${Buffer.from("[]").toString("base64url")}.y`].map((OIDCToken) =>
    one(
      "sts.oidc-invalid",
      "AssumeRoleWithOIDC",
      { ...pod, OIDCToken },
      "AuthenticationFail.OIDCToken.Invalid",
    ),
  ),
  one(
    "sts.oidc-invalid",
    "AssumeRoleWithOIDC",
    pod,
    "AuthenticationFail.OIDCToken.Invalid",
    400,
    withProvider({ issuer: "https://elsewhere" }),
  ),
  one(
    "sts.oidc-invalid",
    "AssumeRoleWithOIDC",
    pod,
    "AuthenticationFail.OIDCToken.Invalid",
    400,
    withProvider({ clientIds: ["sts.other"] }),
  ),
  one(
    "sts.not-trusted-oidc",
    "AssumeRoleWithOIDC",
    pod,
    "AuthenticationFail.NoPermission",
    403,
    withRoles({ arn }),
  ),
];

import type { Call } from "../call/call.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";

export interface OidcIdentity {
  readonly providerArn: string;
  readonly accountId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly clientIds: readonly string[];
  readonly expires: number;
}

/** Whom the token of a call is for, if the provider it names takes it. Its signature is not verified. */
export function oidcIdentity(call: Call): OidcIdentity {
  const arn = call.params["OIDCProviderArn"] ?? "";
  const [, accountId] = /^acs:ram::(\d+):oidc-provider\/[A-Za-z0-9.@_-]+$/i.exec(arn) ?? [];
  if (accountId === undefined) throw refuse(badProviderArn);
  const { oidcProviders, accounts } = call.world;
  const listed = oidcProviders?.find((provider) => provider.arn.toLowerCase() === arn.toLowerCase());
  const exists =
    oidcProviders === undefined ? accounts.some((account) => account.accountId === accountId) : listed;
  if (exists === undefined || exists === false) throw refuse(unknownProvider);
  const claims = claimsOf(call.params["OIDCToken"] ?? "");
  if (claims.expires <= call.realNow) throw refuse(expired);
  if (listed !== undefined && listed.issuer !== "" && claims.issuer !== listed.issuer) throw refuse(invalid);
  const clients = listed?.clientIds ?? [];
  if (clients.length > 0 && !claims.clientIds.some((id) => clients.includes(id))) throw refuse(invalid);
  return { providerArn: listed?.arn ?? arn, accountId, ...claims };
}

function claimsOf(token: string) {
  const [, payload = "", signature] = token.split(".");
  if (signature === undefined || signature === "") throw refuse(invalid);
  const claims = parse(Buffer.from(payload, "base64url").toString("utf8"));
  const text = (name: string) => (typeof claims[name] === "string" ? claims[name] : "");
  const audience: unknown = claims["aud"];
  const exp: unknown = claims["exp"];
  return {
    issuer: text("iss"),
    subject: text("sub"),
    clientIds: (Array.isArray(audience) ? audience : [audience]).filter((id) => typeof id === "string"),
    expires: typeof exp === "number" ? exp * 1000 : Infinity,
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Falls through to the refusal: what is no JSON is no token.
  }
  throw refuse(invalid);
}

const of = { action: "AssumeRoleWithOIDC", parameter: "OIDCToken", source: sources.publicClients } as const;

const badProviderArn = refusal({
  ...of,
  id: "sts.oidc-provider-arn",
  parameter: "OIDCProviderArn",
  code: "InvalidParameter.OIDCProviderArn",
  status: 400,
  message: "The parameter OIDCProviderArn is wrongly formed.",
  says: "A provider is named as acs:ram::ACCOUNT:oidc-provider/NAME. The code follows the pattern of the others.",
  basis: "inferred",
});
const unknownProvider = refusal({
  ...of,
  id: "sts.oidc-provider",
  parameter: "OIDCProviderArn",
  code: "EntityNotExist.OIDCProvider",
  status: 404,
  message: "The specified OIDC provider does not exist.",
  says: "The provider exists: one that the world lists, or where it lists none, any of an account of the world. The code is that of RAM.",
  basis: "inferred",
  source: sources.terraform,
});
const expired = refusal({
  ...of,
  id: "sts.oidc-expired",
  code: "AuthenticationFail.OIDCToken.Expired",
  status: 400,
  message: "This JsonWebToken is expired.",
  says: "exp of the token lies ahead, in real time.",
  basis: "measured",
});
const invalid = refusal({
  ...of,
  id: "sts.oidc-invalid",
  code: "AuthenticationFail.OIDCToken.Invalid",
  status: 400,
  message: "This JsonWebToken is invalid.",
  says: "The token is a JWT, of the issuer and for a client that the provider names.",
  basis: "measured",
});
behaviour({
  ...of,
  id: "sts.oidc-unverified",
  says: "The signature of a token is not verified: the simulator asks nobody for keys.",
  basis: "inferred",
  source: sources.simulator,
});

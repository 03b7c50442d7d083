import type { Role } from "./identity";
import { officialSdk } from "../officialSdk";

/** How STS and the other services are asked. */
export interface Way {
  readonly readTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Where a role is asked for that names no place of its own. */
  readonly stsEndpoint: string;
}

/**
 * AssumeRoleWithOIDC (STS 2015-04-01) with a token that is at hand as text: `@alicloud/credentials` knows
 * tokens in files only, and a secret must not be written to one.
 */
export async function askWithOidcText(
  role: Role,
  providerArn: string,
  token: string,
  { readTimeoutMs, connectTimeoutMs, stsEndpoint }: Way,
) {
  const { default: Client, $OpenApiUtil } = officialSdk().openApi;
  const client = new Client(
    new $OpenApiUtil.Config({
      endpoint: role.stsEndpoint ?? stsEndpoint,
      readTimeout: readTimeoutMs,
      connectTimeout: connectTimeoutMs,
      userAgent: "pulumi-alicloud-rds-copy",
    }),
  );
  const request = new $OpenApiUtil.OpenApiRequest({
    body: {
      RoleArn: role.arn,
      OIDCProviderArn: providerArn,
      OIDCToken: token,
      RoleSessionName: role.sessionName,
      ...(role.durationSeconds ? { DurationSeconds: `${role.durationSeconds}` } : {}),
      ...(role.policy ? { Policy: role.policy } : {}),
    },
  });
  const answer = (await client.doRPCRequest(
    "AssumeRoleWithOIDC",
    "2015-04-01",
    "HTTPS",
    "POST",
    "Anonymous",
    "json",
    request,
    // All of it is optional and said by the client already.
    {} as Parameters<typeof client.doRPCRequest>[7],
  )) as { readonly body?: { readonly Credentials?: Readonly<Record<string, string>> } };
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = answer.body?.Credentials ?? {};
  if (!AccessKeyId || !AccessKeySecret || !SecurityToken) throw new Error("no credentials in the answer");
  return {
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    securityToken: SecurityToken,
    expiration: Expiration ?? "",
  };
}

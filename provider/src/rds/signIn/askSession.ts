import type { Credentials } from "../connection";
import { askCloudSso } from "./cloudSso";
import type { Identity } from "./identity";
import { askWithOidcText, type Way } from "./oidcText";
import { officialSdk } from "../officialSdk";
import type { Session } from "./session";

/**
 * Asks for a session of an identity, by way of `@alicloud/credentials`. The SDK's providers are used for one
 * question each: they would ask anew for every waiting caller, and at every call for a session of less than
 * a quarter of an hour.
 *
 * The result is asked again and again; `refused` says that the last answer was not good any more.
 */
export function sessionSource(
  identity: Exclude<Identity, { kind: "key" }>,
  way: Way,
  credentialsOf: (identity: Identity) => Promise<Credentials>,
): (refused: boolean) => Promise<Session> {
  const { readTimeoutMs, connectTimeoutMs, stsEndpoint } = way;
  switch (identity.kind) {
    case "role":
      return async () => {
        const { arn, sessionName, durationSeconds, policy, externalId } = identity.role;
        const builder = officialSdk()
          .credentials.RAMRoleARNCredentialsProvider.builder()
          .withCredentialsProvider(fixed(await credentialsOf(identity.by)))
          .withRoleArn(arn)
          .withRoleSessionName(sessionName)
          .withDurationSeconds(durationSeconds ?? sessionSeconds)
          .withStsEndpoint(identity.role.stsEndpoint ?? stsEndpoint)
          .withReadTimeout(readTimeoutMs)
          .withConnectTimeout(connectTimeoutMs);
        if (policy) builder.withPolicy(policy);
        if (externalId) builder.withExternalId(externalId);
        return answered(await builder.build().refresher());
      };
    case "oidcRole": {
      const { role, providerArn, token } = identity;
      if ("text" in token) {
        return async () => answered(await askWithOidcText(role, providerArn, token.text, way));
      }
      return async () => {
        const builder = officialSdk()
          .credentials.OIDCRoleArnCredentialsProvider.builder()
          .withRoleArn(role.arn)
          .withOIDCProviderArn(providerArn)
          .withOIDCTokenFilePath(token.file)
          .withRoleSessionName(role.sessionName)
          .withDurationSeconds(role.durationSeconds ?? sessionSeconds)
          .withStsEndpoint(role.stsEndpoint ?? stsEndpoint)
          .withReadTimeout(readTimeoutMs)
          .withConnectTimeout(connectTimeoutMs);
        if (role.policy) builder.withPolicy(role.policy);
        try {
          return answered(await builder.build().refresher());
        } catch (error) {
          throw UnreadableFile.isMeant(error)
            ? new UnreadableFile(token.file, token.namedBy, error.code)
            : error;
        }
      };
    }
    case "ecsRole":
      return async () =>
        answered(
          await officialSdk()
            .credentials.ECSRAMRoleCredentialsProvider.builder()
            .withRoleName(identity.roleName)
            .build()
            .refresher(),
        );
    case "uri":
      return async () =>
        answered(
          await officialSdk()
            .credentials.URICredentialsProvider.builder()
            .withCredentialsURI(identity.uri)
            .withReadTimeout(readTimeoutMs)
            .withConnectTimeout(connectTimeoutMs)
            .build()
            .refresher(),
        );
    case "cloudSso":
      return async () => answered(await askCloudSso(identity.login, readTimeoutMs));
    case "external":
      return async () => {
        let endsAt: number | undefined;
        const found = await officialSdk()
          .external.builder()
          .withProcessCommand(identity.command)
          .withCredentialUpdateCallback((_id, _secret, _token, expiration) => {
            endsAt = expiration ? expiration * 1000 : undefined;
          })
          .build()
          .getCredentials();
        return { credentials: credentialsIn(found), endsAt };
      };
    case "oauth":
      return kept(() =>
        officialSdk()
          .credentials.CLIProfileCredentialsProvider.builder()
          .withProfileName(identity.profile)
          .build(),
      );
    case "iniProfile":
      return kept(() =>
        officialSdk()
          .credentials.ProfileCredentialsProvider.builder()
          .withProfileName(identity.profile)
          .build(),
      );
    case "defaultChain":
      return kept(() => officialSdk().credentials.DefaultCredentialsProvider.builder().build());
  }
}

/** The token of an OIDC role cannot be read: the file and what named it, in words. */
export class UnreadableFile extends Error {
  constructor(file: string, namedBy: string, code: string) {
    super(`the OIDC token file ${file}, named by ${namedBy}, cannot be read (${code})`);
  }

  static isMeant(error: unknown): error is { readonly code: string } {
    const { code } = error as { readonly code?: unknown };
    return typeof code === "string" && /^(ENOENT|EACCES|EPERM|EISDIR)$/.test(code);
  }
}

/** The SDK's own default for a role's session, and the alicloud provider's. */
const sessionSeconds = 3600;

interface SdkCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

/** A provider of the SDK that keeps its session to itself and renews it when it is asked. */
function kept(
  build: () => { getCredentials(): Promise<SdkCredentials> },
): (refused: boolean) => Promise<Session> {
  let provider: ReturnType<typeof build> | undefined;
  return async (refused) => {
    if (refused) provider = undefined;
    provider ??= build();
    try {
      const credentials = credentialsIn(await provider.getCredentials());
      return { credentials, endsAt: undefined, askAgainAfterMs: 60_000 };
    } catch (error) {
      // The SDK's chain remembers the last source that it tried, even a failed one, and asks only that again.
      provider = undefined;
      throw error;
    }
  };
}

function answered(session: SdkCredentials & { readonly expiration: string }): Session {
  const endsAt = Date.parse(session.expiration);
  return { credentials: credentialsIn(session), endsAt: Number.isNaN(endsAt) ? undefined : endsAt };
}

function credentialsIn({ accessKeyId, accessKeySecret, securityToken }: SdkCredentials): Credentials {
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}

function fixed({ accessKeyId, accessKeySecret, securityToken }: Credentials) {
  const providerName = securityToken ? "static_sts" : "static_ak";
  const credentials = { accessKeyId, accessKeySecret, securityToken: securityToken ?? "", providerName };
  return { getCredentials: () => Promise.resolve(credentials), getProviderName: () => providerName };
}

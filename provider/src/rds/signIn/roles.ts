import * as z from "zod";
import type { ConnectionOverrides } from "../connection";
import { configuredObject, optionalSeconds, optionalText } from "./configuredObject";
import type { Identity, Role } from "./identity";
import type { Profile } from "./profileFile";
import { fromEnvironment, type Settings } from "./settings";

/** What roles are read from. */
export interface Roles {
  readonly settings: Settings;
  readonly env: NodeJS.ProcessEnv;
  /** `endpoints.sts`. */
  readonly stsEndpoint: string | undefined;
}

export type OidcRole = Extract<Identity, { kind: "oidcRole" }>;

/**
 * The role to ask for once somebody is signed in: the resource's, else `alicloud:assumeRole`, else that of a
 * profile of mode `RamRoleArn`. The environment names complete a block; alone they do nothing, as in the
 * alicloud provider.
 */
export function roleOf(
  { settings, env, stsEndpoint }: Roles,
  override: ConnectionOverrides["assumeRole"],
  profile: Profile | undefined,
): (Role & { readonly place: string }) | undefined {
  if (override) {
    return {
      arn: override.roleArn,
      sessionName: override.sessionName ?? defaultSessionName,
      durationSeconds: undefined,
      stsEndpoint,
      place: "connection.assumeRole",
    };
  }
  const ofProfile = profile?.mode === "RamRoleArn" ? profile : undefined;
  const block = configuredObject(settings("assumeRole"), assumeRoleShape);
  const blockArn =
    block &&
    (block.roleArn ?? fromEnvironment(env, ["ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN"])?.value);
  const arn = blockArn ?? ofProfile?.ram_role_arn;
  if (arn === undefined) return undefined;
  const sessionName =
    (block &&
      (block.sessionName ??
        fromEnvironment(env, ["ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME"])
          ?.value)) ??
    ofProfile?.ram_session_name ??
    defaultSessionName;
  const fromNames = block && Number(fromEnvironment(env, ["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"])?.value);
  return {
    arn,
    sessionName,
    durationSeconds: block?.sessionExpiration ?? (fromNames || undefined) ?? ofProfile?.expired_seconds,
    policy: block?.policy,
    externalId: block?.externalId,
    stsEndpoint,
    place: blockArn ? "alicloud:assumeRole" : `profile ${ofProfile?.name ?? ""}`,
  };
}

/** `alicloud:assumeRoleWithOidc`, completed by the environment as the alicloud provider completes it. */
export function oidcInConfiguration(
  roles: Roles,
):
  | { readonly identity: OidcRole; readonly problem?: never }
  | { readonly identity?: never; readonly problem: string }
  | undefined {
  const { settings, env } = roles;
  const block = configuredObject(settings("assumeRoleWithOidc"), oidcShape);
  if (block === undefined) return undefined;
  const inEnvironment = (name: string) => fromEnvironment(env, [name])?.value;
  const text = block.oidcToken ?? inEnvironment("ALIBABA_CLOUD_OIDC_TOKEN");
  const file = block.oidcTokenFile ?? inEnvironment(tokenFileVariable);
  const arn = block.roleArn ?? inEnvironment("ALIBABA_CLOUD_ROLE_ARN");
  const providerArn = block.oidcProviderArn ?? inEnvironment("ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
  if (!arn) return { problem: "no roleArn" };
  if (!providerArn) return { problem: "no oidcProviderArn" };
  if (!text && !file) return { problem: "neither oidcToken nor oidcTokenFile" };
  return {
    identity: {
      kind: "oidcRole",
      role: {
        arn,
        sessionName:
          block.roleSessionName ?? inEnvironment("ALIBABA_CLOUD_ROLE_SESSION_NAME") ?? defaultSessionName,
        durationSeconds: block.sessionExpiration,
        policy: block.policy,
        stsEndpoint: roles.stsEndpoint,
      },
      providerArn,
      token: text
        ? { text }
        : {
            file: file ?? "",
            namedBy: block.oidcTokenFile ? "alicloud:assumeRoleWithOidc (oidcTokenFile)" : tokenFileVariable,
          },
      place: "alicloud:assumeRoleWithOidc",
    },
  };
}

/** The three variables that a pod with a RAM role gets. The alicloud provider does not hear them alone. */
export function oidcInEnvironment({ env, stsEndpoint }: Roles): {
  readonly place: string;
  readonly identity?: OidcRole;
} {
  const place = `ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ${tokenFileVariable}`;
  const arn = fromEnvironment(env, ["ALIBABA_CLOUD_ROLE_ARN"])?.value;
  const providerArn = fromEnvironment(env, ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"])?.value;
  const file = fromEnvironment(env, [tokenFileVariable])?.value;
  if (!arn || !providerArn || !file) return { place };
  const sessionName = fromEnvironment(env, ["ALIBABA_CLOUD_ROLE_SESSION_NAME"])?.value ?? defaultSessionName;
  return {
    place,
    identity: {
      kind: "oidcRole",
      role: { arn, sessionName, durationSeconds: undefined, stsEndpoint },
      providerArn,
      token: { file, namedBy: tokenFileVariable },
      place: "ALIBABA_CLOUD_ROLE_ARN",
    },
  };
}

const tokenFileVariable = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";

/**
 * The alicloud provider's own word when nobody gives another. It is part of whom a session is (a role's trust
 * policy may ask for it), so ours is the same.
 */
export const defaultSessionName = "terraform";

const assumeRoleShape = z.object({
  roleArn: optionalText,
  sessionName: optionalText,
  sessionExpiration: optionalSeconds,
  policy: optionalText,
  externalId: optionalText,
});

const oidcShape = z.object({
  roleArn: optionalText,
  oidcProviderArn: optionalText,
  oidcToken: optionalText,
  oidcTokenFile: optionalText,
  roleSessionName: optionalText,
  sessionExpiration: optionalSeconds,
  policy: optionalText,
});

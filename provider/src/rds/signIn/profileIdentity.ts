import { stsEndpoint } from "../endpoint";
import { defaultProfileFile, type Profile, type ProfileFile, type ProfileLook } from "./profileFile";
import type { Identity, Role } from "./identity";
import { defaultSessionName, roleOf, type Roles } from "./roles";

type FoundProfile = Extract<ProfileLook, { found: true }>;

/** Whom a profile stands for, by its mode (`aliyun configure --mode`). */
export function profileIdentity(
  look: FoundProfile,
  profiles: ProfileFile,
  roles: Roles,
  seen: readonly string[] = [],
):
  | { readonly identity: Identity; readonly problem?: never }
  | { readonly identity?: never; readonly problem: string } {
  const { profile, place } = look;
  const lacks = (...fields: (keyof Profile)[]) => ({
    problem: `mode ${profile.mode ?? "none"} without ${fields.filter((field) => !profile[field]).join(", ")}`,
  });
  switch (profile.mode) {
    case "AK":
    case "StsToken":
    case "RamRoleArn": {
      const { access_key_id: id, access_key_secret: secret, sts_token: token } = profile;
      if (!id || !secret) return lacks("access_key_id", "access_key_secret");
      if (profile.mode === "StsToken" && !token) return lacks("sts_token");
      const key: Identity = {
        kind: "key",
        accessKeyId: id,
        accessKeySecret: secret,
        ...(profile.mode === "StsToken" ? { securityToken: token } : {}),
        place,
      };
      const role = roleOf({ ...roles, settings: () => undefined }, undefined, profile);
      if (profile.mode === "RamRoleArn" && !role) return lacks("ram_role_arn");
      return { identity: role ? { kind: "role", by: key, role, place } : key };
    }
    case "EcsRamRole":
      if (!profile.ram_role_name) return lacks("ram_role_name");
      return { identity: { kind: "ecsRole", roleName: profile.ram_role_name, place } };
    case "OIDC": {
      const { ram_role_arn: arn, oidc_provider_arn: providerArn, oidc_token_file: file } = profile;
      if (!arn || !providerArn || !file) return lacks("ram_role_arn", "oidc_provider_arn", "oidc_token_file");
      return {
        identity: {
          kind: "oidcRole",
          role: roleOfProfile(arn, profile, roles),
          providerArn,
          token: { file, namedBy: `${place} (oidc_token_file)` },
          place,
        },
      };
    }
    case "ChainableRamRoleArn": {
      const { ram_role_arn: arn, source_profile: source } = profile;
      if (!arn || !source) return lacks("ram_role_arn", "source_profile");
      if (seen.includes(source) || source === profile.name) {
        return { problem: `its chain of source_profile comes back to ${source}` };
      }
      const sourceLook = profiles.named(source);
      if (!sourceLook.found) return { problem: `its source_profile: ${sourceLook.instead}` };
      const by = profileIdentity(sourceLook, profiles, roles, [...seen, profile.name]);
      if (!by.identity) return { problem: `its source_profile ${source}: ${by.problem}` };
      return { identity: { kind: "role", by: by.identity, role: roleOfProfile(arn, profile, roles), place } };
    }
    case "CloudSSO": {
      const { cloud_sso_sign_in_url: signInUrl, cloud_sso_account_id: accountId } = profile;
      const { cloud_sso_access_config: accessConfig, access_token: accessToken } = profile;
      if (!signInUrl || !accountId || !accessConfig) {
        return lacks("cloud_sso_sign_in_url", "cloud_sso_account_id", "cloud_sso_access_config");
      }
      if (!accessToken)
        return { problem: `it is not logged in; run "aliyun configure --profile ${profile.name}"` };
      const accessTokenExpire = profile.cloud_sso_access_token_expire ?? 0;
      return {
        identity: {
          kind: "cloudSso",
          login: { signInUrl, accountId, accessConfig, accessToken, accessTokenExpire },
          place,
        },
      };
    }
    case "External":
      if (!profile.process_command) return lacks("process_command");
      return { identity: { kind: "external", command: profile.process_command, place } };
    case "OAuth":
      // Each renewal spends the refresh token, and the SDK writes the next one into this file only.
      if (profiles.path !== defaultProfileFile()) {
        return {
          problem: `mode OAuth works in ${defaultProfileFile()} only, where the SDK renews its tokens`,
        };
      }
      return { identity: { kind: "oauth", profile: profile.name, place } };
    case undefined:
    default:
      return {
        problem: `its mode ${profile.mode ?? "(none)"} is not one of the aliyun CLI's that the SDK knows`,
      };
  }
}

function roleOfProfile(arn: string, profile: Profile, { stsEndpoint: configured }: Roles): Role {
  return {
    arn,
    sessionName: profile.ram_session_name ?? defaultSessionName,
    durationSeconds: profile.expired_seconds ?? profile.duration_seconds,
    externalId: profile.external_id,
    stsEndpoint: configured ?? (profile.sts_region && stsEndpoint(profile.sts_region.toLowerCase())),
  };
}

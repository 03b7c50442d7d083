import type { ConnectionOverrides } from "../connection";
import { shortKeyId, type Identity, type KeyIdentity } from "./identity";
import type { Profile, ProfileFile, ProfileLook } from "./profileFile";
import { profileIdentity } from "./profileIdentity";
import { oidcInConfiguration, oidcInEnvironment, roleOf, type Roles } from "./roles";
import { placesOf, type Setting, type SettingName, type Settings } from "./settings";

/** Where somebody to sign in as was looked for, and what was found: never a secret. */
export interface Look {
  readonly place: string;
  readonly found: string;
}

export interface Choice {
  /** `undefined`: there is nobody to sign in as. */
  readonly identity: Identity | undefined;
  /** The looks in their order. */
  readonly looks: readonly Look[];
  readonly warnings: readonly string[];
  /** The region of the profile that was named, or of the one that is used though nobody named it. */
  readonly profileRegion: string | undefined;
}

export interface Sources {
  readonly settings: Settings;
  readonly profiles: ProfileFile;
  readonly roles: Roles;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Whom to sign in as: the order in which the alicloud provider was measured to decide (docs/sign-in.md), so
 * that one stack has one identity. Where that provider finds nobody, ways that only the SDK knows follow.
 * Asks nobody; reads no file but the aliyun CLI's.
 */
export function chooseIdentity(sources: Sources, overrides: ConnectionOverrides): Choice {
  const stack = overrides.profile ? withProfileOnly(sources, overrides.profile) : sources;
  const named = stack.settings("profile");
  const profile = named && stack.profiles.named(named.value);
  const choice = withKeysAndProfile(stack, profile);
  const { identity } = choice;
  if (identity === undefined) return choice;
  const role = roleOf(stack.roles, overrides.assumeRole, profile?.found ? profile.profile : undefined);
  if (role === undefined) return choice;
  return {
    ...choice,
    identity: { kind: "role", by: identity, role, place: role.place },
    looks: [...choice.looks, { place: role.place, found: role.arn }],
  };
}

/** A profile that the resource itself names outdoes all that the stack says about signing in. */
function withProfileOnly(sources: Sources, profile: string): Sources {
  const stillHeard: ReadonlySet<SettingName> = new Set(["sharedCredentialsFile", "region", "endpoints"]);
  const settings: Settings = (name) =>
    name === "profile"
      ? { value: profile, origin: "configuration", place: "connection.profile" }
      : stillHeard.has(name)
        ? sources.settings(name)
        : undefined;
  return { ...sources, settings, roles: { ...sources.roles, settings } };
}

function withKeysAndProfile(sources: Sources, look: ProfileLook | undefined): Choice {
  const { settings } = sources;
  const looks: Look[] = [];
  const saw = (place: string, found: string) => void looks.push({ place, found });
  const profile = look?.found ? look.profile : undefined;
  const chosen = (identity: Identity | undefined, warnings: readonly string[] = []): Choice => ({
    identity,
    looks,
    warnings,
    profileRegion: profile?.region_id,
  });

  const key = keyOf(settings, look);
  saw(placesOf("accessKey"), key.id ? `${shortKeyId(key.id.value)} of ${key.id.place}` : "none");
  saw(placesOf("secretKey"), key.secret ? `a secret of ${key.secret.place}` : "none");
  saw(
    placesOf("profile"),
    look === undefined
      ? "none"
      : look.found
        ? `${look.place}, mode ${look.profile.mode ?? "none"}`
        : look.instead,
  );
  if (key.id && key.secret)
    return chosen(keyIdentity(key.id, key.secret, key.token), mixture(key.id, key.token));

  const ofProfile = (when: (mode: string | undefined) => boolean) => {
    if (!look?.found || !when(look.profile.mode)) return undefined;
    const own = profileIdentity(look, sources.profiles, sources.roles);
    if (own.problem) saw(look.place, own.problem);
    return own.identity;
  };
  const sessionOfProfile = ofProfile(isSessionMode);
  if (sessionOfProfile) return chosen(sessionOfProfile);

  const uri = settings("credentialsUri");
  saw(placesOf("credentialsUri"), uri ? `an address of ${uri.place}` : "none");
  if (uri) return chosen({ kind: "uri", uri: uri.value, place: uri.place });

  const ecsRole = settings("ecsRoleName") ?? ecsRoleOf(profile, look);
  saw(placesOf("ecsRoleName"), ecsRole ? `${ecsRole.value} of ${ecsRole.place}` : "none");
  // The alicloud provider looks no further once there is a key id, even one without its secret.
  if (ecsRole && !key.id) return chosen({ kind: "ecsRole", roleName: ecsRole.value, place: ecsRole.place });

  const oidc = oidcInConfiguration(sources.roles);
  saw(
    "alicloud:assumeRoleWithOidc",
    oidc === undefined ? "none" : oidc.identity ? oidc.identity.role.arn : oidc.problem,
  );
  if (oidc?.identity && !key.id) return chosen(oidc.identity);

  // From here on the alicloud provider finds nobody.
  const ownWay = key.id ? undefined : ofProfile((mode) => !isSessionMode(mode));
  if (ownWay) return chosen(ownWay);
  if (look && !look.found && !key.id) {
    const name = settings("profile")?.value ?? "";
    const place = `section ${name} of the SDKs' own shared file`;
    saw(place, "asked last");
    return chosen({ kind: "iniProfile", profile: name, place });
  }
  // Somebody was named, though not completely: signing in as somebody else would be a surprise.
  if (key.id || key.secret || look || oidc) return chosen(undefined);
  return unnamed(sources, looks);
}

/** Nothing was named anywhere. */
function unnamed(sources: Sources, looks: Look[]): Choice {
  const oidc = oidcInEnvironment(sources.roles);
  looks.push({ place: oidc.place, found: oidc.identity?.role.arn ?? "not all of them" });
  const chosen = (identity: Identity, profileRegion?: string): Choice => ({
    identity,
    looks,
    warnings: [],
    profileRegion,
  });
  if (oidc.identity) return chosen(oidc.identity);

  if (/^true$/i.test(sources.env["ALIBABA_CLOUD_CLI_PROFILE_DISABLED"] ?? "")) {
    looks.push({
      place: "the current profile of the aliyun CLI",
      found: "not heard (ALIBABA_CLOUD_CLI_PROFILE_DISABLED)",
    });
  } else {
    const current = sources.profiles.current();
    const own = current.found ? profileIdentity(current, sources.profiles, sources.roles) : undefined;
    looks.push({
      place: "the current profile of the aliyun CLI",
      found: current.found ? (own?.problem ?? current.place) : current.instead,
    });
    if (own?.identity) return chosen(own.identity, current.found ? current.profile.region_id : undefined);
  }
  const place =
    "the default chain of @alicloud/credentials (its own shared file, the metadata of an ECS instance)";
  looks.push({ place, found: "asked last" });
  return chosen({ kind: "defaultChain", place });
}

interface Key {
  readonly id: Setting | undefined;
  readonly secret: Setting | undefined;
  readonly token: Setting | undefined;
}

/** Field by field, as the alicloud provider merges them: settings first, then the profile. */
function keyOf(settings: Settings, look: ProfileLook | undefined): Key {
  const ofProfile = (value: string | undefined): Setting | undefined =>
    value === undefined || !look?.found ? undefined : { value, origin: "profile", place: look.place };
  const profile = look?.found && keyModes.has(look.profile.mode ?? "") ? look.profile : undefined;
  return {
    id: settings("accessKey") ?? ofProfile(profile?.access_key_id),
    secret: settings("secretKey") ?? ofProfile(profile?.access_key_secret),
    token:
      settings("securityToken") ?? ofProfile(profile?.mode === "StsToken" ? profile.sts_token : undefined),
  };
}

const keyModes: ReadonlySet<string> = new Set(["AK", "StsToken", "RamRoleArn"]);

/** Modes for which the alicloud provider asks the profile as a whole. */
function isSessionMode(mode: string | undefined): boolean {
  return mode === "ChainableRamRoleArn" || mode === "CloudSSO";
}

function keyIdentity(id: Setting, secret: Setting, token: Setting | undefined): KeyIdentity {
  return {
    kind: "key",
    accessKeyId: id.value,
    accessKeySecret: secret.value,
    ...(token ? { securityToken: token.value } : {}),
    place: id.place,
  };
}

/** A key and a token that were not issued together: the alicloud provider sends both, and so do we. */
function mixture(id: Setting, token: Setting | undefined): string[] {
  if (token === undefined || token.origin === id.origin) return [];
  return [
    `The key of ${id.place} is used together with the security token of ${token.place}, as @pulumi/alicloud does. ` +
      `A token belongs to the key that it was issued with, so the cloud will refuse the two: remove the token from ${token.place}, ` +
      "or set both in one place.",
  ];
}

function ecsRoleOf(profile: Profile | undefined, look: ProfileLook | undefined): Setting | undefined {
  if (profile?.mode !== "EcsRamRole" || !profile.ram_role_name || !look?.found) return undefined;
  return { value: profile.ram_role_name, origin: "profile", place: look.place };
}

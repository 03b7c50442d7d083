import type { StackConfiguration } from "../connection";

/**
 * The environment names of each `alicloud:` key, the first with a value wins: the alicloud provider's own
 * tables (terraform-provider-alicloud, `provider.go`).
 */
const environmentNames = {
  accessKey: ["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID"],
  secretKey: ["ALICLOUD_SECRET_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_ACCESS_KEY_SECRET"],
  securityToken: ["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"],
  profile: ["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE"],
  sharedCredentialsFile: ["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
  ecsRoleName: ["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"],
  credentialsUri: ["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"],
  // Their environment names only complete a block that the configuration has.
  assumeRole: [],
  assumeRoleWithOidc: [],
  region: ["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION"],
  endpoints: [],
  protocol: [],
  clientReadTimeout: ["CLIENT_READ_TIMEOUT"],
  clientConnectTimeout: ["CLIENT_CONNECT_TIMEOUT"],
  sourceIp: ["ALICLOUD_SOURCE_IP", "ALIBABA_CLOUD_SOURCE_IP"],
  secureTransport: ["ALICLOUD_SECURE_TRANSPORT", "ALIBABA_CLOUD_SECURE_TRANSPORT"],
  securityTransport: ["ALICLOUD_SECURITY_TRANSPORT", "ALIBABA_CLOUD_SECURITY_TRANSPORT"],
} as const satisfies Record<string, readonly string[]>;

export type SettingName = keyof typeof environmentNames;

/** All of them. */
export const settingNames = Object.keys(environmentNames) as readonly SettingName[];

/** A value and where it was found. */
export interface Setting {
  readonly value: string;
  readonly origin: "configuration" | "environment" | "profile";
  /** How messages call that place, for example `alicloud:accessKey`. */
  readonly place: string;
}

/** Reads one setting of the stack: its configuration, else its environment. Blank values count as none. */
export type Settings = (name: SettingName) => Setting | undefined;

export function settingsOf(configured: StackConfiguration, env: NodeJS.ProcessEnv): Settings {
  return (name) => {
    const value = configured(name)?.trim();
    if (value) return { value, origin: "configuration", place: `alicloud:${name}` };
    return fromEnvironment(env, environmentNames[name]);
  };
}

/** The first of these names that has a value. */
export function fromEnvironment(env: NodeJS.ProcessEnv, names: readonly string[]): Setting | undefined {
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) return { value, origin: "environment", place: name };
  }
  return undefined;
}

/** Where a setting is looked for, in order: `alicloud:profile, ALICLOUD_PROFILE, ALIBABA_CLOUD_PROFILE`. */
export function placesOf(name: SettingName): string {
  return [`alicloud:${name}`, ...environmentNames[name]].join(", ");
}

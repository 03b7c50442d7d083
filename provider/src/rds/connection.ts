/** Everything that is needed to reach RDS as somebody. */
export interface Connection {
  readonly region: string;
  /** Where the region came from. A region that nobody named must not count as a changed one. */
  readonly regionSource: "connection" | "configuration" | "environment" | "profile" | "default";
  /** Host and port, without a scheme. */
  readonly endpoint: string;
  readonly protocol: "HTTP" | "HTTPS";
  readonly readTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Parameters that go with every call: `SourceIp`, `SecureTransport`. */
  readonly alwaysSent: Readonly<Record<string, string>>;
  /**
   * Whom to sign the next call as. Asked before every call, in the provider process only: a session is
   * shared by all that ask and renewed before it ends, so an answer must not be kept.
   *
   * `insteadOf` names credentials that the cloud refused as expired: they are asked for anew at their source,
   * once for all who were refused with them. The answer may still be the same ones.
   *
   * Fails with a `SignInProblem` that lists where was looked, in order, and what was found there.
   */
  credentials(options?: { readonly insteadOf?: Credentials }): Promise<Credentials>;
  /** Whom calls are signed as, in words and without a secret: `the key LTAI...abcd of alicloud:accessKey`. Asks nobody. */
  signer(): string | undefined;
  /** Who is being asked for credentials at this moment, in words: `STS at sts.cn-hangzhou.aliyuncs.com`. */
  asking(): string | undefined;
}

/** A key, with its token when it is a temporary one. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

export function sameCredentials(one: Credentials, other: Credentials): boolean {
  return (
    one.accessKeyId === other.accessKeyId &&
    one.accessKeySecret === other.accessKeySecret &&
    one.securityToken === other.securityToken
  );
}

/** A RAM role to call as. */
export interface AssumeRoleOverride {
  /** ARN of the role, such as `acs:ram::1234567890123456:role/copies` (`RoleArn` of STS AssumeRole). */
  readonly roleArn: string;
  /**
   * Name of the session, as audit logs show it (`RoleSessionName`).
   *
   * @defaultValue the name that the alicloud provider uses
   */
  readonly sessionName?: string | undefined;
}

/** The `connection` input: what one resource or question overrides of its stack. Holds no secrets. */
export interface ConnectionOverrides {
  /**
   * Region of the instances, such as `"cn-hangzhou"`.
   *
   * @defaultValue `alicloud:region`, else `ALICLOUD_REGION`, else that of the profile, else `cn-beijing`
   */
  readonly region?: string | undefined;
  /**
   * Profile of the aliyun CLI to sign in with.
   *
   * @defaultValue `alicloud:profile`
   */
  readonly profile?: string | undefined;
  /**
   * Host and, if need be, port, without a scheme.
   *
   * @defaultValue `rds` of `alicloud:endpoints`, else the endpoint of the region
   */
  readonly endpoint?: string | undefined;
  /**
   * `"HTTP"` or `"HTTPS"`. `"HTTP"` is for a simulator on this machine.
   *
   * @defaultValue `alicloud:protocol`, else `"HTTPS"`
   */
  readonly protocol?: string | undefined;
  /**
   * A role to assume with the credentials of the stack.
   *
   * @defaultValue `alicloud:assumeRole`
   */
  readonly assumeRole?: AssumeRoleOverride | undefined;
}

/** Reads one key of the stack's `alicloud:` configuration. */
export type StackConfiguration = (key: string) => string | undefined;

/** Hears what is to be said once for the stack and not for one resource. No line holds a secret. */
export interface ConnectionListener {
  readonly warn: (line: string) => void;
  readonly debug: (line: string) => void;
}

/** Everything that is needed to reach RDS as somebody. */
export interface Connection {
  readonly region: string;
  /** Where the region came from. A region that nobody named must not count as a changed one. */
  readonly regionSource: "connection" | "configuration" | "environment" | "default";
  /** Host and port, without a scheme. */
  readonly endpoint: string;
  readonly protocol: "HTTP" | "HTTPS";
  readonly readTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Asked at call time, in the provider process only. */
  credentials(): Promise<Credentials>;
}

/** A key, with its token when it is a temporary one. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** The `connection` input: what one resource overrides of its stack. */
export interface ConnectionOverrides {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly protocol?: string;
  readonly assumeRole?: { readonly roleArn: string; readonly sessionName?: string };
}

/** Reads one key of the stack's `alicloud:` configuration. */
export type StackConfiguration = (key: string) => string | undefined;

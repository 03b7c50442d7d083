/** One call as it reaches the machine: signed in, decoded, no longer HTTP. */
export interface Request {
  /** As the client wrote it; compared without case. */
  readonly action: string;
  /** Flat, as on the wire: `Tag.1.Key`. */
  readonly params: Readonly<Record<string, string>>;
  /** Of the API; it tells the products apart. Default: that of RDS. */
  readonly version?: string | undefined;
  /** The key that signed; empty for a call that nobody signed. */
  readonly accessKeyId: string;
  /** Upper-case UUID. */
  readonly requestId: string;
  /** HostId of error bodies. Default: `rds.aliyuncs.com`. */
  readonly host?: string;
}

/** When the call happens. */
export interface Moment {
  /** The world's time in milliseconds since 1970. */
  readonly now: number;
  /** The real time in milliseconds, by which sessions end. Default: `now`. */
  readonly realNow?: number;
  /** Operations advance by being looked at and not by time. Default: false. */
  readonly stepped?: boolean;
}

export interface Answer {
  readonly status: number;
  /** The action as the service spells it, on success. */
  readonly action?: string;
  /** The error code, on a refusal. */
  readonly code?: string;
  /** The rule that refused. */
  readonly ruleId?: string;
  /** JSON body, RequestId included. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One HTTP request, as far as the gateway looks at it. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** The query as it stood in the address, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** More was sent than is read, so the rest is not here. */
  readonly cutOff?: boolean | undefined;
}

/** What a request asks for, read without trusting it. */
export interface Asked {
  readonly action: string | undefined;
  readonly version: string | undefined;
  readonly securityToken: string | undefined;
  readonly queryPairs: readonly Pair[];
  /** Of a form body; empty for any other. */
  readonly bodyPairs: readonly Pair[];
  /** The action's own parameters. */
  readonly params: Readonly<Record<string, string>>;
}

export type Pair = readonly [name: string, value: string];

/** Action and version stand in headers with ACS3 and in the query or form with the old signature. */
export function readRequest(wire: WireRequest): Asked {
  const queryPairs = [...new URLSearchParams(wire.query)];
  const isForm = (wire.headers["content-type"] ?? "")
    .toLowerCase()
    .startsWith("application/x-www-form-urlencoded");
  const bodyPairs = isForm ? [...new URLSearchParams(wire.body.toString("utf8"))] : [];
  const pairs = bodyPairs.length === 0 ? queryPairs : [...queryPairs, ...bodyPairs];
  const common = (name: string) => pairs.findLast((pair) => pair[0] === name)?.[1];
  return {
    action: wire.headers["x-acs-action"] ?? common("Action"),
    version: wire.headers["x-acs-version"] ?? common("Version"),
    securityToken: wire.headers["x-acs-security-token"] ?? common("SecurityToken"),
    queryPairs,
    bodyPairs,
    params: Object.fromEntries(pairs.filter(([name]) => !commonParameters.has(name))),
  };
}

/** Everything that serves the call itself and not the action; none of it reaches an action or the journal. */
const commonParameters = new Set([
  "Action",
  "Version",
  "Format",
  "Timestamp",
  "AccessKeyId",
  "Signature",
  "SignatureMethod",
  "SignatureNonce",
  "SignatureType",
  "SignatureVersion",
  "SecurityToken",
]);

/**
 * What became of a call that gave no answer to use. Decisions look at the kind, and the kind comes from
 * the code alone, never from a text. Sources of the codes: the error tables of the RDS API pages, and
 * what public clients of the API met.
 */
export type FailureKind =
  /** A definite no: nothing happened. */
  | "refused"
  /** The instance or database is definitely not there. */
  | "notFound"
  /** The instance or database is occupied: nothing happened, later it may. */
  | "busy"
  /** Too many calls: nothing happened. */
  | "throttled"
  /** The identity may not do this. */
  | "denied"
  /** No identity, or one that is wrong or has expired. */
  | "signIn"
  /** The request never left: no such host, nobody listening, or somebody else listening there. */
  | "unreachable"
  /** It may have happened or not: time-out, reset, 408, 5xx, an answer that is none. */
  | "unknown";

/** A failed call to the cloud. The message is a sentence and holds no secret. */
export class RdsFailure extends Error {
  override readonly name = "RdsFailure";
  readonly kind: FailureKind;
  /** API name, for example `CopyDatabaseBetweenInstances`. */
  readonly action: string;
  readonly code: string;
  /** What was said of it, by itself. */
  readonly said: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(facts: FailureFacts) {
    super(sentence(facts));
    this.kind = kindOf(facts);
    this.action = facts.action;
    this.code = facts.code;
    this.said = saidIn(facts);
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** Whether the same question may be answered a little later. */
export function mayPass({ kind }: RdsFailure): boolean {
  return kind === "throttled" || kind === "unknown" || kind === "unreachable" || kind === "busy";
}

/** For `catch`: a definite not-found is `undefined`, as the empty list is that some unknown ids are answered with. */
export function whenNotFound(error: unknown): undefined {
  if (error instanceof RdsFailure && error.kind === "notFound") return undefined;
  throw error;
}

/** For `catch`, where a question need not be answered: any failure of the cloud is `undefined`. */
export function whenUnanswered(error: unknown): undefined {
  if (error instanceof RdsFailure) return undefined;
  throw error;
}

/** What is known of a failed call, before it is judged. */
export interface FailureFacts {
  readonly action: string;
  /** The API's code, or Node's (`ECONNRESET`), or a name of ours for an answer that is none. */
  readonly code: string;
  readonly message: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly recommend?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** The codes by which an instance is known to be gone: an exact list, whatever the HTTP status. */
export const instanceGoneCodes: ReadonlySet<string> = new Set([
  "InvalidDBInstanceId.NotFound",
  "InvalidDBInstanceName.NotFound",
]);

/** The code by which a database is known to be gone. */
export const databaseGoneCode = "InvalidDBName.NotFound";

/** The name is taken on the target. */
export const duplicateNameCode = "InvalidDBName.Duplicate";

/** The backup set does not hold a database that was asked for. */
export const databaseNotInBackupCode = "InvalidBackupSet";

const busyCodes: ReadonlySet<string> = new Set([
  "IncorrectDBInstanceState",
  "IncorrectMasterDBInstanceState",
  "MasterDBInstanceState.NotSupport",
  "OperationDenied.DBInstanceStatus",
  "OperationDenied.DBStatus",
  "OperationDenied.OutofUsage",
  "ConnectTimeoutRetryLater",
  "TimeoutRetryLater",
]);

const deniedCodes: ReadonlySet<string> = new Set([
  "Forbidden.RAM",
  "Forbidden",
  "NoPermission",
  "Forbedden.NotSupportRAM",
  "Forbidden.RiskControl",
  "ActionUnauthorized",
  "InvalidUserOperatorPermission",
]);

const signInCodes: ReadonlySet<string> = new Set([
  "InvalidAccessKeyId.NotFound",
  "InvalidAccessKeyId.Inactive",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "InvalidTimeStamp.Expired",
  "IllegalTimestamp",
  "InvalidSecurityToken.Malformed",
  "InvalidSecurityToken.MismatchWithAccessKey",
  "MissingSecurityToken",
  "InvalidCredentials",
  // A name of ours: the configuration that says who to be cannot be read.
  "InvalidConfiguration",
  "Forbidden.Authentication",
]);

/** A name of ours: who should have signed the call in could not be asked, so it was never sent. */
export const signInUnanswered = "SignInUnanswered";

/** Node's code for a handshake of TLS that met something else: HTTPS that is spoken to a port of HTTP, most likely. */
export const notTls = "EPROTO";

/** What is wrong with a certificate: who signed it or whose it is, or the time, which may be that of this machine. */
export type CertificateFault = "trust" | "time";

/** Node's codes for a certificate that was turned down, before anything was sent (`X509ErrorCode` of its crypto_common.cc). */
export const certificateCodes: ReadonlyMap<string, CertificateFault> = new Map<string, CertificateFault>([
  ...(["CERT_NOT_YET_VALID", "CERT_HAS_EXPIRED", "CRL_NOT_YET_VALID", "CRL_HAS_EXPIRED"] as const).map(
    (code) => [code, "time"] as const,
  ),
  ...(
    [
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_GET_CRL",
      "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
      "UNABLE_TO_DECRYPT_CRL_SIGNATURE",
      "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "CERT_SIGNATURE_FAILURE",
      "CRL_SIGNATURE_FAILURE",
      "ERROR_IN_CERT_NOT_BEFORE_FIELD",
      "ERROR_IN_CERT_NOT_AFTER_FIELD",
      "ERROR_IN_CRL_LAST_UPDATE_FIELD",
      "ERROR_IN_CRL_NEXT_UPDATE_FIELD",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "CERT_CHAIN_TOO_LONG",
      "CERT_REVOKED",
      "CERT_UNTRUSTED",
      "CERT_REJECTED",
      "INVALID_CA",
      "INVALID_PURPOSE",
      "PATH_LENGTH_EXCEEDED",
      "HOSTNAME_MISMATCH",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ] as const
  ).map((code) => [code, "trust"] as const),
]);

/** Node's codes for a connection that was never made. */
export const unreachableCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  notTls,
  ...certificateCodes.keys(),
  signInUnanswered,
]);

/** Names of ours for answers that the API does not give. Their message tells the HTTP status and what else was heard. */
export const otherAnswerCodes: ReadonlySet<string> = new Set([
  "AnswerNotUnderstood",
  "AnswerNotJson",
  "AnswerCutOff",
]);

/** A name of ours for a success that lacks what every answer has. */
const withoutRequestId = "AnswerWithoutRequestId";

function kindOf(facts: FailureFacts): FailureKind {
  const { code, status } = facts;
  if (instanceGoneCodes.has(code) || code === databaseGoneCode) return "notFound";
  // An error body with a good status contradicts itself, so its code decides nothing.
  if (status !== undefined && status < 400) return "unknown";
  if (code.includes("Throttling") || status === 429) return "throttled";
  if (signInCodes.has(code) || isExpiredToken(facts)) return "signIn";
  if (deniedCodes.has(code)) return "denied";
  if (busyCodes.has(code)) return "busy";
  if (unreachableCodes.has(code)) return "unreachable";
  // The nonce is used although we sent the request once: something on the way sent it twice.
  if (code === "SignatureNonceUsed" || otherAnswerCodes.has(code) || code === withoutRequestId)
    return "unknown";
  if (status !== undefined && status < 500 && status !== 408) return "refused";
  return "unknown";
}

/**
 * An expired token is also answered as `InvalidParameter`, and only the text tells it apart: the one
 * place where a text decides (seen by users of the alicloud Terraform provider).
 */
export function isExpiredToken({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): boolean {
  return (
    code === "InvalidSecurityToken.Expired" ||
    (code === "InvalidParameter" && message.includes("SecurityToken.Expired"))
  );
}

function sentence(facts: FailureFacts): string {
  const { action, code, status, requestId, recommend } = facts;
  const said = saidIn(facts);
  const details = [
    status === undefined || otherAnswerCodes.has(code) ? undefined : `HTTP ${status}`,
    requestId ? `request id ${requestId}` : undefined,
    recommend ? `see ${recommend}` : undefined,
  ].filter((detail) => detail !== undefined);
  return (
    `${action} ${outcome(code, status)}` +
    (said === "" ? "" : `: ${said}`) +
    (details.length > 0 ? ` (${details.join(", ")}).` : ".")
  );
}

function saidIn({ message }: FailureFacts): string {
  return message.replace(/\s+/g, " ").trim().replace(/\.+$/, "");
}

/** Nobody answered unless there is a status. */
function outcome(code: string, status: number | undefined): string {
  if (otherAnswerCodes.has(code)) return `got no answer of the RDS API (${code})`;
  if (status !== undefined) return `answered ${code}`;
  if (unreachableCodes.has(code) || signInCodes.has(code)) return `could not be sent (${code})`;
  return `got no answer that can be used (${code})`;
}

import { clockCodes, clockOff } from "./clockOff";
import type { Credentials } from "./connection";
import { notTls, otherAnswerCodes, RdsFailure } from "./failure";
import { answerInWords, type HttpAnswer } from "./heardAnswer";

/** Turns whatever the SDK threw into one kind of failure, without the secrets that signed the call. */
export function failureOf(
  action: string,
  error: unknown,
  signedBy?: Credentials,
  answer?: HttpAnswer,
): RdsFailure {
  if (error instanceof RdsFailure) return error;
  const thrown = thrownFacts(error);
  const code = isCutOff(thrown, answer) ? "AnswerCutOff" : thrown.code;
  const said = withoutSecrets(plainMessage(thrown.message), signedBy);
  return new RdsFailure({
    action,
    code,
    message: otherAnswerCodes.has(code)
      ? inWords(code, thrown, answer)
      : quotesWhatWasSigned.has(code)
        ? wrongSecret
        : ((clockCodes.has(code) ? clockOff(answer) : undefined) ?? said),
    status: thrown.statusCode ?? (otherAnswerCodes.has(code) ? answer?.status : undefined),
    requestId: thrown.requestId,
    recommend: thrown.data?.Recommend,
    retryAfterMs: thrown.retryAfter,
  });
}

/** JSON that ends early came from the service, as far as can be seen, and was lost on the way. */
function isCutOff({ code }: Thrown, answer: HttpAnswer | undefined): boolean {
  return code === "AnswerNotJson" && answer?.contentType === "application/json";
}

/** What an answer was that the service did not give: by itself it says nothing to a person, and may hold a token. */
function inWords(code: string, { statusCode: status }: Thrown, answer: HttpAnswer | undefined): string {
  return (
    answerInWords({ status, ...answer }) + (code === "AnswerCutOff" ? ", and its JSON is not complete" : "")
  );
}

/** Their messages repeat the text that was signed, and a session token is part of it (an inference from public reports). */
const quotesWhatWasSigned: ReadonlySet<string> = new Set(["SignatureDoesNotMatch", "IncompleteSignature"]);

const wrongSecret = "the secret of the key, or its token, is not the one that was issued with it";

function withoutSecrets(text: string, { accessKeySecret, securityToken }: Partial<Credentials> = {}): string {
  return [accessKeySecret, securityToken].reduce<string>(
    (left, secret) => (secret ? left.replaceAll(secret, "[secret]") : left),
    text,
  );
}

interface Thrown {
  readonly code: string;
  readonly message: string;
  readonly statusCode?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly data?: { readonly Recommend?: string; readonly Message?: string } | undefined;
}

function thrownFacts(error: unknown): Thrown {
  if (!(error instanceof Error)) return { code: "UnknownFailure", message: String(error) };
  const known = error as Error & Partial<Thrown>;
  return {
    statusCode: known.statusCode,
    retryAfter: known.retryAfter,
    data: known.data,
    // The SDK makes texts of fields that are not there.
    requestId: known.requestId === "undefined" ? undefined : known.requestId,
    code: codeOf(known),
    message: known.data?.Message ?? error.message,
  };
}

function codeOf(error: Error & { readonly code?: string; readonly syscall?: string }): string {
  const { code, syscall } = error;
  if (code === undefined) return nameOfAnswerless(error);
  if (code === "undefined") return "AnswerNotUnderstood";
  // Met when a connection is made, these say that nothing was sent; on one that was made, they do not.
  const isLate = syscall !== undefined && syscall !== "connect";
  // A handshake fails while its first message is being written.
  if (code === notTls && syscall !== "write") return "ConnectionLost";
  return isLate && (code === "EHOSTUNREACH" || code === "ENETUNREACH") ? "ConnectionLost" : code;
}

/** Failures without a code: a time-out, or a body that is not JSON (a gateway's HTML). */
function nameOfAnswerless(error: Error): string {
  if (error.name === "RequestTimeoutError") return "RequestTimeout";
  if (error.name === "SyntaxError") return "AnswerNotJson";
  return error.name === "Error" ? "UnknownFailure" : error.name;
}

/**
 * The SDK wraps the service's words: "<Code>: code: 400, <Message> request id: <RequestId>", and glues the request to
 * a failure of the network: "connect ECONNREFUSED 127.0.0.1:9POST http://127.0.0.1:9/?DBInstanceId=rm-a failed.".
 */
function plainMessage(message: string): string {
  const said = message
    .replace(/^(\S+: )?code: \d+, /, "")
    .replace(/ request id: \S*$/, "")
    .replace(/(POST|GET) https?:\/\/\S+ failed\.?$/, "");
  return said === "undefined" ? "" : said;
}

import { clockCodes, clockOff } from "../clockOff";
import { signInUnanswered, unreachableCodes } from "../failure";
import { answerInWords, type HttpAnswer } from "../heardAnswer";
import { UnreadableFile } from "./askSession";
import type { Look } from "./chooseIdentity";
import { LoginExpired } from "./cloudSso";
import { nameOf, type Identity } from "./identity";
import { SignInProblem } from "./signInProblem";

/** Nobody to sign in as was found. Of a place where nothing is, one name is enough. */
export function nobodyFound(looks: readonly Look[]): SignInProblem {
  const short = looks.map(({ place, found }) => ({
    place: found === "none" ? place.replace(/, .*$/, "") : place,
    found,
  }));
  return new SignInProblem(
    invalid,
    "no credentials found. Set alicloud:accessKey and alicloud:secretKey, or alicloud:profile, or the variables " +
      "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET. A provider resource of @pulumi/alicloud is not " +
      `read: what it says goes into connection. ${looksInWords(short)}; with the environment variables of each (docs/sign-in.md)`,
  );
}

/** Somebody was found, but could not be signed in as. */
export function signInFailed(identity: Identity, error: unknown, looks: readonly Look[]): SignInProblem {
  if (identity.kind === "iniProfile" || identity.kind === "defaultChain") {
    return nobodyFound([...looks.slice(0, -1), { place: identity.place, found: "nobody" }]);
  }
  const { code, words } =
    error instanceof ServiceFailed
      ? inWords(error.service, error.cause, error.answer)
      : inWords("its source", error);
  const what = `signing in as ${nameOf(identity)} failed: ${words}`;
  if (error instanceof ServiceFailed && error.cause instanceof UnreadableFile)
    return new SignInProblem(code, what);
  // Places where nothing was found have nothing to do with it.
  return new SignInProblem(code, `${what}. ${looksInWords(looks.filter(({ found }) => found !== "none"))}`);
}

/** A service that was asked for credentials and gave none. */
export class ServiceFailed extends Error {
  constructor(
    /** In words, without a secret. */
    readonly service: string,
    override readonly cause: unknown,
    /** What came back over HTTP, if anything did. */
    readonly answer?: HttpAnswer,
  ) {
    super(`${service} gave no credentials`);
  }
}

function looksInWords(looks: readonly Look[]): string {
  return `Checked, in order: ${looks.map(({ place, found }) => `${place} (${found})`).join("; ")}`;
}

/**
 * What a failure of the SDK comes to. Its own text is never passed on: it quotes whole files, answers and
 * addresses, with secrets and tokens in them. Only the error that STS and the like answer is taken out of it.
 */
function inWords(
  service: string,
  error: unknown,
  heard?: HttpAnswer,
): { readonly code: string; readonly words: string } {
  const thrown = error as Readonly<Partial<Record<"code" | "name" | "message" | "data" | "cause", unknown>>>;
  const text = typeof thrown.message === "string" ? thrown.message : "";
  if (error instanceof LoginExpired) {
    return { code: invalid, words: 'the login has expired; log in again with "aliyun configure"' };
  }
  if (error instanceof UnreadableFile) return { code: invalid, words: error.message };
  if (thrown.name === "RequestTimeoutError" || thrown.name === "TimeoutError") {
    return { code: signInUnanswered, words: `${service} did not respond in time` };
  }
  const answer = answerIn(thrown.data) ?? answerIn(jsonIn(text));
  if (answer) {
    const isClock = clockCodes.has(answer.code);
    const clock = isClock ? clockOff(heard) : undefined;
    return {
      // Too many calls will pass, and a clock can be set; everything else said here is about who signs in.
      code: isClock || answer.code.includes("Throttling") ? answer.code : invalid,
      words: `${service} answered ${answer.code}${clock === undefined ? answer.said : `: ${clock}`}${answer.requestId}`,
    };
  }
  // What `fetch` throws has the code in its cause.
  const code = thrown.code ?? (thrown.cause as { readonly code?: unknown } | undefined)?.code;
  if (typeof code === "string" && /^[A-Z][A-Z_]+$/.test(code)) return systemCode(service, code);
  const status = /httpStatus: (\d{3})/.exec(text)?.[1];
  const isPage = heard?.contentType !== undefined && heard.contentType !== "application/json";
  if (status || isPage) {
    return {
      code: invalid,
      words: `${service} answered ${heard ? answerInWords(heard) : `HTTP ${status ?? ""}`}`,
    };
  }
  if (/IMDS credentials is disabled/.test(text)) {
    return { code: invalid, words: "ALIBABA_CLOUD_ECS_METADATA_DISABLED forbids it" };
  }
  if (/session duration should be/.test(text)) {
    return { code: invalid, words: "a session must last 900 seconds at least" };
  }
  if (/failed to execute external command/.test(text)) return { code: invalid, words: "the command failed" };
  return { code: invalid, words: "no credentials came of it" };
}

const invalid = "InvalidCredentials";

function systemCode(service: string, code: string): { readonly code: string; readonly words: string } {
  if (code === "ENOENT" || code === "EACCES") {
    return { code: invalid, words: `a file that it needs cannot be read (${code})` };
  }
  if (/CERT|SIGNATURE/.test(code)) {
    return {
      code: signInUnanswered,
      words: `the certificate of ${service} is not trusted (${code}); NODE_EXTRA_CA_CERTS adds one`,
    };
  }
  const what = unreachableCodes.has(code) ? "cannot be reached" : "did not respond";
  return { code: signInUnanswered, words: `${service} ${what} (${code})` };
}

interface Answer {
  readonly code: string;
  readonly said: string;
  readonly requestId: string;
}

function answerIn(body: unknown): Answer | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { Code: code, Message: message, RequestId: requestId } = body as Readonly<Record<string, unknown>>;
  if (typeof code !== "string" || !/^[\w.]+$/.test(code) || code === "Success") return undefined;
  return {
    code,
    // That message quotes the text that was signed, and the session token is part of it.
    said:
      typeof message === "string" && !/^(SignatureDoesNotMatch|IncompleteSignature)/.test(code)
        ? ` (${message.replace(/\.+$/, "")})`
        : "",
    requestId: typeof requestId === "string" ? `, request id ${requestId}` : "",
  };
}

function jsonIn(text: string): unknown {
  const start = text.indexOf("{");
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start, text.lastIndexOf("}") + 1));
  } catch {
    return undefined;
  }
}

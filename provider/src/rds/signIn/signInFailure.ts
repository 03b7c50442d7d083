import { clockCodes, clockOff } from "../clockOff";
import {
  certificateCodes,
  type CertificateFault,
  notTls,
  signInUnanswered,
  unreachableCodes,
} from "../failure";
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
  const isChain = identity.kind === "iniProfile" || identity.kind === "defaultChain";
  const status = error instanceof ServiceFailed ? statusOf(error.cause, error.answer) : undefined;
  // A chain that nothing came of has nobody; one of whose services is down for the moment may have somebody.
  if (isChain && passing(status) === undefined) {
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
  const status = statusOf(error, heard);
  const answer = answerIn(thrown.data) ?? answerIn(jsonIn(text));
  if (answer) {
    const isClock = clockCodes.has(answer.code);
    const clock = isClock ? clockOff(heard) : undefined;
    return {
      // Too many calls and a service that is down will pass, and a clock can be set; all else is about who signs in.
      code: isClock || answer.code.includes("Throttling") ? answer.code : (passing(status) ?? invalid),
      words: `${service} answered ${answer.code}${clock === undefined ? answer.said : `: ${clock}`}${answer.requestId}`,
    };
  }
  // What `fetch` throws has the code in its cause.
  const code = thrown.code ?? (thrown.cause as { readonly code?: unknown } | undefined)?.code;
  if (typeof code === "string" && /^[A-Z][A-Z_]+$/.test(code)) return systemCode(service, code);
  const isPage = heard?.contentType !== undefined && heard.contentType !== "application/json";
  if (status !== undefined || isPage) {
    return {
      code: passing(status) ?? invalid,
      words: `${service} answered ${answerInWords(heard ?? { status })}`,
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

/** The HTTP status of an answer that is no success. What `fetch` was answered is not heard, so our own text tells it. */
function statusOf(error: unknown, heard: HttpAnswer | undefined): number | undefined {
  const text = error instanceof Error ? error.message : "";
  const status = Number(/httpStatus: (\d{3})/.exec(text)?.[1] ?? heard?.status);
  return status >= 400 ? status : undefined;
}

/** The code of an answer that says nothing about who signs in: asked later, there may be another one. As `kindOf` judges a call. */
function passing(status: number | undefined): string | undefined {
  if (status === undefined) return undefined;
  if (status === 429) return "Throttling";
  return status >= 500 || status === 408 ? signInUnanswered : undefined;
}

function systemCode(service: string, code: string): { readonly code: string; readonly words: string } {
  if (/^ERR_(INVALID|UNESCAPED)_/.test(code)) {
    return { code: invalid, words: `the address of ${service} is none (${code})` };
  }
  if (code === "ENOENT" || code === "EACCES") {
    return { code: invalid, words: `a file that it needs cannot be read (${code})` };
  }
  const certificate = certificateCodes.get(code);
  if (certificate !== undefined) {
    return {
      code: signInUnanswered,
      words: `the certificate of ${service} ${certificateInWords[certificate](code)}`,
    };
  }
  if (code === notTls) return { code: signInUnanswered, words: `${service} does not speak HTTPS (${code})` };
  const what = unreachableCodes.has(code) ? "cannot be reached" : "did not respond";
  return { code: signInUnanswered, words: `${service} ${what} (${code})` };
}

const certificateInWords: Readonly<Record<CertificateFault, (code: string) => string>> = {
  trust: (code) => `is not trusted (${code}); NODE_EXTRA_CA_CERTS adds one`,
  time: (code) => `is not valid at the time of this machine (${code}); check its clock`,
};

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

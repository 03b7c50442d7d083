import type { FaultThen } from "../faults/rule.js";
import { writeAnswer, type AnswerFormat } from "../gateway/answerFormat.js";
import type { Answer } from "../call/request.js";

/** What the server has to do for one call. */
export interface Play {
  /** 0 where the connection is closed before anything happened. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The error code, where the answer is an error of the API. */
  readonly code?: string | undefined;
  /** The fault that is played, for the journal. */
  readonly fault?: string;
  readonly delayMs?: number;
  /** The body trickles. */
  readonly bytesPerSecond?: number;
  readonly drop?: "before" | "after" | "midway";
}

export function answerPlay(
  { status, action = "", body, code }: Omit<Answer, "ruleId">,
  format: AnswerFormat,
): Play {
  const { contentType, text } = writeAnswer(format, code === undefined ? `${action}Response` : "Error", body);
  return { status, headers: { "content-type": contentType }, body: text, code };
}

/**
 * Plays a fault on a call.
 *
 * @param carryOut carries the call out; not called by the faults that come instead of it, unless they say `carriedOut`
 */
export function faultPlay(
  fault: FaultThen,
  context: { requestId: string; host: string; format: AnswerFormat },
  carryOut: () => Play,
): Play {
  if (("error" in fault && fault.error.carriedOut) || ("raw" in fault && fault.raw.carriedOut)) carryOut();
  if ("error" in fault) {
    const { status, code, message = "A fault rule says so.", retryAfterMs } = fault.error;
    const body = { RequestId: context.requestId, HostId: context.host, Code: code, Message: message };
    const play = answerPlay({ status, code, body }, context.format);
    const retryAfter = retryAfterMs === undefined ? {} : { "x-acs-retry-after": String(retryAfterMs) };
    return { ...play, headers: { ...play.headers, ...retryAfter }, fault: "error" };
  }
  if ("raw" in fault) {
    const { status, contentType = "text/html", body, headers } = fault.raw;
    return { status, headers: { "content-type": contentType, ...headers }, body, fault: "raw" };
  }
  if ("delayMs" in fault)
    return { ...carryOut(), delayMs: fault.delayMs, fault: `delay ${fault.delayMs} ms` };
  if ("slow" in fault) {
    const { bytesPerSecond } = fault.slow;
    return { ...carryOut(), bytesPerSecond, fault: `slow ${bytesPerSecond} bytes a second` };
  }
  if (fault.drop === "before")
    return { status: 0, headers: {}, body: "", drop: "before", fault: "drop before" };
  return { ...carryOut(), drop: fault.drop, fault: `drop ${fault.drop}` };
}

import type { HttpAnswer } from "./heardAnswer";

/** Codes of the gateway for a request whose time is too far from its own: more than 15 minutes, as public clients met it. */
export const clockCodes: ReadonlySet<string> = new Set(["InvalidTimeStamp.Expired", "IllegalTimestamp"]);

/** How far the clock of this machine is from the service's, in words; `undefined` if it is not, or cannot be told. */
export function clockOff(answer: HttpAnswer | undefined): string | undefined {
  const minutes = Math.round((answer?.aheadMs ?? 0) / 60_000);
  if (minutes === 0) return undefined;
  const side = minutes > 0 ? "behind that" : "ahead of that";
  const far = Math.abs(minutes) === 1 ? "1 minute" : `${Math.abs(minutes)} minutes`;
  return `the clock of this machine is ${far} ${side} of the service`;
}

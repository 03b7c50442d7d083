import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";

/** Counts calls of one key and action in each second of real time. */
export interface CallRate {
  /** @param limit 0: none. @returns whether this call is one too many */
  exceeds(key: string, limit: number, realNow: number): boolean;
}

export function countCalls(): CallRate {
  let second = 0;
  let counts = new Map<string, number>();
  return {
    exceeds(key, limit, realNow) {
      if (limit === 0) return false;
      const current = Math.floor(realNow / 1000);
      if (current !== second) {
        second = current;
        counts = new Map();
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count > limit;
    },
  };
}

export const throttled = refusal({
  id: "gateway.calls-per-second",
  action: "gateway",
  switch: "callsPerSecond",
  code: "Throttling.User",
  status: 400,
  message: "Request was denied due to user flow control.",
  says: "So many calls per second of one key and action; no page states a number. In real time only.",
  basis: "inferred",
  source: sources.publicClients,
});

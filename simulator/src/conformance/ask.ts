import { queryText, signedPairs, type Keys } from "../gateway/signedQuery.js";
import type { Answered } from "./compare.js";

/** A client, as the suite needs it: one call, and what came back, refusals too. */
export type Ask = (action: string, params: Readonly<Record<string, string>>) => Promise<Answered>;

/** The client of the command: the plain query form, signed in the old way, so that it needs no SDK. */
export const plainClient =
  (endpoint: string, keys: Keys): Ask =>
  async (action, params) => {
    const pairs = signedPairs("POST", [["Action", action], ...Object.entries(params)], keys);
    const answer = await fetch(`${endpoint}/?${queryText(pairs)}`, { method: "POST" });
    const text = await answer.text();
    try {
      return { status: answer.status, body: JSON.parse(text) as unknown };
    } catch {
      return { status: answer.status, body: { NoJson: text.slice(0, 200) } };
    }
  };

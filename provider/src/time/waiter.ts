import type { Clock } from "./clock";

/** What one look showed. "Not yet" is a value, never an error. */
export type Verdict<Done, Failed> =
  | { readonly state: "done"; readonly value: Done }
  | { readonly state: "failed"; readonly failure: Failed }
  /** `againInMs`: look again that soon, whatever the pace. */
  | { readonly state: "pending"; readonly againInMs?: number };

/** How a wait ended. */
export type Waited<Done, Failed> =
  | { readonly state: "done"; readonly value: Done }
  | { readonly state: "failed"; readonly failure: Failed }
  | { readonly state: "timedOut" }
  | { readonly state: "aborted" };

export interface WaitOptions {
  readonly clock: Clock;
  /** End of patience, in milliseconds since the epoch. The last look happens then. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
  /** Time between looks; `steadyPace` unless given. */
  readonly pace?: Pace;
}

/** The delay before the next look, from the time waited so far and the time now, all in milliseconds. */
export type Pace = (waitedMs: number, now: number) => number;

/** Looks until the verdict is final, the deadline is reached or the signal says stop. */
export async function wait<Done, Failed>(
  look: () => Promise<Verdict<Done, Failed>>,
  { clock, deadline, signal, pace = steadyPace }: WaitOptions,
): Promise<Waited<Done, Failed>> {
  const started = clock.now();
  for (;;) {
    if (signal?.aborted) return { state: "aborted" };
    const verdict = await look();
    if (verdict.state !== "pending") return verdict;
    const now = clock.now();
    if (now >= deadline) return { state: "timedOut" };
    const delay = verdict.againInMs ?? pace(now - started, now);
    await clock.sleep(Math.min(delay, deadline - now), signal);
  }
}

/**
 * About one twentieth of the time waited so far, between 1 s and 32 s: a copy of any length is noticed
 * a few percent late at most. Delays end on a grid of powers of two, so that all copies that wait on one
 * instance look at the same moments and one answer serves them all.
 */
export const steadyPace: Pace = (waitedMs, now) => {
  const seconds = Math.min(Math.max(waitedMs / 20_000, 1), 32);
  const grid = 2 ** Math.floor(Math.log2(seconds)) * 1000;
  return grid - (now % grid);
};

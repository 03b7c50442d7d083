import { ExponentialBackoff, noJitterGenerator, type IBackoff } from "cockatiel";

/** Delays in milliseconds between tries: 1 s, 2 s, 4 s .. 60 s. The one that the service asks for goes first. */
export interface Backoff {
  next(askedForMs?: number): number;
}

/** Without jitter: tries on one instance already go one at a time, and the delays stay foreseeable. */
export function retryBackoff(): Backoff {
  let step: IBackoff<unknown> | undefined;
  const policy = new ExponentialBackoff({
    generator: noJitterGenerator,
    initialDelay: 1000,
    maxDelay: 60_000,
  });
  return {
    next(askedForMs) {
      step = step === undefined ? policy.next() : step.next(undefined);
      return Math.max(step.duration, askedForMs ?? 0);
    },
  };
}

/**
 * About one twentieth of the time waited so far, between 1 s and 32 s: a copy of any length is noticed
 * a few percent late at most. Delays end on a grid of powers of two, so that all copies that wait on one
 * instance look at the same moments and one answer serves them all.
 */
export function steadyPace(waitedMs: number, now: number): number {
  const seconds = Math.min(Math.max(waitedMs / 20_000, 1), 32);
  const grid = 2 ** Math.floor(Math.log2(seconds)) * 1000;
  return grid - (now % grid);
}

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
 * How long to the next look at what has been waited for so long: about one twentieth of that, between 1 s and 32 s. Delays
 * end on a grid of powers of two, so that all that wait on one instance look at the same moments and one answer serves
 * them all.
 */
export function steadyPace(waitedMs: number, now: number): number {
  return onGrid(gridOf(Math.max(waitedMs / 20, 1000), Math.floor), now);
}

/**
 * The same for a copy: its end is noticed 2 s late at most, or 2 % of its time. Where its percentages tell that it is far,
 * looks are about as rare as half of what is left, and half of what has passed: percentages may leap.
 */
export function copyPace(waitedMs: number, now: number, remainingMs: number | undefined): number {
  const soon = gridOf(Math.max(waitedMs / 50, 2000), Math.floor);
  const far = remainingMs === undefined ? 0 : gridOf(Math.min(remainingMs, waitedMs) / 2, Math.round);
  return onGrid(Math.max(soon, far), now);
}

function gridOf(delayMs: number, toWhole: (exponent: number) => number): number {
  return Math.min(2 ** toWhole(Math.log2(delayMs / 1000)), 32) * 1000;
}

function onGrid(gridMs: number, now: number): number {
  return gridMs - (now % gridMs);
}

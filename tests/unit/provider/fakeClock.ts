import type { Clock } from "../../../provider/src/time/clock";

/** A clock whose time passes only in sleeps, and at once. */
export interface FakeClock extends Clock {
  /** Every delay that was slept, in milliseconds, in the order of the calls. */
  readonly delays: readonly number[];
  /** Milliseconds since the clock was made. */
  elapsed(): number;
  /** Runs an action when the clock was `milliseconds` old, before the sleepers that wake then. */
  at(milliseconds: number, action: () => void): void;
}

/**
 * Sleeps resolve in the order of their ends, each only when everything else has come to rest: what a
 * sleeper does between two sleeps takes no time, however many promises it has.
 */
export function fakeClock(start = Date.parse("2026-03-01T02:00:00Z")): FakeClock {
  const delays: number[] = [];
  const waiting: { readonly end: number; readonly wake: () => void }[] = [];
  let now = start;
  let pumping = false;

  function add(end: number, wake: () => void) {
    const entry = { end, wake };
    const after = waiting.findIndex((other) => other.end > end);
    waiting.splice(after < 0 ? waiting.length : after, 0, entry);
    pump();
    return entry;
  }

  function pump() {
    if (pumping || waiting.length === 0) return;
    pumping = true;
    // An immediate comes after every promise that is ready by now.
    setImmediate(() => {
      pumping = false;
      const next = waiting.shift();
      if (!next) return;
      now = Math.max(now, next.end);
      next.wake();
      pump();
    });
  }

  return {
    delays,
    now: () => now,
    elapsed: () => now - start,
    at(milliseconds, action) {
      add(start + milliseconds, action);
    },
    sleep(milliseconds, signal) {
      delays.push(milliseconds);
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const entry = add(now + milliseconds, resolve);
        const stop = () => {
          const index = waiting.indexOf(entry);
          if (index >= 0) waiting.splice(index, 1);
          resolve();
        };
        signal?.addEventListener("abort", stop, { once: true });
      });
    },
  };
}

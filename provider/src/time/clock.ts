/** The one source of time and of waiting, so that tests never sleep. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after the delay, or at once when the signal is or becomes aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The system's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal?.addEventListener("abort", end, { once: true });
    }),
};

/**
 * A clock on which time passes `factor` times faster since a moment (milliseconds since the epoch): against
 * a simulator that has run its world faster than real time since then, moments agree and waits and deadlines
 * keep their proportion to it.
 */
export function fasterClock(factor: number, since: number, clock: Clock = systemClock): Clock {
  return {
    now: () => Math.floor(since + (clock.now() - since) * factor),
    sleep: (milliseconds, signal) => clock.sleep(milliseconds / factor, signal),
  };
}

import type { Clock } from "../../provider/src/time/clock";

/** One time for the cloud and for all processes; it passes only while everybody sleeps. */
export interface VirtualTime {
  now(): number;
  /** The clock of one process: when the process is gone, its sleepers never wake. */
  clockOf(process: { readonly gone: boolean }): Clock;
  /** Lets time pass until the work is done. Resolves to "stuck" if nobody is left to wake. */
  run<T>(work: Promise<T>): Promise<T | "stuck">;
  advance(milliseconds: number): void;
}

interface Sleeper {
  readonly end: number;
  readonly process: { readonly gone: boolean };
  readonly wake: () => void;
}

export function virtualTime(start: number): VirtualTime {
  let now = start;
  const sleepers: Sleeper[] = [];

  function add(sleeper: Sleeper): void {
    const after = sleepers.findIndex((other) => other.end > sleeper.end);
    sleepers.splice(after < 0 ? sleepers.length : after, 0, sleeper);
  }

  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
    clockOf: (process) => ({
      now: () => now,
      sleep: (milliseconds, signal) =>
        new Promise((wake) => {
          if (signal?.aborted) return wake();
          add({ end: now + Math.max(milliseconds, 0), process, wake });
        }),
    }),
    async run<Value>(work: Promise<Value>): Promise<Value | "stuck"> {
      let done: { readonly value: Value } | undefined;
      let failed: { readonly error: unknown } | undefined;
      work.then(
        (value) => (done = { value }),
        (error: unknown) => (failed = { error }),
      );
      for (;;) {
        // An immediate comes after every promise that is ready by now.
        await new Promise((resolve) => setImmediate(resolve));
        if (done) return done.value;
        if (failed) throw failed.error;
        const next = sleepers.shift();
        if (!next) return "stuck";
        if (next.process.gone) continue;
        now = Math.max(now, next.end);
        next.wake();
      }
    },
  };
}

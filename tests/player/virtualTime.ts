import type { Clock } from "../../provider/src/time/clock";

/** One time for the cloud and for all processes; it passes only while everybody sleeps. */
export interface VirtualTime {
  now(): number;
  /** The clock of one process: when the process is gone, its sleepers never wake. */
  clockOf(process: { readonly gone: boolean }): Clock;
  /** Lets time pass until the work is done. */
  run<T>(work: Promise<T>): Promise<T>;
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
    async run<Value>(work: Promise<Value>): Promise<Value> {
      let isDone = false;
      const end = () => (isDone = true);
      work.then(end, end);
      for (;;) {
        // An immediate comes after every promise that is ready by now.
        await new Promise((resolve) => setImmediate(resolve));
        if (isDone) return work;
        const next = sleepers.shift();
        if (!next) throw new Error("the work waits for nothing");
        if (next.process.gone) continue;
        now = Math.max(now, next.end);
        next.wake();
      }
    },
  };
}

import type { Clock } from "../time/clock";
import { RdsFailure } from "./failure";

/** Makes the calls of one account as fast as the service takes them. */
export interface CallLimiter {
  run<T>(call: () => Promise<T>): Promise<T>;
}

export interface LimiterOptions {
  readonly clock: Pick<Clock, "now" | "sleep">;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** The service has limited calls for the first time. */
  readonly onLimited?: (failure: RdsFailure) => void;
}

/**
 * No limit until the service sets one. Then calls are spread over each second: at four fifths of what was taken in the
 * second of the first throttled answer, at seven tenths of the rate after each second that brings another one, and half a
 * call a second more after each one that brings none. With some chance: processes that were limited together do not come
 * back together. A throttled call fails as before; who made it repeats it, a copy after another look.
 *
 * A library with a clock of one's own was not found: that of the AWS SDK (`@smithy/util-retry`) sleeps in real time.
 */
export function callLimiter({ clock, random = Math.random, onLimited }: LimiterOptions): CallLimiter {
  /** Calls a second; `undefined` as long as nothing was throttled. */
  let rate: number | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;
  let loweredAt = Number.NEGATIVE_INFINITY;
  let raisedAt = Number.NEGATIVE_INFINITY;
  /** Those who wait go one after the other, each at the rate of its moment. */
  let queue: Promise<void> = Promise.resolve();
  /** When the last calls were taken. */
  let taken: number[] = [];

  function throttled(failure: RdsFailure): void {
    const now = clock.now();
    if (rate === undefined) onLimited?.(failure);
    // What was sent within one second is refused by one limit.
    else if (now - loweredAt < 1000) return;
    const inLastSecond = taken.filter((at) => now - at < 1000).length;
    rate = Math.max(rate === undefined ? inLastSecond * 0.8 : rate * 0.7, slowest);
    loweredAt = now;
  }

  function wasTaken(): void {
    const now = clock.now();
    if (rate === undefined) taken = [...taken.slice(1 - mostTaken), now];
    else if (now - Math.max(loweredAt, raisedAt) >= 1000) {
      rate += growth;
      raisedAt = now;
    }
  }

  async function turn(): Promise<void> {
    if (rate === undefined) return;
    const due = sentAt + (1000 / rate) * (0.75 + random() / 2);
    if (due > clock.now()) await clock.sleep(due - clock.now());
    sentAt = clock.now();
  }

  return {
    async run(call) {
      if (rate !== undefined) await (queue = queue.then(turn));
      try {
        const answer = await call();
        wasTaken();
        return answer;
      } catch (error) {
        if (error instanceof RdsFailure && error.kind === "throttled") throttled(error);
        throw error;
      }
    },
  };
}

/** Calls a second. */
const slowest = 0.5;
const growth = 0.5;
const mostTaken = 200;

/**
 * real: the world's time runs with the real one, `speed` times as fast. stepped: it stands still, and operations
 * move by being looked at. virtual: it stands still until it is advanced.
 */
export const clockKinds = ["real", "stepped", "virtual"] as const;
export type ClockKind = (typeof clockKinds)[number];

export interface Clock {
  readonly kind: ClockKind;
  /** How many seconds of the world pass in a real one; 1 where time stands still. */
  readonly speed: number;
  /** The world's time in milliseconds. */
  now(): number;
  /** @throws Error with a sentence where time cannot be moved */
  advance(milliseconds: number): void;
  /** Begins again at a moment of the world. */
  restart(at: number): void;
}

export function createClock(kind: ClockKind, speed: number, start: number, realNow: () => number): Clock {
  let from = start;
  let since = realNow();
  return {
    kind,
    speed: kind === "real" ? speed : 1,
    now: () => (kind === "real" ? Math.floor(from + (realNow() - since) * speed) : from),
    advance(milliseconds) {
      if (kind !== "virtual") {
        throw new Error(`The clock is ${kind}: only a virtual clock can be advanced (--clock virtual).`);
      }
      if (!(milliseconds >= 0)) throw new Error("Time only goes forward.");
      from += milliseconds;
    },
    restart(at) {
      from = at;
      since = realNow();
    },
  };
}

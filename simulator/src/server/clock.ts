/**
 * real: the world's time runs with the real one, `speed` times as fast. stepped: it stands still, and operations
 * move by being looked at. virtual: it stands still until it is advanced. The time of the last two also passes while
 * all who follow it wait (`followers.ts`).
 */
export const clockKinds = ["real", "stepped", "virtual"] as const;
export type ClockKind = (typeof clockKinds)[number];

export interface Clock {
  readonly kind: ClockKind;
  /** The world's time in milliseconds. */
  now(): number;
  /** @throws Error with a sentence where time cannot be moved */
  advance(milliseconds: number): void;
  /** For those who follow it: goes on to a moment that they wait for. */
  passTo(moment: number): void;
  /** Begins again at a moment of the world. */
  restart(at: number): void;
  /** Is called when the time was moved; a real clock's passes without a word. */
  onMoved(listener: () => void): void;
}

export function createClock(kind: ClockKind, speed: number, start: number, realNow: () => number): Clock {
  let from = start;
  let since = realNow();
  const listeners: (() => void)[] = [];
  const move = (to: number) => {
    from = to;
    for (const moved of listeners) moved();
  };
  return {
    kind,
    now: () => (kind === "real" ? Math.floor(from + (realNow() - since) * speed) : from),
    advance(milliseconds) {
      if (kind !== "virtual") {
        throw new Error(`The clock is ${kind}: only a virtual clock can be advanced (--clock virtual).`);
      }
      if (!(milliseconds >= 0)) throw new Error("Time only goes forward.");
      move(from + milliseconds);
    },
    passTo(moment) {
      if (kind !== "real") move(Math.max(from, moment));
    },
    restart(at) {
      since = realNow();
      move(at);
    },
    onMoved(listener) {
      listeners.push(listener);
    },
  };
}

import type { Clock } from "../time/clock";

/** What the percentages of a copy tell of its end. */
export interface CopyForecast {
  /** Whether asking for the percentage again would tell something. */
  isDue(): boolean;
  /** The percentage as it is now; `undefined` where it cannot be read. */
  saw(percent: number | undefined): void;
  /** The least time that the copy still takes at the rate seen, milliseconds; `undefined` as long as no rate was seen. */
  remainingMs(): number | undefined;
}

/**
 * Percentages are whole numbers and may stand still, so the rate that counts is the highest that they allow. That they
 * grow evenly is an inference: the pace of the looks bounds what is lost where they do not.
 */
export function copyForecast(clock: Clock): CopyForecast {
  let first: Sample | undefined;
  let last: Sample | undefined;
  const remaining = () => {
    if (!first || !last || last.percent <= first.percent) return undefined;
    const highestRate = (last.percent - first.percent + 1) / (last.at - first.at);
    return Math.max((99 - last.percent) / highestRate - (clock.now() - last.at), 0);
  };
  return {
    remainingMs: remaining,
    isDue() {
      const left = remaining();
      if (!last || left === undefined) return true;
      const since = clock.now() - last.at;
      return since >= mostMs || left <= since;
    },
    saw(percent) {
      if (percent === undefined) return;
      last = { percent, at: clock.now() };
      first ??= last;
    },
  };
}

interface Sample {
  readonly percent: number;
  readonly at: number;
}

/** A person wants to see it move. */
const mostMs = 60_000;

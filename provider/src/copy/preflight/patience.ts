import { RdsFailure } from "../../rds/failure";
import type { RdsAction } from "../../rds/permissions";
import { retryBackoff } from "../../time/backoff";
import type { Clock } from "../../time/clock";

/** How long somebody waits for answers. One for all the questions of a resource. */
export interface Patience {
  hear<T>(action: RdsAction, read: () => Promise<T>): Promise<T>;
  /** Somebody else's question on the same way was answered, so the way works. */
  heard(): void;
}

/** For reads that bring their own patience. */
export const unhurried: Patience = {
  hear: (_action, read) => read(),
  heard: () => undefined,
};

/** Nothing was heard in time. */
export class Silence extends RdsFailure {
  constructor(
    action: RdsAction,
    /** Who was silent, in words. */
    readonly from: string,
    budgetMs: number,
  ) {
    const message = `nothing was heard from ${from} for ${budgetMs / 1000} s`;
    super({ action, code: "RequestTimeout", message });
  }
}

/**
 * Gives up when nothing was answered for `budgetMs`: the wait of a preview beyond what a working network
 * takes, all questions and their repetitions together. A throttled or lost read is asked again meanwhile.
 *
 * The budget is real time, as a network's time-out is: a clock that runs faster along with a simulated world
 * would count the loading of the SDK as silence. Only the pauses between tries are taken from the given clock.
 */
export function shortPatience(clock: Clock, budgetMs: number, waitsFor: () => string): Patience {
  let lastHeard = Date.now();
  const left = () => lastHeard + budgetMs - Date.now();

  async function orSilence<T>(action: RdsAction, answer: Promise<T>): Promise<T> {
    let settled = false;
    const settle = () => {
      settled = true;
    };
    answer.then(settle, settle);
    const silence = async (): Promise<never> => {
      // Somebody else's answer moves the end.
      while (left() > 0 && !settled) await delay(left());
      throw new Silence(action, waitsFor(), budgetMs);
    };
    return Promise.race([answer, silence()]);
  }

  return {
    async hear(action, read) {
      const backoff = retryBackoff();
      for (let tries = 1; ; tries++) {
        try {
          const answer = await orSilence(action, read());
          lastHeard = Date.now();
          return answer;
        } catch (error) {
          if (!(error instanceof RdsFailure) || !mayPass(error) || tries === triesAtMost) throw error;
          const pause = backoff.next(error.retryAfterMs);
          if (pause > left()) throw error;
          await clock.sleep(pause);
        }
      }
    },
    heard() {
      lastHeard = Date.now();
    },
  };
}

const triesAtMost = 3;

function mayPass(failure: RdsFailure): boolean {
  const { kind } = failure;
  return !(failure instanceof Silence) && (kind === "throttled" || kind === "unknown" || kind === "busy");
}

/** Keeps no process alive: an answer that nobody waits for any more must not either. */
function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

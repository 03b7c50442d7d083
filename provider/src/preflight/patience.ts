import { RdsFailure } from "../rds/failure";
import type { RdsAction } from "../rds/permissions";
import { retryBackoff } from "../time/backoff";
import type { Clock } from "../time/clock";

/** How long the questions of one resource may go unanswered in a preview, all told, in milliseconds. */
export const previewBudgetMs = 4500;

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
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      const watch = (): void => {
        // Somebody else's answer moves the end. Keeps no process alive: an answer that nobody waits for must not either.
        if (left() > 0) timer = setTimeout(watch, left()).unref();
        else reject(new Silence(action, waitsFor(), budgetMs));
      };
      watch();
    });
    try {
      return await Promise.race([answer, silence]);
    } finally {
      clearTimeout(timer);
    }
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

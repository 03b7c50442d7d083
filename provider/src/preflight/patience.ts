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
 * Gives up when nothing was answered for `budgetMs`: the wait of a preview beyond what a working network takes, all
 * questions and their repetitions together. A throttled or lost read is asked again meanwhile.
 *
 * The budget is real time, as a network's timeout is: a clock that runs faster along with a simulated world would count
 * the answers of the SDK as silence. It is counted in ticks while a request is on the wire, so that loading modules and a
 * busy event loop cost no more than one of them. Who signs in is another one than the service: each has the whole budget. On a clock that stands still in calls there is no silence: a slow machine
 * would be taken for a silent network. Only the pauses between tries are taken from the given clock.
 */
export function shortPatience(clock: Clock, budgetMs: number, waitsFor: () => string | undefined): Patience {
  const tickMs = Math.min(100, budgetMs / 4);
  const open = new Set<() => void>();
  let silentMs = 0;
  let silent = "";
  let lastTick = 0;
  let ticker: NodeJS.Timeout | undefined;

  function tick(): void {
    const now = Date.now();
    const passed = Math.min(now - lastTick, 2 * tickMs);
    lastTick = now;
    const who = waitsFor();
    if (who === undefined) return;
    silentMs = who === silent ? silentMs + passed : 0;
    silent = who;
    if (silentMs >= budgetMs) for (const giveUp of open) giveUp();
  }

  async function orSilence<T>(action: RdsAction, answer: Promise<T>): Promise<T> {
    if (clock.standsStillInCalls) return answer;
    let giveUp: () => void = () => undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(new Silence(action, silent, budgetMs));
    });
    if (open.size === 0) {
      lastTick = Date.now();
      // Keeps no process alive: an answer that nobody waits for must not either.
      ticker = setInterval(tick, tickMs).unref();
    }
    open.add(giveUp);
    if (silentMs >= budgetMs) giveUp();
    try {
      return await Promise.race([answer, silence]);
    } finally {
      open.delete(giveUp);
      if (open.size === 0) clearInterval(ticker);
    }
  }

  return {
    async hear(action, read) {
      const backoff = retryBackoff();
      for (let tries = 1; ; tries++) {
        try {
          const answer = await orSilence(action, read());
          silentMs = 0;
          return answer;
        } catch (error) {
          if (!(error instanceof RdsFailure) || !mayPass(error) || tries === triesAtMost) throw error;
          const pause = backoff.next(error.retryAfterMs);
          if (pause > budgetMs - silentMs) throw error;
          await clock.sleep(pause);
        }
      }
    },
    heard() {
      silentMs = 0;
    },
  };
}

const triesAtMost = 3;

function mayPass(failure: RdsFailure): boolean {
  const { kind } = failure;
  return !(failure instanceof Silence) && (kind === "throttled" || kind === "unknown" || kind === "busy");
}

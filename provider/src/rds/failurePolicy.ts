import { retryBackoff } from "../time/backoff";
import type { Clock } from "../time/clock";
import { RdsFailure, type FailureKind } from "./failure";

/** In which situation a call fails. */
export type Situation = keyof typeof borneMs;

const none = 0;
const seconds = 1000;
const minutes = 60 * seconds;
/** Until the operation's own timeout. */
const always = Infinity;

/**
 * The one table of retries: for how many milliseconds failures of a kind are borne when they come in a row, by the
 * situation that they come in. `none` stops at the first.
 */
const borneMs = {
  /** A question of a preview, which has a patience of its own for all of them (preflight/patience.ts). */
  preview: {
    busy: none,
    throttled: none,
    unreachable: none,
    unknown: none,
    notFound: none,
    refused: none,
    denied: none,
    signIn: none,
  },
  /** A question whose answer an operation needs. */
  read: {
    busy: minutes,
    throttled: 30 * minutes,
    unreachable: minutes,
    unknown: minutes,
    notFound: none,
    refused: none,
    denied: none,
    signIn: none,
  },
  /** A poll of a wait: what is under way continues in the cloud whatever we see, so a poll may fail for long. */
  poll: {
    busy: always,
    throttled: always,
    unreachable: 10 * minutes,
    unknown: 10 * minutes,
    // A new instance is now and then "not found" for a moment.
    notFound: minutes,
    refused: minutes,
    denied: none,
    signIn: none,
  },
  /** A tag or a description: written twice it is the same. */
  write: {
    busy: minutes,
    throttled: 30 * minutes,
    unreachable: minutes,
    unknown: minutes,
    notFound: none,
    refused: none,
    denied: none,
    signIn: none,
  },
  /** The copy call: nothing happened if it failed, but for `unknown`, after which only a look may follow. */
  copy: {
    busy: always,
    throttled: always,
    unreachable: 2 * minutes,
    unknown: none,
    notFound: none,
    refused: none,
    denied: none,
    signIn: none,
  },
  /** A drop, each time after a fresh look. A name is now and then not found while its instance changes. */
  drop: {
    busy: always,
    throttled: always,
    unreachable: 2 * minutes,
    unknown: always,
    notFound: always,
    refused: none,
    denied: none,
    signIn: none,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<FailureKind, number>>>>;

/** A row of failures of one situation: says for each whether to try again, and when. */
export interface FailureRow {
  /** Milliseconds until the next try; `undefined` if the row has lasted too long. */
  retryAfter(failure: RdsFailure): number | undefined;
  /** An answer came: the next failure begins a new row. */
  end(): void;
}

export function failureRow(situation: Situation, clock: Clock): FailureRow {
  let row: { readonly borne: number; readonly since: number } | undefined;
  let backoff = retryBackoff();
  return {
    retryAfter({ kind, retryAfterMs }) {
      const borne = borneMs[situation][kind];
      // What is borne for another time is another row: a busy instance says nothing about a lost network.
      if (row?.borne !== borne) row = { borne, since: clock.now() };
      const delay = backoff.next(retryAfterMs);
      return clock.now() - row.since + delay <= borne ? delay : undefined;
    },
    end() {
      row = undefined;
      backoff = retryBackoff();
    },
  };
}

export interface CallOptions {
  readonly situation: Situation;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch. No try begins later. */
  readonly deadline?: number | undefined;
}

/** Makes a call until it is answered, or its failures are borne no longer. Ends with the answer, or with the last failure. */
export async function callUntil<T>(call: () => Promise<T>, options: CallOptions): Promise<T> {
  const { situation, clock, signal, deadline = Infinity } = options;
  const row = failureRow(situation, clock);
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RdsFailure)) throw error;
      const delay = row.retryAfter(error);
      if (delay === undefined || signal?.aborted || clock.now() + delay > deadline) throw error;
      await clock.sleep(delay, signal);
    }
  }
}

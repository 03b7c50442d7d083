import { RdsFailure } from "../rds/failure";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { retryBackoff } from "../time/backoff";
import type { Clock } from "../time/clock";
import { markOf, receiptKey, receiptOf, receiptValue, type MarkedRequest } from "./marks";
import type { Reporter } from "./reporter";
import type { TargetLocks } from "./targetLocks";

/** Writes receipts and marks for one resource. Never needed for the copy itself: where writing is refused, one warning says so. */
export interface Ownership {
  /**
   * Before the copy is asked for: a run that is killed right after the acceptance finds this. The moment (UTC
   * seconds) is the one that the state records, so that a receipt is never later than the record of its own copy.
   */
  announce(request: MarkedRequest, askedAt: string): Promise<void>;
  /** As soon as the copy is accepted. */
  accepted(request: MarkedRequest, askedAt: string, requestId: string | undefined): Promise<void>;
  /** When nothing is under way any more: the copy was refused, or everything is marked. */
  settled(instanceId: string): Promise<void>;
  /** Marks a database of a copy if it does not carry its mark yet. */
  mark(request: MarkedRequest, source: string, database: DatabaseFacts): Promise<MarkResult>;
}

export type MarkResult =
  | { readonly state: "marked"; readonly mark: string }
  /** The call itself did not come through: worth another try at the next look. */
  | { readonly state: "later"; readonly maybe?: string }
  /** With `maybe`, the answer to a try was lost: the mark may be on all the same. */
  | { readonly state: "unmarked"; readonly maybe?: string };

export interface OwnershipOptions {
  readonly rds: RdsApi;
  readonly clock: Clock;
  readonly locks: TargetLocks;
  readonly report: Reporter;
  /** Without one nothing can be told apart, and nothing is written. */
  readonly urn: string | undefined;
  readonly enabled: boolean;
  /** Whether what could not be written is still to be said: once is enough for one resource in one run. */
  readonly mayWarn: () => boolean;
}

export function ownership({ rds, clock, locks, report, urn, enabled, mayWarn }: OwnershipOptions): Ownership {
  if (urn === undefined || !enabled) return silentOwnership;
  /** Whether it was written. A busy instance or a lost answer gets another try for a while: writing twice does no harm. */
  async function write(
    instanceId: string,
    what: string,
    call: () => Promise<void>,
    consequence = unwritten,
  ): Promise<boolean> {
    const until = clock.now() + patienceMs;
    const backoff = retryBackoff();
    for (;;) {
      try {
        await locks.oneAtATime(instanceId, call);
        return true;
      } catch (error) {
        if (!(error instanceof RdsFailure)) throw error;
        // The instance is gone, and every trace with it.
        if (error.kind === "notFound") return false;
        const delay = backoff.next(error.retryAfterMs);
        if (isLasting(error) || clock.now() + delay > until) {
          warnOnce(`${what} could not be written on ${instanceId}; ${consequence}`, error);
          return false;
        }
        await clock.sleep(delay);
      }
    }
  }

  function warnOnce(what: string, failure: RdsFailure): void {
    if (mayWarn()) report.warn(`${what} ${failure.message} Set ownershipMarks: false to do without.`);
  }

  const writeReceipt = (request: MarkedRequest, askedAt: string, requestId: string | undefined) =>
    write(request.targetDbInstanceId, "The receipt of the copy (a tag)", () =>
      rds.tagInstance(
        request.targetDbInstanceId,
        receiptKey(urn),
        receiptValue(receiptOf(request, askedAt, requestId)),
      ),
    );

  return {
    async announce(request, askedAt) {
      await writeReceipt(request, askedAt, undefined);
    },
    async accepted(request, askedAt, requestId) {
      if (requestId !== undefined) await writeReceipt(request, askedAt, requestId);
    },
    async settled(instanceId) {
      const key = receiptKey(urn);
      await write(
        instanceId,
        "The end of the copy (a tag taken off)",
        () => rds.untagInstance(instanceId, key),
        `the tag ${key} stays on the instance: take it off yourself.`,
      );
    },
    async mark(request, source, database) {
      const mark = markOf(urn, request, source);
      if (database.description === mark) return { state: "marked", mark };
      const instanceId = request.targetDbInstanceId;
      let maybe: { readonly maybe?: string } = {};
      const call = async () => {
        try {
          await rds.describeDatabaseAs(instanceId, database.name, mark);
        } catch (error) {
          if (error instanceof RdsFailure && error.kind === "unknown") maybe = { maybe: mark };
          throw error;
        }
      };
      if (database.status === "Running") {
        const written = await write(instanceId, "The mark of the copy (a description)", call);
        return written ? { state: "marked", mark } : { state: "unmarked", ...maybe };
      }
      // While a database is being made, its description may not be writable yet: that is not worth a word.
      try {
        await locks.oneAtATime(instanceId, call);
        return { state: "marked", mark };
      } catch (error) {
        if (!(error instanceof RdsFailure)) throw error;
        const isPassing =
          error.kind === "throttled" || error.kind === "unknown" || error.kind === "unreachable";
        return { state: isPassing ? "later" : "unmarked", ...maybe };
      }
    },
  };
}

const unwritten =
  "the copy goes on without it. Should this run be killed, the next one cannot tell these databases from somebody else's.";

/** How long one mark or receipt may be tried. */
const patienceMs = 30_000;

function isLasting({ kind }: RdsFailure): boolean {
  return kind === "denied" || kind === "refused" || kind === "signIn";
}

const silentOwnership: Ownership = {
  announce: () => Promise.resolve(),
  accepted: () => Promise.resolve(),
  settled: () => Promise.resolve(),
  mark: () => Promise.resolve({ state: "unmarked" }),
};

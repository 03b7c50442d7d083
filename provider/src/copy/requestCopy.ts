import { duplicateNameCode, mayPass, RdsFailure } from "../rds/failure";
import { nextStep } from "../rds/nextStep";
import type { CopyRequest, RdsApi } from "../rds/rdsApi";
import { retryBackoff } from "../time/backoff";
import type { Clock } from "../time/clock";
import { wait } from "../time/waiter";
import { listNames, sameName } from "./databaseNames";
import { askForBlock } from "./instanceBlock";
import type { TargetLocks } from "./targetLocks";
import { unreachablePatience } from "./unreachable";

/** What became of a request to copy. */
export type Acceptance =
  /** The cloud has it. Without a request id when only its effect was seen, not the answer. */
  | { readonly state: "accepted"; readonly requestId: string | undefined }
  /** The cloud does not have it; nothing was started. The code is the API's, if it was the one to refuse. */
  | { readonly state: "refused"; readonly reason: string; readonly code: string | undefined }
  /** Nobody can say: the answer was lost and nothing has appeared yet. */
  | { readonly state: "undecided"; readonly reason: string; readonly sent: Span };

/** When calls whose answer was lost were under way, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface RequestOptions {
  readonly rds: RdsApi;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly locks: TargetLocks;
  readonly deadline: number;
  readonly request: CopyRequest;
  readonly onWaiting: (why: string) => void;
}

/**
 * Asks for a copy. The call has no client token, so it is never blindly repeated: before every try the
 * target is looked at, and a lost answer is followed by looks for its effect. The names were absent a
 * moment ago, so a name that appears means that the copy was accepted.
 */
export async function requestCopy(options: RequestOptions): Promise<Acceptance> {
  const { rds, clock, deadline, signal, locks, request, onWaiting } = options;
  const backoff = retryBackoff();
  const outOfReach = unreachablePatience(clock, rds.endpoint);
  let lost: RdsFailure | undefined;
  let sentLost: Span | undefined;
  const end = (reason: string, code?: string): Acceptance =>
    lost && sentLost ? undecided(request, lost, sentLost, reason) : { state: "refused", reason, code };

  for (;;) {
    if (signal?.aborted) return end("The run was called off before the cloud took the copy.");
    if (clock.now() >= deadline) return end("The time-out was reached before the cloud took the copy.");
    const sent = await locks.oneAtATime(request.targetDbInstanceId, () => lookAndSend(options));
    const outcome = await weigh(options, sent, lost);
    switch (outcome.state) {
      case "accepted":
        return outcome;
      case "refused":
        return end(outcome.reason, outcome.code);
      case "lost":
        if (sentLost) {
          const span = { from: sentLost.from, until: outcome.span.until };
          return undecided(request, outcome.failure, span, "A second try was not answered either.");
        }
        lost = outcome.failure;
        sentLost = outcome.span;
        outOfReach(undefined);
        break;
      case "later": {
        const { failure } = outcome;
        const gone = outOfReach(failure);
        if (gone) return end(gone, failure.code);
        const delay = backoff.next(failure.retryAfterMs);
        if (clock.now() + delay >= deadline)
          return end(`The cloud did not take the copy before the time-out. ${failure.message}`, failure.code);
        onWaiting(failure.message);
        await clock.sleep(delay, signal);
      }
    }
  }
}

/** What one try brought to light, by itself. */
type Sent =
  | { readonly state: "accepted"; readonly requestId: string }
  /** Nothing was sent: these names are there. */
  | { readonly state: "taken"; readonly names: readonly string[] }
  /** Nothing was sent: the look failed. */
  | { readonly state: "notLooked"; readonly failure: RdsFailure }
  | { readonly state: "failed"; readonly failure: RdsFailure; readonly span: Span };

/** One look and, if nothing is in the way, one call: the part that goes one at a time per target. */
async function lookAndSend({ rds, request, clock }: RequestOptions): Promise<Sent> {
  let from: number | undefined;
  try {
    const names = await namesThere(rds, request);
    if (names.length > 0) return { state: "taken", names };
    from = clock.now();
    return { state: "accepted", requestId: (await rds.copyDatabases(request)).requestId };
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    if (from === undefined) return { state: "notLooked", failure: error };
    return { state: "failed", failure: error, span: { from, until: clock.now() } };
  }
}

type Outcome =
  | { readonly state: "accepted"; readonly requestId: string | undefined }
  | { readonly state: "refused"; readonly reason: string; readonly code: string }
  | { readonly state: "lost"; readonly failure: RdsFailure; readonly span: Span }
  | { readonly state: "later"; readonly failure: RdsFailure };

/** What a try means, in the light of an answer that was lost before. */
async function weigh(
  options: RequestOptions,
  sent: Sent,
  lostBefore: RdsFailure | undefined,
): Promise<Outcome> {
  const { targetDbInstanceId: target } = options.request;
  switch (sent.state) {
    case "accepted":
      return sent;
    case "taken":
      if (lostBefore) return { state: "accepted", requestId: lostBefore.requestId };
      return {
        state: "refused",
        code: duplicateNameCode,
        reason: `${listNames(sent.names)} appeared on ${target} just before the copy was asked for. Nothing was copied over it.`,
      };
    case "notLooked":
      return mayPass(sent.failure)
        ? { state: "later", failure: sent.failure }
        : refusal(options.rds, sent.failure);
    case "failed":
      // The names were absent a moment ago and are taken now: the try whose answer was lost did it.
      if (sent.failure.code === duplicateNameCode && lostBefore)
        return { state: "accepted", requestId: lostBefore.requestId };
      return weighFailure(options, sent.failure, sent.span);
  }
}

async function weighFailure(options: RequestOptions, failure: RdsFailure, span: Span): Promise<Outcome> {
  const { rds, request } = options;
  switch (failure.kind) {
    case "unknown":
      return (await appears(options))
        ? { state: "accepted", requestId: failure.requestId }
        : { state: "lost", failure, span };
    case "busy": {
      const block = await askForBlock(rds, [request.targetDbInstanceId, request.sourceDbInstanceId]);
      return block ? refusal(rds, failure, block) : { state: "later", failure };
    }
    case "throttled":
    case "unreachable":
      return { state: "later", failure };
    case "refused":
    case "notFound":
    case "denied":
    case "signIn":
      return refusal(rds, failure);
  }
}

function refusal(rds: RdsApi, failure: RdsFailure, block?: string): Outcome {
  const { code, message } = failure;
  const reason = block
    ? `${block} ${message} Run it again when the instance can be used again.`
    : `${message} ${nextStep(rds, failure)}`;
  return { state: "refused", code, reason };
}

/** How long the effect of a copy whose answer was lost is looked for. No document says how soon a name is listed. */
const graceMs = 60_000;

/** Whether a name appears within the time. What is under way may be there although looks fail, so they decide nothing. */
async function appears({ rds, request, clock, signal, deadline }: RequestOptions): Promise<boolean> {
  const looked = await wait<true, RdsFailure>(
    async () => {
      try {
        const names = await namesThere(rds, request);
        return names.length > 0 ? { state: "done", value: true } : { state: "pending" };
      } catch (error) {
        if (!(error instanceof RdsFailure)) throw error;
        return mayPass(error) ? { state: "pending" } : { state: "failed", failure: error };
      }
    },
    { clock, signal, deadline: Math.min(deadline, clock.now() + graceMs) },
  );
  return looked.state === "done";
}

async function namesThere(rds: RdsApi, request: CopyRequest): Promise<string[]> {
  const listed = await rds.describeDatabases(request.targetDbInstanceId);
  return Object.values(request.names).filter((target) => listed.some(({ name }) => sameName(name, target)));
}

function undecided(request: CopyRequest, lost: RdsFailure, sent: Span, then: string): Acceptance {
  const names = listNames(Object.values(request.names));
  return {
    state: "undecided",
    sent,
    reason:
      `Whether the copy to ${request.targetDbInstanceId} was accepted is not known: its answer was lost, and ${names} did not ` +
      `appear so far. ${lost.message} ${then} The next "pulumi up" looks again, and copies only what is not there by then.`,
  };
}

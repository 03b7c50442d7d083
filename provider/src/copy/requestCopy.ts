import { duplicateNameCode, mayPass, RdsFailure } from "../rds/failure";
import { nextStep } from "../rds/nextStep";
import type { RdsApi } from "../rds/rdsApi";
import { retryBackoff } from "../time/backoff";
import type { Acceptance, RequestOptions, Span } from "./acceptance";
import { listNames } from "./databaseNames";
import { askForBlock } from "./instanceBlock";
import { afterLoss, appears, namesThere, undecided, type Lost, type Taken } from "./lostAnswer";
import { unreachablePatience } from "./unreachable";

/**
 * Asks for a copy. The call has no client token, so it is never blindly repeated: before every try the
 * target is looked at, and a lost answer is followed by looks for its effect. The names were absent a
 * moment ago, so a name that appears means that the copy was accepted, unless what appeared shows that it is
 * another resource's.
 */
export async function requestCopy(options: RequestOptions): Promise<Acceptance> {
  const { rds, clock, deadline, signal, locks, request, onWaiting } = options;
  const backoff = retryBackoff();
  const outOfReach = unreachablePatience(clock, rds.endpoint);
  let lost: Lost | undefined;
  const end = (reason: string, code?: string): Acceptance =>
    lost ? undecided(request, lost, reason) : { state: "refused", reason, code };

  for (;;) {
    if (signal?.aborted) return end("The run was called off before the cloud took the copy.");
    if (clock.now() >= deadline) return end("The time-out was reached before the cloud took the copy.");
    const sent = await locks.oneAtATime(request.targetDbInstanceId, () => lookAndSend(options));
    const outcome = await weigh(options, sent, lost);
    switch (outcome.state) {
      case "decided":
        return outcome.acceptance;
      case "refused":
        return end(outcome.reason, outcome.code);
      case "lost": {
        const { failure, span } = outcome;
        if (lost) {
          const both = { failure, span: { from: lost.span.from, until: span.until } };
          return undecided(request, both, "A second try was not answered either.");
        }
        lost = { failure, span };
        outOfReach(undefined);
        break;
      }
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
  | { readonly state: "taken"; readonly there: readonly Taken[] }
  /** Nothing was sent: the look failed. */
  | { readonly state: "notLooked"; readonly failure: RdsFailure }
  | { readonly state: "failed"; readonly failure: RdsFailure; readonly span: Span };

/** One look and, if nothing is in the way, one call: the part that goes one at a time per target. */
async function lookAndSend({ rds, request, clock }: RequestOptions): Promise<Sent> {
  let from: number | undefined;
  try {
    const there = await namesThere(rds, request);
    if (there.length > 0) return { state: "taken", there };
    from = clock.now();
    return { state: "accepted", requestId: (await rds.copyDatabases(request)).requestId };
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    if (from === undefined) return { state: "notLooked", failure: error };
    return { state: "failed", failure: error, span: { from, until: clock.now() } };
  }
}

type Outcome =
  | { readonly state: "decided"; readonly acceptance: Acceptance }
  /** This try started nothing; one before it may have. */
  | { readonly state: "refused"; readonly reason: string; readonly code: string }
  | ({ readonly state: "lost" } & Lost)
  | { readonly state: "later"; readonly failure: RdsFailure };

/** What a try means, in the light of an answer that was lost before. */
async function weigh(options: RequestOptions, sent: Sent, lost: Lost | undefined): Promise<Outcome> {
  const { targetDbInstanceId: target } = options.request;
  switch (sent.state) {
    case "accepted":
      return { state: "decided", acceptance: sent };
    case "taken":
      if (lost) return { state: "decided", acceptance: await afterLoss(options, lost, sent.there) };
      return {
        state: "refused",
        code: duplicateNameCode,
        reason: `${listNames(sent.there.map(({ found }) => found.name))} appeared on ${target} just before the copy was asked for. Nothing was copied over it.`,
      };
    case "notLooked":
      return mayPass(sent.failure)
        ? { state: "later", failure: sent.failure }
        : refusal(options.rds, sent.failure);
    case "failed":
      if (sent.failure.code === duplicateNameCode && lost)
        return { state: "decided", acceptance: await afterLoss(options, lost) };
      return weighFailure(options, sent.failure, sent.span);
  }
}

async function weighFailure(options: RequestOptions, failure: RdsFailure, span: Span): Promise<Outcome> {
  const { rds, request } = options;
  switch (failure.kind) {
    case "unknown":
      return (await appears(options))
        ? { state: "decided", acceptance: { state: "accepted", requestId: failure.requestId } }
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

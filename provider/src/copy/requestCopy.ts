import { duplicateNameCode, RdsFailure } from "../rds/failure";
import type { CopyRequest, RdsApi } from "../rds/rdsApi";
import { retryBackoff } from "../time/backoff";
import type { Clock } from "../time/clock";
import { wait } from "../time/waiter";
import { listNames, sameName } from "./databaseNames";
import { askForBlock } from "./instanceBlock";
import type { TargetLocks } from "./targetLocks";

/** What became of a request to copy. */
export type Acceptance =
  /** The cloud has it. Without a request id when only its effect was seen, not the answer. */
  | { readonly state: "accepted"; readonly requestId: string | undefined }
  /** The cloud does not have it; nothing was started. */
  | { readonly state: "refused"; readonly reason: string; readonly code: string }
  /** Nobody can say: the answer was lost and nothing has appeared yet. */
  | { readonly state: "undecided"; readonly reason: string };

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
 * target is looked at, and a lost answer is followed by a look for its effect. The names were absent a
 * moment ago, so a name that appears means that the copy was accepted.
 */
export async function requestCopy(options: RequestOptions): Promise<Acceptance> {
  const { clock, deadline, signal, locks, request, onWaiting } = options;
  const backoff = retryBackoff();
  let lost: RdsFailure | undefined;

  for (;;) {
    const attempt = await locks.oneAtATime(request.targetDbInstanceId, () => tryOnce(options, lost));
    switch (attempt.state) {
      case "accepted":
      case "undecided":
        return attempt;
      case "refused":
        return lost ? undecided(request, lost, attempt.reason) : attempt;
      case "lost":
        if (lost) return undecided(request, attempt.failure, "A second try was not answered either.");
        lost = attempt.failure;
        continue;
      case "later": {
        const delay = backoff.next(attempt.failure.retryAfterMs);
        if (signal?.aborted || clock.now() + delay > deadline) {
          const reason = `The cloud did not take the copy before the time-out. ${attempt.failure.message}`;
          return lost
            ? undecided(request, lost, reason)
            : { state: "refused", reason, code: attempt.failure.code };
        }
        onWaiting(attempt.failure.message);
        await clock.sleep(delay, signal);
      }
    }
  }
}

type Attempt =
  | Acceptance
  | { readonly state: "lost"; readonly failure: RdsFailure }
  | { readonly state: "later"; readonly failure: RdsFailure };

async function tryOnce(options: RequestOptions, lostBefore: RdsFailure | undefined): Promise<Attempt> {
  const { rds, request } = options;
  const there = await namesThere(options);
  if (there.length > 0) {
    if (lostBefore) return { state: "accepted", requestId: lostBefore.requestId };
    return {
      state: "refused",
      code: duplicateNameCode,
      reason: `${listNames(there)} appeared on ${request.targetDbInstanceId} just before the copy was asked for. Nothing was copied over it.`,
    };
  }
  try {
    return { state: "accepted", requestId: (await rds.copyDatabases(request)).requestId };
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    return afterFailure(options, error, lostBefore);
  }
}

async function afterFailure(
  options: RequestOptions,
  failure: RdsFailure,
  lostBefore: RdsFailure | undefined,
): Promise<Attempt> {
  const { request } = options;
  // The names were absent a moment ago and are taken now: the try whose answer was lost did it.
  if (failure.code === duplicateNameCode && lostBefore)
    return { state: "accepted", requestId: lostBefore.requestId };
  switch (failure.kind) {
    case "unknown":
      return (await appears(options))
        ? { state: "accepted", requestId: failure.requestId }
        : { state: "lost", failure };
    case "busy": {
      const block = await askForBlock(options.rds, [request.targetDbInstanceId, request.sourceDbInstanceId]);
      return block
        ? { state: "refused", code: failure.code, reason: `${block} ${failure.message}` }
        : { state: "later", failure };
    }
    case "throttled":
    case "unreachable":
      return { state: "later", failure };
    case "refused":
    case "notFound":
    case "denied":
    case "signIn":
      return { state: "refused", code: failure.code, reason: failure.message };
  }
}

/** How long the effect of a copy whose answer was lost is looked for. No document says how soon a name is listed. */
const graceMs = 60_000;

async function appears(options: RequestOptions): Promise<boolean> {
  const { clock, signal, deadline } = options;
  const looked = await wait(
    async () =>
      (await namesThere(options)).length > 0 ? { state: "done", value: true } : { state: "pending" },
    { clock, signal, deadline: Math.min(deadline, clock.now() + graceMs) },
  );
  return looked.state === "done";
}

async function namesThere({ rds, request }: RequestOptions): Promise<string[]> {
  const listed = await rds.describeDatabases(request.targetDbInstanceId);
  return Object.values(request.names).filter((target) => listed.some(({ name }) => sameName(name, target)));
}

function undecided(request: CopyRequest, lost: RdsFailure, then: string): Acceptance {
  const names = listNames(Object.values(request.names));
  return {
    state: "undecided",
    reason:
      `Whether the copy to ${request.targetDbInstanceId} was accepted is not known: its answer was lost and ${names} did not ` +
      `appear so far. ${lost.message} ${then} The next "pulumi up" looks again, and copies only what is not there by then.`,
  };
}

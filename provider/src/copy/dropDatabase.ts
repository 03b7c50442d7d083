import { RdsFailure } from "../rds/failure";
import { nextStep } from "../rds/nextStep";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { retryBackoff } from "../time/backoff";
import type { Clock } from "../time/clock";
import { wait, type Verdict } from "../time/waiter";
import { withName } from "./databaseNames";
import { afterBlock, askForBlock } from "./instanceBlock";
import type { TargetLocks } from "./targetLocks";
import { unreachablePatience } from "./unreachable";

/** How the drop of one database ended. */
export type DropEnd =
  | { readonly state: "gone" }
  /** It is not ours to drop, for the reason given. */
  | { readonly state: "left"; readonly reason: string }
  | { readonly state: "failed"; readonly reason: string };

export interface DropOptions {
  readonly rds: RdsApi;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly locks: TargetLocks;
  readonly deadline: number;
  readonly instanceId: string;
  readonly name: string;
  /** Why the database that is there now must be left, or `undefined` if it is ours. Asked right before the drop. */
  readonly reasonToLeave: (database: DatabaseFacts) => Promise<string | undefined> | string | undefined;
}

/**
 * Drops one database and waits until it is gone: looks first, waits for one that is still being made, and
 * never drops what the look does not show to be ours. Gone already, or the instance gone, is success.
 */
export async function dropDatabase(options: DropOptions): Promise<DropEnd> {
  const { rds, clock, deadline, signal, locks, instanceId, name } = options;
  const backoff = retryBackoff();
  const outOfReach = unreachablePatience(clock, rds.endpoint);
  let absentLooks = 0;
  let askedAt: number | undefined;
  let last: Seen | undefined;

  /** Looks that only wait are open to be shared with others; the one before a drop is made under the lock. */
  const look = async (): Promise<Verdict<DropEnd, string>> => {
    if (last && last.state !== "failed") {
      last = await find(options);
      if (!isDue(last)) return judge(last);
      absentLooks = 0;
    }
    last = await locks.oneAtATime(instanceId, () => findAndDrop(options));
    return judge(last);
  };

  const isDue = (seen: Seen) =>
    seen.state === "present" &&
    isAtRest(seen.database) &&
    (askedAt === undefined || clock.now() - askedAt >= effectWithinMs);

  const judge = async (seen: Seen): Promise<Verdict<DropEnd, string>> => {
    const gone = outOfReach(seen.state === "failed" ? seen.failure : undefined);
    if (gone) return { state: "failed", failure: gone };
    if (seen.state !== "absent") absentLooks = 0;
    switch (seen.state) {
      case "absent":
        absentLooks++;
        return absentLooks < 2
          ? { state: "pending", againInMs: 1000 }
          : { state: "done", value: { state: "gone" } };
      case "asked":
        askedAt = clock.now();
        return { state: "pending" };
      case "present":
        return { state: "pending" };
      case "left":
        return { state: "done", value: seen };
      case "failed":
        return afterFailure(seen.failure);
    }
  };

  const afterFailure = async (failure: RdsFailure): Promise<Verdict<DropEnd, string>> => {
    const later = () => ({ state: "pending", againInMs: backoff.next(failure.retryAfterMs) }) as const;
    switch (failure.kind) {
      case "notFound":
      case "throttled":
      case "unreachable":
      case "unknown":
        return later();
      case "busy": {
        const block = await askForBlock(rds, [instanceId]);
        return block ? { state: "failed", failure: `${block} ${failure.message} ${afterBlock}` } : later();
      }
      case "refused":
      case "denied":
      case "signIn":
        return { state: "failed", failure: `${failure.message} ${nextStep(rds, failure)}` };
    }
  };

  const failed = (why: string): DropEnd => ({
    state: "failed",
    reason: `Database ${name} on ${instanceId} could not be dropped. ${why}`,
  });

  const end = await wait(look, { clock, deadline, signal });
  switch (end.state) {
    case "done":
      return end.value;
    case "failed":
      return failed(end.failure);
    case "timedOut":
      return failed(`When the time-out was reached, ${stand(last)} ${again}`);
    case "aborted":
      return failed(`When the run was called off, ${stand(last)} ${again}`);
  }
}

/** An accepted drop shows within this time; after it, a database that is as before is asked for again. An inference. */
const effectWithinMs = 60_000;

/** What a look, or a look and a drop, brought to light. */
type Seen =
  | { readonly state: "absent" }
  | { readonly state: "present"; readonly database: DatabaseFacts }
  /** The drop is accepted. */
  | { readonly state: "asked" }
  | { readonly state: "left"; readonly reason: string }
  | { readonly state: "failed"; readonly failure: RdsFailure };

async function find({ rds, instanceId, name }: DropOptions): Promise<Seen> {
  try {
    const listed = await rds.describeDatabases(instanceId);
    const database = withName(listed, name);
    return database ? { state: "present", database } : { state: "absent" };
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    // The instance is gone, and its databases with it.
    return error.kind === "notFound" ? { state: "absent" } : { state: "failed", failure: error };
  }
}

/** The part that goes one at a time per target, so that no drop acts on an old look. */
async function findAndDrop(options: DropOptions): Promise<Seen> {
  const seen = await find(options);
  if (seen.state !== "present" || !isAtRest(seen.database)) return seen;
  try {
    const reason = await options.reasonToLeave(seen.database);
    if (reason) return { state: "left", reason };
    await options.rds.deleteDatabase(options.instanceId, seen.database.name);
    return { state: "asked" };
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    return { state: "failed", failure: error };
  }
}

function isAtRest({ status }: DatabaseFacts): boolean {
  return status !== "Creating" && status !== "Deleting";
}

const again = "Run it again: it looks first, and drops only what is still there and its own.";

function stand(last: Seen | undefined): string {
  switch (last?.state) {
    case undefined:
      return "it had not been looked for.";
    case "absent":
      return "it had been seen absent only once.";
    case "asked":
      return "its drop was accepted and had not shown yet.";
    case "present":
      return `it was still there (${last.database.status || "of unknown status"}).`;
    case "left":
    case "failed":
      return `it was not gone. ${last.state === "failed" ? last.failure.message : last.reason}`;
  }
}

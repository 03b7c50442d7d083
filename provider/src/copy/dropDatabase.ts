import { RdsFailure } from "../rds/failure";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { retryBackoff } from "../time/backoff";
import type { Clock } from "../time/clock";
import { wait, type Verdict } from "../time/waiter";
import { sameName } from "./databaseNames";
import { askForBlock } from "./instanceBlock";
import type { TargetLocks } from "./targetLocks";

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
  readonly reasonToLeave: (database: DatabaseFacts) => string | undefined;
}

/**
 * Drops one database and waits until it is gone: looks first, waits for one that is still being made, and
 * never drops what the look does not show to be ours. Gone already, or the instance gone, is success.
 */
export async function dropDatabase(options: DropOptions): Promise<DropEnd> {
  const { rds, clock, deadline, signal, locks, instanceId, name } = options;
  const backoff = retryBackoff();
  let absentLooks = 0;
  let lastFailure: RdsFailure | undefined;

  type Step = Verdict<DropEnd, string>;
  const later = (failure: RdsFailure): Step => {
    lastFailure = failure;
    return { state: "pending", againInMs: backoff.next(failure.retryAfterMs) };
  };

  const look = async (): Promise<Step> => {
    const found = await find(rds, instanceId, name);
    if (found.state === "failure") return after(found.failure);
    if (found.state === "absent") {
      absentLooks++;
      return absentLooks < 2
        ? { state: "pending", againInMs: 1000 }
        : { state: "done", value: { state: "gone" } };
    }
    absentLooks = 0;
    const { database } = found;
    if (database.status === "Creating" || database.status === "Deleting") return { state: "pending" };
    const reason = options.reasonToLeave(database);
    if (reason) return { state: "done", value: { state: "left", reason } };
    try {
      await locks.oneAtATime(instanceId, () => rds.deleteDatabase(instanceId, database.name));
      return { state: "pending" };
    } catch (error) {
      if (!(error instanceof RdsFailure)) throw error;
      return after(error);
    }
  };

  const after = async (failure: RdsFailure): Promise<Step> => {
    switch (failure.kind) {
      case "notFound":
      case "throttled":
      case "unreachable":
      case "unknown":
        return later(failure);
      case "busy": {
        const block = await askForBlock(rds, [instanceId]);
        return block ? { state: "failed", failure: `${block} ${failure.message}` } : later(failure);
      }
      case "refused":
      case "denied":
      case "signIn":
        return { state: "failed", failure: failure.message };
    }
  };

  const end = await wait(look, { clock, deadline, signal });
  switch (end.state) {
    case "done":
      return end.value;
    case "failed":
      return {
        state: "failed",
        reason: `Database ${name} on ${instanceId} could not be dropped. ${end.failure}`,
      };
    case "timedOut":
    case "aborted":
      return {
        state: "failed",
        reason:
          `Database ${name} on ${instanceId} was still there when the time-out was reached.` +
          (lastFailure ? ` ${lastFailure.message}` : ""),
      };
  }
}

type Found =
  | { readonly state: "present"; readonly database: DatabaseFacts }
  | { readonly state: "absent" }
  | { readonly state: "failure"; readonly failure: RdsFailure };

async function find(rds: RdsApi, instanceId: string, name: string): Promise<Found> {
  try {
    const listed = await rds.describeDatabases(instanceId);
    const database = listed.find((one) => sameName(one.name, name));
    return database ? { state: "present", database } : { state: "absent" };
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    // The instance is gone, and its databases with it.
    return error.kind === "notFound" ? { state: "absent" } : { state: "failure", failure: error };
  }
}

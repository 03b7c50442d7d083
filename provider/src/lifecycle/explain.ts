import { RdsFailure } from "../rds/failure";
import { LifecycleError } from "./ending";

/** Where the calls of an operation go, for the sentence. */
export interface Place {
  readonly region: string;
  readonly endpoint: string;
}

/** Runs an operation; a call that fails is told together with what was tried and what to do next. */
export async function explained<T>(tried: string, place: Place, operate: () => Promise<T>): Promise<T> {
  try {
    return await operate();
  } catch (error) {
    if (error instanceof RdsFailure) throw new LifecycleError(explain(tried, place, error));
    throw error;
  }
}

/** What was tried, what the cloud said, and what to do. */
export function explain(tried: string, place: Place, failure: RdsFailure): string {
  return `${tried} failed. ${failure.message} ${nextStep(place, failure)}`;
}

/** What to do about a failed call. */
export function nextStep({ region, endpoint }: Place, { kind, action }: RdsFailure): string {
  switch (kind) {
    case "denied":
      return `Allow this identity the action rds:${action} on the instance, then run it again.`;
    case "signIn":
      return "Check the key that signs the calls and, for a temporary one, its token, then run it again.";
    case "notFound":
      return `If the instance exists, this run looks in the wrong region (${region}) or signs in to another account.`;
    case "unreachable":
      return `Check the endpoint ${endpoint}, the region ${region} and the network, then run it again.`;
    case "busy":
    case "throttled":
    case "unknown":
      return "Run it again: it looks first, and does nothing twice.";
    case "refused":
      return "Correct what the answer names, then run it again.";
  }
}

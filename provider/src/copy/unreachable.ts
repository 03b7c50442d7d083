import type { RdsFailure } from "../rds/failure";
import type { Clock } from "../time/clock";
import { formatDuration } from "../time/duration";

/**
 * Tells, from each failure of a row of calls, whether the cloud has now been out of reach for too long: a
 * wrong endpoint or a missing network does not pass by itself, so nobody should wait for it until a
 * time-out of hours. Any other failure, or none, shows that somebody answers again.
 */
export function unreachablePatience(clock: Clock, endpoint: string) {
  let since: number | undefined;
  return (failure: RdsFailure | undefined): string | undefined => {
    since = failure?.kind === "unreachable" ? (since ?? clock.now()) : undefined;
    if (since === undefined || clock.now() - since < patienceMs) return undefined;
    return `The endpoint ${endpoint} could not be reached for ${formatDuration(clock.now() - since)}. ${failure?.message ?? ""}`;
  };
}

const patienceMs = 2 * 60_000;

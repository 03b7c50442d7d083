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
    if (failure?.kind !== "unreachable") {
      since = undefined;
      return undefined;
    }
    since ??= clock.now();
    const elapsed = clock.now() - since;
    if (elapsed < patienceMs) return undefined;
    return `The endpoint ${endpoint} could not be reached for ${formatDuration(elapsed)}. ${failure.message}`;
  };
}

const patienceMs = 2 * 60_000;

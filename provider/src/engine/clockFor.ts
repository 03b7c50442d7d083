import { fasterClock, systemClock, type Clock } from "../time/clock";
import { momentOf } from "../time/moment";

/**
 * The clock of one operation. `ALICLOUD_RDS_COPY_TIME_SCALE` makes all waiting that many times faster, to go
 * with a simulator that runs its world faster than real time: `40`, or `40 since 2026-11-25T06:00:00Z` with
 * the moment from which the world is ahead. It is heard for a loopback endpoint only: a real cloud cannot be
 * hurried.
 */
export function clockFor(endpoint: string, env: NodeJS.ProcessEnv): Clock {
  const [factor = "1", since] = (env["ALICLOUD_RDS_COPY_TIME_SCALE"] ?? "1").split(" since ");
  if (!(Number(factor) > 1) || !/^(127\.\d+\.\d+\.\d+|localhost)(:\d+)?$/.test(endpoint)) return systemClock;
  return scaled(Number(factor), since === undefined ? processStart : momentOf(since));
}

const processStart = Date.now();

/** One for each scale, so that all operations of the process agree on the time. */
const clocks = new Map<string, Clock>();

function scaled(factor: number, since: number): Clock {
  const key = `${factor} ${since}`;
  const clock = clocks.get(key) ?? fasterClock(factor, since);
  clocks.set(key, clock);
  return clock;
}

import { fasterClock, systemClock, type Clock } from "../time/clock";

/**
 * The clock of one operation. `ALICLOUD_RDS_COPY_TIME_SCALE` makes all waiting that many times faster, to go
 * with a simulator that runs its world faster than real time. It is heard for a loopback endpoint only: a
 * real cloud cannot be hurried.
 */
export function clockFor(endpoint: string, env: NodeJS.ProcessEnv): Clock {
  const factor = Number(env["ALICLOUD_RDS_COPY_TIME_SCALE"] ?? "1");
  if (!(factor > 1) || !/^(127\.\d+\.\d+\.\d+|localhost)(:\d+)?$/.test(endpoint)) return systemClock;
  return scaled(factor);
}

/** One per factor, so that all operations of the process agree on the time. */
const clocks = new Map<number, Clock>();

function scaled(factor: number): Clock {
  const clock = clocks.get(factor) ?? fasterClock(factor);
  clocks.set(factor, clock);
  return clock;
}

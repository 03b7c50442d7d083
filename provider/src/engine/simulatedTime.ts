import { simulatorClock, type SimulatorClock } from "../time/simulatorClock";

/**
 * The clock of the simulator at an endpoint, if `ALICLOUD_RDS_COPY_CLOCK` is `simulator`: waits then take no real time.
 * It is heard for a loopback endpoint only: a real cloud cannot be hurried.
 */
export function simulatedTime(endpoint: string, env: NodeJS.ProcessEnv): SimulatorClock | undefined {
  if (env["ALICLOUD_RDS_COPY_CLOCK"] !== "simulator") return undefined;
  if (!/^(127\.\d+\.\d+\.\d+|localhost)(:\d+)?$/.test(endpoint)) return undefined;
  const clock = clocks.get(endpoint) ?? simulatorClock(endpoint);
  clocks.set(endpoint, clock);
  return clock;
}

/** One for each simulator, so that all operations of the process share its time. */
const clocks = new Map<string, SimulatorClock>();

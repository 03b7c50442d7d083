import type { Connection, ConnectionOverrides, StackConfiguration } from "../rds/connection";
import { callLimiter, type CallLimiter } from "../rds/callLimiter";
import type { RdsFailure } from "../rds/failure";
import type { RdsApi } from "../rds/rdsApi";
import { tellingDeniedTasks } from "../rds/deniedTasks";
import { connectionResolver } from "../rds/resolveConnection";
import { sdkRds } from "../rds/sdkRds";
import { sharedReads } from "../rds/sharedReads";
import { settingNames } from "../rds/signIn/settings";
import { systemClock, type Clock } from "../time/clock";
import { simulatorClock, type SimulatorClock } from "../time/simulatorClock";
import type { FlushingReporter } from "./engineReporter";
import type { Properties } from "./wire";

/** The cloud as one stack's resources see it. */
export interface StackCloud {
  /** Nothing of another configuration is kept: neither sessions nor clients. The same one changes nothing. */
  readonly configure: (configured: StackConfiguration) => void;
  readonly connect: (overrides: ConnectionOverrides | undefined) => Connection;
  /** One client per connection: its sockets and its looks are shared by all resources that use it. */
  readonly rds: (overrides: ConnectionOverrides | undefined) => RdsApi;
  readonly clock: (overrides: ConnectionOverrides | undefined) => Promise<Clock>;
}

export function stackCloud(
  env: NodeJS.ProcessEnv,
  report: Pick<FlushingReporter, "warn" | "debug">,
): StackCloud {
  let resolve = connectionResolver(() => undefined, env, report);
  const clouds = new Map<string, RdsApi>();
  const connections = new Map<string, Connection>();
  let configuredWith: string | undefined;
  const connect = (overrides: ConnectionOverrides | undefined) => {
    const key = JSON.stringify(overrides ?? {});
    const connection = connections.get(key) ?? resolve(overrides ?? {});
    connections.set(key, connection);
    return connection;
  };
  const limiters = new Map<string, CallLimiter>();
  /** The service limits an account: one for each endpoint, as a stack seldom has two accounts at one. */
  const limiterOf = ({ endpoint }: Connection, clock: Clock) => {
    const onLimited = ({ message }: RdsFailure) =>
      report.warn(`The service limits requests; calls are made more slowly from here on. ${message}`);
    const limiter = limiters.get(endpoint) ?? callLimiter({ clock, onLimited });
    limiters.set(endpoint, limiter);
    return limiter;
  };
  const simulated = (overrides: ConnectionOverrides | undefined) =>
    simulatedTime(() => connect(overrides).endpoint, env);
  return {
    connect,
    async clock(overrides) {
      const clock = simulated(overrides);
      await clock?.ready;
      return clock ?? systemClock;
    },
    configure(configured) {
      const texts = JSON.stringify(settingNames.map((name) => configured(name) ?? null));
      if (texts === configuredWith) return;
      configuredWith = texts;
      resolve = connectionResolver(configured, env, report);
      connections.clear();
      clouds.clear();
    },
    rds(overrides) {
      const key = JSON.stringify(overrides ?? {});
      const known = clouds.get(key);
      if (known) return known;
      const clock = simulated(overrides);
      const connection = connect(overrides);
      const limiter = limiterOf(connection, clock ?? systemClock);
      const shared = sharedReads(sdkRds(connection, clock, limiter), clock ?? systemClock);
      const cloud = tellingDeniedTasks(shared, (line) => report.warn(line));
      clouds.set(key, cloud);
      return cloud;
    },
  };
}

/**
 * The clock of the simulator at an endpoint, if `ALICLOUD_RDS_COPY_CLOCK` is `simulator`: waits then take no real time.
 * It is heard for a loopback endpoint only: a real cloud cannot be hurried.
 */
export function simulatedTime(endpointOf: () => string, env: NodeJS.ProcessEnv): SimulatorClock | undefined {
  if (env["ALICLOUD_RDS_COPY_CLOCK"] !== "simulator") return undefined;
  const endpoint = endpointOf();
  if (!/^(127\.\d+\.\d+\.\d+|localhost)(:\d+)?$/.test(endpoint)) return undefined;
  const clock = clocks.get(endpoint) ?? simulatorClock(endpoint);
  clocks.set(endpoint, clock);
  return clock;
}

/** One for each simulator, so that all operations of the process share its time. */
const clocks = new Map<string, SimulatorClock>();

/** The `alicloud:` keys of a stack's configuration. Objects are stored there as JSON text. */
export function alicloudKeys(get: (key: string) => unknown): StackConfiguration {
  return (key) => {
    const value = get(`alicloud:${key}`);
    return value === undefined ? undefined : typeof value === "string" ? value : JSON.stringify(value);
  };
}

/** The overrides of one resource among its properties. */
export function overridesOf(properties: Properties): ConnectionOverrides | undefined {
  const given = properties["connection"];
  return typeof given === "object" && given !== null ? given : undefined;
}

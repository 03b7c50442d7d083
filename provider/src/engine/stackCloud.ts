import type { Connection, ConnectionOverrides, StackConfiguration } from "../rds/connection";
import type { RdsApi } from "../rds/rdsApi";
import { tellingDeniedTasks } from "../rds/deniedTasks";
import { connectionResolver } from "../rds/resolveConnection";
import { sdkRds } from "../rds/sdkRds";
import { sharedReads } from "../rds/sharedReads";
import { settingNames } from "../rds/signIn/settings";
import { fasterClock, systemClock, type Clock } from "../time/clock";
import { momentOf } from "../time/moment";
import type { FlushingReporter } from "./engineReporter";
import type { Properties } from "./wire";

/** The cloud as one stack's resources see it. */
export interface StackCloud {
  /** Nothing of another configuration is kept: neither sessions nor clients. The same one changes nothing. */
  readonly configure: (configured: StackConfiguration) => void;
  readonly connect: (overrides: ConnectionOverrides | undefined) => Connection;
  /** One client per connection: its sockets and its looks are shared by all resources that use it. */
  readonly rds: (overrides: ConnectionOverrides | undefined) => RdsApi;
  readonly clock: (overrides: ConnectionOverrides | undefined) => Clock;
}

export function stackCloud(
  env: NodeJS.ProcessEnv,
  report: Pick<FlushingReporter, "warn" | "debug">,
): StackCloud {
  let resolve = connectionResolver(() => undefined, env, report);
  const clouds = new Map<string, RdsApi>();
  let configuredWith: string | undefined;
  const connect = (overrides: ConnectionOverrides | undefined) => resolve(overrides ?? {});
  const clock = (overrides: ConnectionOverrides | undefined) => clockFor(connect(overrides).endpoint, env);
  return {
    connect,
    clock,
    configure(configured) {
      const texts = JSON.stringify(settingNames.map((name) => configured(name) ?? null));
      if (texts === configuredWith) return;
      configuredWith = texts;
      resolve = connectionResolver(configured, env, report);
      clouds.clear();
    },
    rds(overrides) {
      const key = JSON.stringify(overrides ?? {});
      const cloud =
        clouds.get(key) ??
        tellingDeniedTasks(sharedReads(sdkRds(connect(overrides)), clock(overrides)), (line) =>
          report.warn(line),
        );
      clouds.set(key, cloud);
      return cloud;
    },
  };
}

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

/**
 * The clock of one operation. `ALICLOUD_RDS_COPY_TIME_SCALE` makes all waiting that many times faster, to go
 * with a simulator that runs its world faster than real time: `40`, or `40 since 2026-11-25T06:00:00Z` with
 * the moment from which the world is ahead. It is heard for a loopback endpoint only: a real cloud cannot be
 * hurried.
 */
function clockFor(endpoint: string, env: NodeJS.ProcessEnv): Clock {
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

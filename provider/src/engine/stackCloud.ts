import type { Connection, ConnectionOverrides, StackConfiguration } from "../rds/connection";
import type { RdsApi } from "../rds/rdsApi";
import { tellingDeniedTasks } from "../rds/deniedTasks";
import { connectionResolver } from "../rds/resolveConnection";
import { sdkRds } from "../rds/sdkRds";
import { sharedReads } from "../rds/sharedReads";
import { settingNames } from "../rds/signIn/settings";
import type { Clock } from "../time/clock";
import { clockFor } from "./clockFor";
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

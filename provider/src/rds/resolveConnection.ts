import type { Connection, ConnectionOverrides, StackConfiguration } from "./connection";
import { rdsEndpoint } from "./endpoint";
import { signIn } from "./signIn";

/**
 * Finds out where to call and as whom, from the resource's `connection`, the stack's `alicloud:`
 * configuration and the environment, in the order in which `@pulumi/alicloud` does it. Asks nobody.
 */
export function resolveConnection(
  overrides: ConnectionOverrides,
  configured: StackConfiguration,
  env: NodeJS.ProcessEnv,
): Connection {
  const { region, regionSource } = resolveRegion(overrides, configured, env);
  const protocol = (overrides.protocol ?? configured("protocol") ?? "HTTPS").toUpperCase();
  return {
    region,
    regionSource,
    endpoint:
      overrides.endpoint ??
      configuredEndpoint(configured) ??
      env["ALIBABA_CLOUD_ENDPOINT_RDS"] ??
      env["RDS_ENDPOINT"] ??
      rdsEndpoint(region),
    protocol: protocol === "HTTP" ? "HTTP" : "HTTPS",
    readTimeoutMs: milliseconds(configured("clientReadTimeout") ?? env["CLIENT_READ_TIMEOUT"]),
    connectTimeoutMs: milliseconds(configured("clientConnectTimeout") ?? env["CLIENT_CONNECT_TIMEOUT"]),
    credentials: () => signIn(configured, env),
  };
}

/** The alicloud provider's own default when nobody names a region. */
const defaultRegion = "cn-beijing";

/** The alicloud provider's own default, in milliseconds. The SDK's 3 s are too short for a busy service. */
const defaultTimeoutMs = 60_000;

function resolveRegion(
  overrides: ConnectionOverrides,
  configured: StackConfiguration,
  env: NodeJS.ProcessEnv,
): Pick<Connection, "region" | "regionSource"> {
  if (overrides.region) return { region: overrides.region, regionSource: "connection" };
  const fromStack = configured("region");
  if (fromStack) return { region: fromStack, regionSource: "configuration" };
  const fromEnvironment = env["ALICLOUD_REGION"] || env["ALIBABA_CLOUD_REGION"];
  if (fromEnvironment) return { region: fromEnvironment, regionSource: "environment" };
  return { region: defaultRegion, regionSource: "default" };
}

/** `alicloud:endpoints` is JSON text: `[{"rds":"host:port"}]`. */
function configuredEndpoint(configured: StackConfiguration): string | undefined {
  const text = configured("endpoints");
  if (!text) return undefined;
  const parsed: unknown = JSON.parse(text);
  const blocks = (Array.isArray(parsed) ? parsed : [parsed]) as { readonly rds?: string }[];
  return blocks.map((block) => block.rds).find((rds) => rds);
}

function milliseconds(text: string | undefined): number {
  const value = Number(text);
  return value > 0 ? value : defaultTimeoutMs;
}

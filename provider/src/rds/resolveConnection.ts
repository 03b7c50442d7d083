import type { Connection, ConnectionListener, ConnectionOverrides, StackConfiguration } from "./connection";
import { configuredEndpoints, rdsEndpoint, stsEndpoint } from "./endpoint";
import { chooseIdentity, type Sources } from "./signIn/chooseIdentity";
import { profileFile } from "./signIn/profileFile";
import { fromEnvironment, settingsOf, type Settings } from "./signIn/settings";
import { signIns } from "./signIn/signIns";
import { unusedProxy } from "./signIn/unusedProxy";

/**
 * Finds out where a resource calls and as whom, from its `connection`, the stack's `alicloud:` configuration
 * and the environment, in the order in which `@pulumi/alicloud` does it. Finding out asks nobody; asking for
 * credentials may.
 *
 * One of these belongs to one configuration of one stack: what it remembers (sessions, the credentials file,
 * what was already said) ends with it.
 */
export function connectionResolver(
  configured: StackConfiguration,
  env: NodeJS.ProcessEnv,
  listener: ConnectionListener,
  now?: () => number,
): (overrides: ConnectionOverrides) => Connection {
  const settings = settingsOf(configured, env);
  const profiles = profileFile(settings, env);
  const identities = signIns(listener, now);
  const said = new Set<string>();
  const warnOnce = (line: string | undefined) => {
    if (line !== undefined && !said.has(line)) listener.warn(line);
    if (line !== undefined) said.add(line);
  };

  return (overrides) => {
    const endpoints = configuredEndpoints(settings);
    const sources: Sources = {
      settings,
      profiles,
      roles: { settings, env, stsEndpoint: endpoints.sts },
      env,
    };
    const { region, regionSource } = resolveRegion(overrides, sources);
    const wanted = overrides.protocol ?? settings("protocol")?.value ?? "HTTPS";
    const protocol = wanted.toUpperCase() === "HTTP" ? "HTTP" : "HTTPS";
    const endpoint =
      overrides.endpoint ??
      endpoints.rds ??
      fromEnvironment(env, ["ALIBABA_CLOUD_ENDPOINT_RDS", "RDS_ENDPOINT"])?.value ??
      rdsEndpoint(region);
    const timeouts = {
      readTimeoutMs: milliseconds(settings("clientReadTimeout")?.value),
      connectTimeoutMs: milliseconds(settings("clientConnectTimeout")?.value),
    };
    const way = { ...timeouts, stsEndpoint: stsEndpoint(region) };
    return {
      region,
      regionSource,
      endpoint,
      protocol,
      ...timeouts,
      alwaysSent: alwaysSent(settings),
      credentials: ({ insteadOf } = {}) => {
        warnOnce(otherProtocol(wanted));
        warnOnce(unusedProxy(protocol, endpoint));
        return identities.credentials(sources, overrides, way, insteadOf);
      },
      signer: () => identities.signer(sources, overrides),
      asking: identities.asking,
    };
  };
}

/** The alicloud provider's own default when nobody names a region. */
const defaultRegion = "cn-beijing";

/** The alicloud provider's own default, in milliseconds. The SDK's 3 s are too short for a busy service. */
const defaultTimeoutMs = 60_000;

function resolveRegion(
  overrides: ConnectionOverrides,
  sources: Sources,
): Pick<Connection, "region" | "regionSource"> {
  if (overrides.region) return { region: overrides.region, regionSource: "connection" };
  const setting = sources.settings("region");
  if (setting) {
    const regionSource = setting.origin === "environment" ? "environment" : "configuration";
    return { region: setting.value, regionSource };
  }
  const ofProfile = chooseIdentity(sources, overrides).profileRegion;
  if (ofProfile) return { region: ofProfile, regionSource: "profile" };
  return { region: defaultRegion, regionSource: "default" };
}

/**
 * What the alicloud provider adds to its calls, for policies with the conditions `acs:SourceIp` and
 * `acs:SecureTransport`. That RDS takes them in the query of its newer signature too is an inference.
 */
function alwaysSent(settings: Settings): Record<string, string> {
  const sourceIp = settings("sourceIp")?.value;
  const secureTransport = (settings("secureTransport") ?? settings("securityTransport"))?.value;
  return {
    ...(sourceIp ? { SourceIp: sourceIp } : {}),
    ...(secureTransport ? { SecureTransport: secureTransport } : {}),
  };
}

function otherProtocol(wanted: string): string | undefined {
  if (/^https?$/i.test(wanted)) return undefined;
  return `The protocol "${wanted}" is neither HTTP nor HTTPS: HTTPS is used.`;
}

function milliseconds(text: string | undefined): number {
  const value = Number(text);
  return value > 0 ? value : defaultTimeoutMs;
}

import type { Connection, ConnectionListener, ConnectionOverrides, StackConfiguration } from "./connection";
import { configuredEndpoints, endpointIn, rdsEndpoint, stsEndpoint } from "./endpoint";
import { chooseIdentity, type Sources } from "./signIn/chooseIdentity";
import { profileFile } from "./signIn/profileFile";
import { settingsOf, type Settings } from "./signIn/settings";
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
    const { rds, sts } = configuredEndpoints(settings, env);
    const sources: Sources = {
      settings,
      profiles,
      roles: { settings, env, stsEndpoint: sts?.host },
      env,
    };
    const { region, regionSource } = resolveRegion(overrides, sources);
    const named = overrides.endpoint ? endpointIn(overrides.endpoint, "connection.endpoint") : rds;
    const endpoint = named?.host ?? rdsEndpoint(region);
    const wanted = overrides.protocol ?? settings("protocol")?.value ?? named?.scheme ?? "HTTPS";
    const protocol = wanted.toUpperCase() === "HTTP" ? "HTTP" : "HTTPS";
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

/** The ids of regions are lower case; one that was pasted with a blank or a capital is no other region. */
function resolveRegion(
  overrides: ConnectionOverrides,
  sources: Sources,
): Pick<Connection, "region" | "regionSource"> {
  const { named, regionSource } = namedRegion(overrides, sources);
  return { region: named.trim().toLowerCase(), regionSource };
}

function namedRegion(
  overrides: ConnectionOverrides,
  sources: Sources,
): { readonly named: string } & Pick<Connection, "regionSource"> {
  if (overrides.region?.trim()) return { named: overrides.region, regionSource: "connection" };
  const setting = sources.settings("region");
  if (setting) {
    const regionSource = setting.origin === "environment" ? "environment" : "configuration";
    return { named: setting.value, regionSource };
  }
  const ofProfile = chooseIdentity(sources, overrides).profileRegion;
  if (ofProfile) return { named: ofProfile, regionSource: "profile" };
  return { named: defaultRegion, regionSource: "default" };
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

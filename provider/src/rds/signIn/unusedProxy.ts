import { getProxyForUrl } from "proxy-from-env";

/**
 * One sentence when the environment wants these calls to go through a proxy: the SDK takes proxy settings and
 * has no code that uses them (openapi-core 1.0.8, @darabonba/typescript 1.0.5). `undefined` when it does not,
 * which the variables and `NO_PROXY` of this process decide.
 */
export function unusedProxy(protocol: "HTTP" | "HTTPS", endpoint: string): string | undefined {
  const scheme = protocol.toLowerCase();
  if (isLoopback(endpoint) || !getProxyForUrl(`${scheme}://${endpoint}`)) return undefined;
  const name = [`${scheme}_proxy`, "all_proxy"]
    .flatMap((variable) => [variable.toUpperCase(), variable])
    .find((variable) => process.env[variable]);
  return (
    `${name ?? "A proxy"} was seen and is not used: the SDK of Alibaba Cloud for Node.js cannot go through a proxy, ` +
    "so DatabaseCopy calls RDS and STS directly. Where only the proxy leads out, name endpoints that can be reached " +
    "(alicloud:endpoints); with the endpoints in NO_PROXY this warning goes away."
  );
}

function isLoopback(endpoint: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(endpoint);
}

/** A name or address by which only this machine can be reached; brackets around an IPv6 address or not. */
export const isLoopback = (host: string): boolean =>
  ["localhost", "::1", "[::1]"].includes(host) || /^127(\.\d{1,3}){3}$/.test(host);

/** A block of IPv4 addresses: its first and last one as numbers, and the length of its prefix. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

/** Reads `10.8.0.0/16`; nothing if it is no block, or does not begin at its own boundary. */
export function parseCidr(text: string): Cidr | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = parts;
  if ([a, b, c, d].some((part) => part > 255) || bits > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, last: first + size - 1, bits } : undefined;
}

export const isInside = (inner: Cidr, outer: Cidr): boolean =>
  inner.first >= outer.first && inner.last <= outer.last;

export const overlap = (one: Cidr, other: Cidr): boolean =>
  one.first <= other.last && other.first <= one.last;

/** So much of one kind is said one by one; the rest is counted, with a few names. */
export const saidEach = 5;

/** The first of each kind, in their order, and what is more of each. */
export function fewOfMany<T>(
  all: readonly T[],
  kindOf: (one: T) => string,
): { readonly few: readonly T[]; readonly rests: readonly (readonly T[])[] } {
  const kinds = new Map<string, T[]>();
  for (const one of all) kinds.set(kindOf(one), [...(kinds.get(kindOf(one)) ?? []), one]);
  const few = new Set([...kinds.values()].flatMap((ofKind) => ofKind.slice(0, saidEach)));
  return {
    few: all.filter((one) => few.has(one)),
    rests: [...kinds.values()].map((ofKind) => ofKind.slice(saidEach)).filter((rest) => rest.length > 0),
  };
}

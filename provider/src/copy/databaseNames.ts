/** Source name to target name: the form that everything after `check` works with. */
export type DatabaseNames = Readonly<Record<string, string>>;

/** The three spellings of the `dbNames` input as one map: a list or a comma list keeps the names. */
export function toDatabaseNames(value: string | readonly string[] | DatabaseNames): DatabaseNames {
  if (typeof value === "string") return sameNames(value.split(",").map((name) => name.trim()));
  if (Array.isArray(value)) return sameNames(value as readonly string[]);
  return value as DatabaseNames;
}

/** SQL Server tells database names apart without regard to case under its usual collations. */
export function sameName(left: string, right: string): boolean {
  return nameKey(left) === nameKey(right);
}

/**
 * The one of a name among databases that are listed. Where an instance tells capitals apart, the one of exactly this
 * spelling is meant.
 */
export function withName<T extends { readonly name: string }>(
  all: readonly T[],
  name: string,
): T | undefined {
  return all.find((one) => one.name === name) ?? all.find((one) => sameName(one.name, name));
}

/** What a map has under a name. Every object has a `constructor`, and a database may be called so. */
export function entryOf<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** A database name as the key of a map, without its case. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** So many names are a list that people read; of more, a few are named and the rest counted. */
const namedAtMost = 12;
const namedOfMany = 8;

/** "orders", "orders and crm", "orders, crm and billing", "a, b, c, d, e, f, g, h and 92 others": for sentences. */
export function listNames(names: readonly string[]): string {
  const shown =
    names.length > namedAtMost
      ? [...names.slice(0, namedOfMany), `${names.length - namedOfMany} others`]
      : names;
  const last = shown.at(-1);
  if (last === undefined) return "no database";
  const others = shown.slice(0, -1);
  return others.length === 0 ? last : `${others.join(", ")} and ${last}`;
}

/** "orders, crm as crm_staging": what is copied and what it is called on the target. */
export function listPairs(names: DatabaseNames): string {
  return listNames(
    Object.entries(names).map(([source, target]) => (source === target ? source : `${source} as ${target}`)),
  );
}

function sameNames(names: readonly string[]): DatabaseNames {
  return Object.fromEntries(names.filter((name) => name !== "").map((name) => [name, name]));
}

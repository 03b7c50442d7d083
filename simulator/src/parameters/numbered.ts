type Params = Readonly<Record<string, string>>;

/** Flat lists: `ResourceId.1`, `ResourceId.2` ... in their order, gaps closed. */
export function numbered(params: Params, name: string): string[] {
  return numbers(params, name)
    .map((index) => params[`${name}.${index}`])
    .filter((value) => value !== undefined);
}

/** Flat lists of objects: `Tag.1.Key`, `Tag.1.Value` ... */
export function numberedFields(params: Params, name: string): Record<string, string>[] {
  return numbers(params, name).map((index) => {
    const prefix = `${name}.${index}.`;
    const fields = Object.entries(params).filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(fields.map(([key, value]) => [key.slice(prefix.length), value]));
  });
}

function numbers(params: Params, name: string): number[] {
  const found = new Set<number>();
  for (const key of Object.keys(params)) {
    if (!key.startsWith(`${name}.`)) continue;
    const index = /^\d{1,4}/.exec(key.slice(name.length + 1))?.[0];
    if (index !== undefined) found.add(Number(index));
  }
  return [...found].sort((one, other) => one - other);
}

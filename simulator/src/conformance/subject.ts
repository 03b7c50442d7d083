/** What the endpoint has that the cases can be about. */
export interface Subject {
  readonly region: string;
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  /** A database of the source. */
  readonly database?: string | undefined;
  /** A usable full set of the source. */
  readonly backup?: string | undefined;
  /** A name that no database has, on either side. */
  readonly name: string;
  /** Milliseconds, the endpoint's time. */
  readonly now: number;
}

type Params = Readonly<Record<string, string>>;

/** The parameters for one endpoint; or the names of what the subject lacks for them. */
export function fillIn(params: Params, subject: Subject): { params: Params } | { lacks: string[] } {
  const lacks = new Set<string>();
  const values = valuesOf(subject);
  const filled = Object.entries(params).map(([name, text]) => [
    name,
    text.replaceAll(/\{([a-z]+(?::minute)?)\}/g, (whole, key: string) => {
      const value = values[key];
      if (value === undefined) lacks.add(key);
      return value ?? whole;
    }),
  ]);
  return lacks.size > 0 ? { lacks: [...lacks] } : { params: Object.fromEntries(filled) as Params };
}

const day = 24 * 3600 * 1000;

function valuesOf({ now, ...texts }: Subject): Readonly<Record<string, string | undefined>> {
  const seconds = (at: number) => new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
  const minutes = (at: number) => new Date(at).toISOString().replace(/:\d\d\.\d{3}Z$/, "Z");
  return {
    ...texts,
    now: seconds(now),
    "now:minute": minutes(now),
    yesterday: seconds(now - day),
    "yesterday:minute": minutes(now - day),
    tomorrow: seconds(now + day),
  };
}

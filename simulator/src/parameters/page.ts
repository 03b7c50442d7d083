/** A page of a list, and the counters that go with it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly number: number;
  readonly size: number;
  readonly total: number;
}

export interface PageRules {
  readonly sizes: readonly number[] | { readonly from: number; readonly to: number };
  readonly defaultSize: number;
}

export type PageProblem = "PageSize" | "PageNumber";

/** Cuts the page asked for out of a list, or names the parameter that is wrong. */
export function cutPage<T>(
  all: readonly T[],
  params: Readonly<Record<string, string>>,
  rules: PageRules,
): Page<T> | PageProblem {
  const size = wholeNumber(params["PageSize"], rules.defaultSize);
  const number = wholeNumber(params["PageNumber"], 1);
  if (size === undefined || !allowed(size, rules.sizes)) return "PageSize";
  if (number === undefined || number < 1) return "PageNumber";
  const start = (number - 1) * size;
  return { items: all.slice(start, start + size), number, size, total: all.length };
}

/** The value of a parameter that is a whole number; the fallback if it is absent or empty. */
export function wholeNumber(text: string | undefined, fallback: number): number | undefined {
  if (text === undefined || text === "") return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const allowed = (size: number, sizes: PageRules["sizes"]) =>
  "from" in sizes ? size >= sizes.from && size <= sizes.to : sizes.includes(size);

/** One thing that is measured, in as many rounds as are asked for. Nothing fails because of a number. */
export interface Row {
  readonly name: string;
  readonly about: string;
  run(options: RowOptions): Promise<readonly Measure[]>;
}

export interface RowOptions {
  readonly rounds: number;
  /** How many resources a stack has, in the rows about stacks. */
  readonly resources: number;
  /** Whether what takes a quarter of an hour is measured as well. */
  readonly large: boolean;
  readonly say: (line: string) => void;
}

/** One number of each round; what is compared with each other was run by turns. */
export interface Measure {
  /** With both sides of a ratio, and whether it is of processor time or of what the user waits. */
  readonly what: string;
  readonly unit: "times" | "s" | "MB" | "calls" | "bytes" | "a minute" | "deep" | "warnings" | "copies";
  /** One for each round; none if it was not run. */
  readonly values: readonly number[];
  readonly goal?: { readonly most: number } | { readonly least: number };
  /** What stands in the way of the goal, as a clause; for a measure that may miss it. */
  readonly because?: string;
}

export interface Spread {
  readonly minimum: number;
  readonly median: number;
  readonly maximum: number;
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const [minimum, maximum] = [sorted[0], sorted.at(-1)];
  if (minimum === undefined || maximum === undefined) return undefined;
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return { minimum, median: middle.reduce((sum, one) => sum + one, 0) / middle.length, maximum };
}

/** By the median; `undefined` without a goal or a value. */
export function isMet({ values, goal }: Measure): boolean | undefined {
  const median = spreadOf(values)?.median;
  if (goal === undefined || median === undefined) return undefined;
  return "most" in goal ? median <= goal.most : median >= goal.least;
}

export function shown(value: number, unit: Measure["unit"]): string {
  // Goals of ratios have two digits: a third one shows on which side of them a value is.
  const digits = unit === "times" ? 3 : unit === "s" ? 2 : 0;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

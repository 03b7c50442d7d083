/** Stands for a value that a preview does not know yet, whatever its type. */
export const unknown: unique symbol = Symbol("unknown");

/** A value, or not known yet. */
export type OrUnknown<T> = T | typeof unknown;

export function isKnown<T>(value: OrUnknown<T>): value is T {
  return value !== unknown;
}

/** Whether anything in a value is not known yet. */
export function holdsUnknown(value: unknown): boolean {
  if (value === unknown) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

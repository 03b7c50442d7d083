import { unknown } from "./unknown";

/** Something wrong with an input: the path of the property and a sentence. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}

/**
 * Finds Outputs that were pasted into a text: what `toString` or `JSON.stringify` make of one. A Promise and
 * an object leave the same kind of trace.
 */
export function pastedOutputs(path: string, value: unknown): Problem[] {
  if (isPasted(value)) {
    return [
      {
        property: path,
        reason:
          "is an Output that was pasted into a text. Pass the Output itself, or build the text with pulumi.interpolate`...`.",
      },
    ];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    if (!isPasted(key)) return pastedOutputs(`${path}.${key}`, entry);
    const reason =
      "has a key that is an Output pasted into a text. Build the whole map inside the Output: pulumi.output(name).apply((name) => ({ [name]: ... })).";
    return [{ property: path, reason }];
  });
}

/** A value with nothing known in the place of pasted Outputs; a key that is one is left out with its entry. */
export function withoutPasted(value: unknown): unknown {
  if (isPasted(value)) return unknown;
  if (Array.isArray(value)) return value.map(withoutPasted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => (isPasted(key) ? [] : [[key, withoutPasted(entry)]])),
  );
}

function isPasted(value: unknown): boolean {
  return (
    typeof value === "string" &&
    /Calling \[(toString|toJSON)\] on an \[Output|\[object (Promise|Object)\]/.test(value)
  );
}

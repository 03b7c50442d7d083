import { unknown } from "../lifecycle/unknown";

/** Properties as the engine sends and takes them. */
export type Properties = Readonly<Record<string, unknown>>;

/** The key under which the engine keeps the provider's text. */
export const providerKey = "__provider";

/** What the engine sends in place of a value that a preview does not know (`unknownValue` of the SDK's rpc.ts). */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * The engine's properties in the form that the lifecycle takes. The protocol keeps no order of keys: sorted,
 * the same inputs give the same sentences and the same calls in every run.
 */
export function fromEngine(value: Properties): Record<string, unknown> {
  const { [providerKey]: _text, ...rest } = replaceDeep(value, unknownText, unknown) as Record<
    string,
    unknown
  >;
  return rest;
}

/** The lifecycle's values in the form that the engine takes: plain JSON, nothing undefined. */
export function toEngine(value: object): Record<string, unknown> {
  return replaceDeep(value, unknown, unknownText) as Record<string, unknown>;
}

function replaceDeep(value: unknown, from: unknown, to: unknown): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((element) => replaceDeep(element, from, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([key, entry]) => (entry === undefined ? [] : [[key, replaceDeep(entry, from, to)]])),
  );
}

import { isDeepStrictEqual } from "node:util";
import type { Properties } from "./resourceKind";

/** The names of the inputs that are not what they were. A value that is not known yet differs from any other. */
export function changedProperties(old: Properties, news: Properties): readonly string[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(news)])];
  return names.filter((name) => !name.startsWith("__") && !isDeepStrictEqual(old[name], news[name])).sort();
}

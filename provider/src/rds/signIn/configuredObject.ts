import * as z from "zod";
import type { Setting } from "./settings";
import { SignInProblem } from "./signInProblem";

/**
 * A value of the configuration that is an object: JSON text, as Pulumi stores it. Where the alicloud
 * provider takes a list of at most one block (`endpoints`), the list and the bare block are both taken.
 *
 * @throws SignInProblem without the value: there may be a token in it.
 */
export function configuredObject<T>(setting: Setting | undefined, shape: z.ZodType<T>): T | undefined {
  if (setting === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(setting.value);
  } catch {
    throw notReadable(setting, `it is not JSON; "pulumi config set --path" writes it`);
  }
  const block: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  if (block === undefined) return undefined;
  const checked = shape.safeParse(block);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map(
    ({ path, message }) => `${path.join(".") || "value"}: ${message}`,
  );
  throw notReadable(setting, problems.join("; "));
}

function notReadable({ place }: Setting, why: string): SignInProblem {
  return new SignInProblem("InvalidConfiguration", `${place} cannot be read: ${why}`);
}

/** A text that is not there when it is blank. */
export const optionalText = z
  .string()
  .trim()
  .nullish()
  .transform((text) => text || undefined);

/** A number of seconds; the configuration may hold it as text, and 0 means none. */
export const optionalSeconds = z.coerce
  .number()
  .nullish()
  .transform((seconds) => seconds || undefined);

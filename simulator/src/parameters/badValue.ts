import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";

/** The refusal of a value that a parameter cannot have, where the action has no code of its own for it. */
export const badValue = (parameter: string) => refuse(invalid, { values: { parameter } });

/** One of the values in any case of letters, spelt as given if that is one; the default if the parameter is absent or empty. */
export function oneOf<T extends string>(
  params: Readonly<Record<string, string>>,
  parameter: string,
  values: readonly T[],
  fallback: T,
): T {
  const text = params[parameter] ?? "";
  if (text === "") return fallback;
  const value =
    values.find((candidate) => candidate === text) ??
    values.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (value === undefined) throw badValue(parameter);
  return value;
}

/** The same without a default: nothing if the parameter is absent or empty. */
export const choice = <const T extends string>(
  params: Readonly<Record<string, string>>,
  parameter: string,
  values: readonly T[],
): T | undefined =>
  (params[parameter] ?? "") === "" ? undefined : oneOf<T | "">(params, parameter, values, "") || undefined;

/** true or false, whatever their case; nothing if the parameter is absent or empty. */
export function flag(params: Readonly<Record<string, string>>, parameter: string): boolean | undefined {
  const text = choice(params, parameter, ["true", "false"]);
  return text === undefined ? undefined : text === "true";
}

const invalid = refusal({
  id: "all.parameter-value",
  action: "*",
  code: "InvalidParameter",
  status: 400,
  message: "The specified parameter {parameter} is not valid.",
  says: "A value that a parameter cannot have, where no code of the action's own is documented for it.",
  basis: "documented",
  source: sources.errorTable2020,
});

import ms, { type StringValue } from "ms";

/** "10m", "2h", "30 seconds"; a number is milliseconds. @throws Error with a sentence */
export function milliseconds(duration: string | number): number {
  const value =
    typeof duration === "number" ? duration : /[a-z]/i.test(duration) ? ms(duration as StringValue) : NaN;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Error(`"${duration}" is not a duration; write one number and its unit, such as "10m" or "2h".`);
}

/** Moments inside the machine are milliseconds since 1970; documents and answers hold UTC texts. */

export const parseMoment = (text: string): number => Date.parse(text);

/** `2026-03-01T02:00:00Z`, or with milliseconds where there are any. */
export function momentText(at: number): string {
  const whole = Math.floor(at);
  const second = Math.floor(whole / 1000) * 1000;
  if (second !== latest.second) latest = { second, text: new Date(second).toISOString().slice(0, -5) };
  return whole === second ? `${latest.text}Z` : `${latest.text}.${String(whole - second).padStart(3, "0")}Z`;
}
/** Every call asks for its time, and thousands come in a second. */
let latest = { second: NaN, text: "" };

/** `yyyy-MM-ddTHH:mm:ssZ`, as most answers print times. */
export const secondText = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");

/** `yyyy-MM-ddTHH:mmZ`, as log backups and tasks print times. */
export const minuteText = (at: number): string => new Date(at).toISOString().replace(/:\d\d\.\d{3}Z$/, "Z");

/** A parameter of the form `yyyy-MM-ddTHH:mmZ`; seconds are let pass, as older pages ask for them. */
export const parseMinutes = (text: string): number | undefined =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(text) ? numberOrNothing(Date.parse(text)) : undefined;

/** A parameter of the form `yyyy-MM-ddTHH:mm:ssZ`, nothing else. */
export const parseSeconds = (text: string): number | undefined =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? numberOrNothing(Date.parse(text)) : undefined;

const numberOrNothing = (value: number) => (Number.isNaN(value) ? undefined : value);

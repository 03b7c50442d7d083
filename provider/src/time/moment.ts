import { DateTime } from "luxon";

/** What a text that should be a moment turned out to be. */
export type MomentReading =
  | { readonly state: "moment"; readonly utc: string }
  /** A date and time without a zone: the same text means different moments, so both are spelt out. */
  | { readonly state: "noZone"; readonly asUtc: string; readonly asChina: string }
  | { readonly state: "notATime" };

/**
 * Reads an RFC 3339 date and time with a zone and gives the same moment in UTC seconds, the form that
 * `RestoreTime` takes (`yyyy-MM-ddTHH:mm:ssZ`, API page of CopyDatabaseBetweenInstances). Fractions of a
 * second are cut off: the second asked for is never passed.
 */
export function readMoment(text: string): MomentReading {
  const iso = text.trim().replace(" ", "T").toUpperCase();
  const zone = dateAndTime.exec(iso)?.groups?.["zone"];
  if (zone === undefined || !DateTime.fromISO(iso).isValid) return { state: "notATime" };
  if (zone !== "") return { state: "moment", utc: utcSeconds(DateTime.fromISO(iso)) };
  return {
    state: "noZone",
    asUtc: utcSeconds(DateTime.fromISO(iso, { zone: "utc" })),
    asChina: utcSeconds(DateTime.fromISO(iso, { zone: "Asia/Shanghai" })),
  };
}

/** `yyyy-MM-ddTHH:mm:ssZ` of a moment given in milliseconds since the epoch. */
export function toUtcSeconds(milliseconds: number): string {
  return utcSeconds(DateTime.fromMillis(milliseconds));
}

/** Milliseconds since the epoch of an ISO text of the service, with seconds or without; NaN if it is none. */
export function momentOf(text: string): number {
  return DateTime.fromISO(text, { zone: "utc" }).toMillis();
}

/** The shape alone, zone included: whether there is such a day is the library's to say, whether there is such a zone is not. */
const dateAndTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(?<zone>Z|[+-]([01]\d|2[0-3]):[0-5]\d|)$/;

function utcSeconds(time: DateTime): string {
  return time.toUTC().startOf("second").toISO({ suppressMilliseconds: true }) ?? "";
}

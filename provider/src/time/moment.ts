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
  const groups = dateAndTime.exec(iso)?.groups;
  if (groups === undefined || Number.isNaN(millisecondsOf(groups))) return { state: "notATime" };
  if (groups["zone"] !== "") return { state: "moment", utc: toUtcSeconds(millisecondsOf(groups)) };
  return {
    state: "noZone",
    asUtc: toUtcSeconds(millisecondsOf({ ...groups, zone: "Z" })),
    asChina: toUtcSeconds(millisecondsOf({ ...groups, zone: "+08:00" })),
  };
}

/** `yyyy-MM-ddTHH:mm:ssZ` of a moment given in milliseconds since the epoch; empty if it is none. */
export function toUtcSeconds(milliseconds: number): string {
  const moment = new Date(Math.floor(milliseconds / 1000) * 1000);
  return Number.isNaN(moment.getTime()) ? "" : moment.toISOString().replace(".000Z", "Z");
}

/** Milliseconds since the epoch of an ISO text of the service, with seconds or without; UTC without a zone; NaN if it is none. */
export function momentOf(text: string): number {
  const groups = dateAndTime.exec(text.toUpperCase())?.groups;
  return groups === undefined ? Number.NaN : millisecondsOf(groups);
}

const dateAndTime =
  /^(?<date>\d{4}-\d{2}-\d{2})T(?<time>([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d+)?)?)(?<zone>Z|[+-]([01]\d|2[0-3]):[0-5]\d|)$/;

/** NaN if there is no such day or time: `Date.parse` takes 30 February for a day in March. */
function millisecondsOf({ date = "", time = "", zone = "" }: Readonly<Record<string, string>>): number {
  const day = new Date(`${date}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
  return isDay ? Date.parse(`${date}T${time}${zone === "" ? "Z" : zone}`) : Number.NaN;
}

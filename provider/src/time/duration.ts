import parse from "parse-duration";

/**
 * Milliseconds of a duration such as "90s", "1h30m", "1.5h" or "7d": Go's syntax, as Pulumi's
 * `customTimeouts` has it, with days besides. `undefined` for anything else, and for nothing at all ("0s").
 */
export function parseDuration(text: string): number | undefined {
  // The library reads "2 hours and a bit" too; here only the documented form counts.
  if (!/^(\d+(\.\d+)?(d|h|m|s|ms))+$/.test(text)) return undefined;
  const milliseconds = parse(text);
  return milliseconds && milliseconds > 0 ? milliseconds : undefined;
}

/** A duration for people: "42s", "12m", "1h05m", "3d2h". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return `${Math.max(seconds, 0)}s`;
  if (minutes < 60) return `${minutes}m`;
  if (hours < 48) return `${hours}h${String(minutes % 60).padStart(2, "0")}m`;
  return `${Math.floor(hours / 24)}d${hours % 24}h`;
}

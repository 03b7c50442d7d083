import type { Clock } from "../time/clock";
import { formatDuration } from "../time/duration";
import type { WatchedDatabase } from "./watchCopy";

/** Says how a copy stands, at each change of state and once a minute, never at each look. */
export function copyProgress(clock: Clock, since: number, say: (line: string) => void) {
  let lastStates = "";
  let lastSaid = Number.NEGATIVE_INFINITY;
  return (databases: readonly WatchedDatabase[]): void => {
    const states = databases.map(({ targetName, status }) => `${targetName}:${status}`).join();
    const now = clock.now();
    if (states === lastStates && now - lastSaid < 60_000) return;
    lastStates = states;
    lastSaid = now;
    say(databases.map((database) => progressText(database, now - since)).join("; "));
  };
}

function progressText({ targetName, status, percent }: WatchedDatabase, elapsedMs: number): string {
  if (status === "Running") return `${targetName}: Running`;
  const shown = status === "Requested" ? "requested" : status;
  return [
    `${targetName}: ${shown}`,
    formatDuration(elapsedMs),
    ...(percent === undefined ? [] : [`${percent}%`]),
  ].join(", ");
}

import type { Clock } from "../time/clock";
import { formatDuration } from "../time/duration";
import { isRunning, statusText, type WatchedDatabase } from "./watchedDatabase";

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

function progressText(database: WatchedDatabase, elapsedMs: number): string {
  const { targetName, percent } = database;
  if (isRunning(database)) return `${targetName}: Running`;
  const percentage = percent === undefined ? [] : [`${percent}%`];
  return [`${targetName}: ${statusText(database)}`, formatDuration(elapsedMs), ...percentage].join(", ");
}

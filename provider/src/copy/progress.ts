import type { TaskFacts } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { formatDuration } from "../time/duration";
import { sameName } from "./databaseNames";

/** One database that is waited for. */
export interface Watched {
  readonly name: string;
  /** Of the service, or `Requested`: not listed yet. */
  readonly status: string;
}

/** Says how a copy stands, at each change of state and once a minute, never at each poll. */
export function copyProgress(clock: Clock, since: number, say: (line: string) => void) {
  let lastStates = "";
  let lastSaid = Number.NEGATIVE_INFINITY;
  return (databases: readonly Watched[], tasks: readonly TaskFacts[]): void => {
    const states = databases.map(({ name, status }) => `${name}:${status}`).join();
    const now = clock.now();
    if (states === lastStates && now - lastSaid < 60_000) return;
    lastStates = states;
    lastSaid = now;
    const isRunning = ({ status }: Watched) => status === "Running";
    const unfinishedFirst = [...databases.filter((one) => !isRunning(one)), ...databases.filter(isRunning)];
    say(unfinishedFirst.map((database) => progressText(database, tasks, now - since)).join("; "));
  };
}

/** The percentage of the one that is the furthest from its end; `undefined` if no task of these tells one. */
export function leastPercent(names: readonly string[], tasks: readonly TaskFacts[]): number | undefined {
  const percents = names.flatMap((name) => taskOf(name, tasks)?.percent ?? []);
  return percents.length === 0 ? undefined : Math.min(...percents);
}

function taskOf(name: string, tasks: readonly TaskFacts[]): TaskFacts | undefined {
  return (
    tasks.find(({ database }) => sameName(database, name)) ?? tasks.find(({ database }) => database === "")
  );
}

/** The percentage first: a terminal of 100 columns leaves about twenty characters to it. */
function progressText({ name, status }: Watched, tasks: readonly TaskFacts[], elapsedMs: number): string {
  if (status === "Running") return `${name}: Running`;
  const task = taskOf(name, tasks);
  const percentage = task?.percent === undefined ? "" : `${task.percent}% `;
  return `${percentage}${name}: ${statusText(status)}, ${formatDuration(elapsedMs)}`;
}

function statusText(status: string): string {
  if (status === "Requested") return "not listed yet";
  return status || "of unknown status";
}

import type { TaskFacts } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { formatDuration } from "../time/duration";
import { sameName } from "./databaseNames";
import type { Reporter } from "./reporter";

/** One database that is waited for. */
export interface Watched {
  readonly name: string;
  /** Of the service, or `Requested`: not listed yet. */
  readonly status: string;
}

/**
 * Says how a copy stands: `51% · orders 1m · 1 of 2 done`. In a terminal at each change of the percentage; in a log, where
 * every line stays, at each change of state and once a minute. Never at each poll.
 */
export function copyProgress(clock: Clock, since: number, report: Pick<Reporter, "status" | "isTerminal">) {
  let lastSeen = "";
  let lastSaid = Number.NEGATIVE_INFINITY;
  return (databases: readonly Watched[], tasks: readonly TaskFacts[]): void => {
    const shown = databases.map((one) => ({ ...one, percent: percentOf(one, tasks) }));
    const seen = shown
      .map(({ name, status, percent }) => [name, status, report.isTerminal ? percent : ""].join(":"))
      .join();
    const now = clock.now();
    if (seen === lastSeen && now - lastSaid < 60_000) return;
    lastSeen = seen;
    lastSaid = now;
    report.status(progressText(shown, now - since));
  };
}

interface Shown extends Watched {
  readonly percent: number | undefined;
}

/** The percentage first: a terminal of 100 columns leaves about thirty characters to it. Named is the one that is least far. */
function progressText(databases: readonly Shown[], elapsedMs: number): string {
  const unfinished = databases.filter(({ status }) => status !== "Running");
  const [last] = [...unfinished].sort((left, right) => (left.percent ?? -1) - (right.percent ?? -1));
  const done = databases.length - unfinished.length;
  return [
    ...(last?.percent === undefined ? [] : [`${last.percent}%`]),
    ...(last ? [`${last.name}${statusText(last.status)} ${formatDuration(elapsedMs)}`] : []),
    ...(databases.length > 1 ? [`${done} of ${databases.length} done`] : []),
  ].join(" · ");
}

function percentOf({ name, status }: Watched, tasks: readonly TaskFacts[]): number | undefined {
  return status === "Running" ? undefined : taskOf(name, tasks)?.percent;
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

/** As a rule a database is being created: said is what else it is. */
function statusText(status: string): string {
  switch (status) {
    case "Creating":
      return "";
    case "Requested":
      return " not listed yet";
    case "":
      return " of unknown status";
    default:
      return ` ${status}`;
  }
}

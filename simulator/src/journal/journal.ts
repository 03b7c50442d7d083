/** One RDS call, as it is remembered: without keys, signatures and passwords. */
export interface JournalEntry {
  /** The world's time. */
  readonly time: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** HTTP status; 0 for a call whose connection was closed before anything happened. */
  readonly status: number;
  /** The error code; absent for success. */
  readonly code?: string;
  readonly requestId: string;
  /** The fault that was played on the call. */
  readonly fault?: string;
}

export interface Journal {
  add(entry: JournalEntry): void;
  /** In order. */
  entries(): readonly JournalEntry[];
  /** The last so many of them, in order. */
  latest(count: number): readonly JournalEntry[];
  clear(): void;
}

/** What stays in memory: the newest calls, so many and so much of them at the most. A journal file has them all. */
export const kept = { entries: 50_000, characters: 32 * 1024 * 1024 } as const;

export function openJournal(write: (line: string) => void, limits: Limits = kept): Journal {
  // Lines and not entries: the values of an entry are pieces of what the client sent and would keep all of it alive.
  let lines: string[] = [];
  let characters = 0;
  return {
    add(entry) {
      const line = JSON.stringify({ ...entry, parameters: withoutSecrets(entry.parameters) });
      lines.push(line);
      characters += line.length;
      // Making room is rare and then makes much of it: a list is not cut at every call.
      if (lines.length > limits.entries * slack || characters > limits.characters * slack) {
        lines = newest(lines, limits);
        characters = lines.reduce((sum, { length }) => sum + length, 0);
      }
      write(line);
    },
    entries: () => newest(lines, limits).map(read),
    latest: (count) => newest(lines.slice(-count), limits).map(read),
    clear() {
      lines = [];
      characters = 0;
    },
  };
}

interface Limits {
  readonly entries: number;
  readonly characters: number;
}

const slack = 1.1;

const read = (line: string) => JSON.parse(line) as JournalEntry;

/** The end of the list that is within both limits, the newest call in any case. */
function newest(lines: readonly string[], { entries, characters }: Limits): string[] {
  let from = lines.length;
  for (let room = characters; from > 0 && lines.length - from < entries; from -= 1) {
    room -= lines[from - 1]?.length ?? 0;
    if (room < 0 && from < lines.length) break;
  }
  return lines.slice(from);
}

/** ClientToken and NextToken are called tokens and open nothing. */
const isSecret = /password|secret|(?<!^client|^next)token/i;

const withoutSecrets = (parameters: Readonly<Record<string, string>>) =>
  Object.keys(parameters).some((name) => isSecret.test(name))
    ? Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, isSecret.test(name) ? "***" : value]),
      )
    : parameters;

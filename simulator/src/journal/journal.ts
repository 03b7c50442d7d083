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
  clear(): void;
}

/** The newest calls are kept in memory, so that it stays flat; a journal file has them all. */
export const keptEntries = 50_000;

export function openJournal(write: (line: string) => void): Journal {
  let entries: JournalEntry[] = [];
  return {
    add(entry) {
      const safe = { ...entry, parameters: withoutSecrets(entry.parameters) };
      entries.push(safe);
      if (entries.length > keptEntries * 1.1) entries = entries.slice(-keptEntries);
      write(JSON.stringify(safe));
    },
    entries: () => entries.slice(-keptEntries),
    clear() {
      entries = [];
    },
  };
}

const withoutSecrets = (parameters: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      /password|secret|token/i.test(name) ? "***" : value,
    ]),
  );

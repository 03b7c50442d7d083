/** Where the provider says things. Nothing said here may hold a secret. */
export interface Reporter {
  /** A person looks at a terminal, where passing lines pass; in a log each of them stays. */
  readonly isTerminal: boolean;
  /** A passing line on the resource's own row: gone when the next one comes. */
  status(line: string): void;
  /** A line that stays. */
  info(line: string): void;
  /** A line that stays and asks for attention. */
  warn(line: string): void;
  /** A line for those who ask for them (`--debug`). */
  debug(line: string): void;
}

/** What a look at the cloud came to. Holds ids and names, and no secret. */
export interface Diagnosis {
  readonly rows: readonly Row[];
}

/** One thing that was looked at. */
export interface Row {
  readonly about:
    | "version"
    | "sign-in"
    | "region"
    | "clock"
    | "permission"
    | "instance"
    | "finding"
    | "backup"
    | "owner"
    | "copy";
  readonly verdict: Verdict;
  /** An instance, a database or an action, or nothing. */
  readonly subject: string;
  readonly text: string;
}

/** `unchecked` could not be found out; `error` stops a copy. */
export type Verdict = "ok" | "note" | "unchecked" | "warning" | "error";

/** The worst of all rows. */
export function verdictOf(rows: readonly Row[]): Verdict {
  return verdicts.findLast((verdict) => rows.some((row) => row.verdict === verdict)) ?? "ok";
}

const verdicts: readonly Verdict[] = ["ok", "note", "unchecked", "warning", "error"];

/** 0: nothing to do. 1: something to know before a copy. 2: a copy would fail. 3, of the command itself: it was called wrongly. */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 2 {
  switch (verdict) {
    case "ok":
    case "note":
      return 0;
    case "unchecked":
    case "warning":
      return 1;
    case "error":
      return 2;
  }
}

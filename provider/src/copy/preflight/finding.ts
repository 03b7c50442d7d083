/**
 * Something that a copy would run into. `blocks` only if it is a definite fact; what could not be found
 * out is `unchecked` and never stops anybody.
 */
export interface Finding {
  readonly severity: "blocks" | "unchecked";
  /** Stable, for people's searches and scripts. */
  readonly code: FindingCode;
  /** The code that the API itself would answer, if it documents one. */
  readonly apiCode?: string;
  /** Path of the input that it is about. */
  readonly property: string;
  /** What was found, and what to do. */
  readonly text: string;
}

export type FindingCode =
  | "target-name-taken"
  | "backup-missing"
  | "backup-unusable"
  | "backup-lacks-database"
  | "no-usable-backup"
  | "backup-too-old"
  | "not-checked";

/** The sentence as people see it. */
export function findingText({ code, apiCode, text }: Finding): string {
  return `[${code}] ${text}${apiCode ? ` (the cloud would answer ${apiCode})` : ""}`;
}

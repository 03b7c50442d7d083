import { listNames } from "../copy/databaseNames";
import { fewOfMany } from "../copy/fewOfMany";
import type { Reporter } from "../copy/reporter";

/**
 * Something that a copy would run into, or that could not be found out about it. The code says how severe it is: see
 * `findingCodes`.
 */
export interface Finding {
  /** Stable, for people's searches and scripts. */
  readonly code: FindingCode;
  /** The code that the API itself would answer, if it documents one. */
  readonly apiCode?: string;
  /** Path of the input that it is about. */
  readonly property: string;
  /** What was found, and what to do. */
  readonly text: string;
}

/**
 * `blocks`: a definite fact, the copy cannot be made. `warns`: it may go wrong, will have to wait, or may not be what
 * was meant. `unchecked`: it could not be found out, which never stops anybody. `notes`: nothing to act on.
 */
export type Severity = "blocks" | "warns" | "unchecked" | "notes";

/** Every code there is: what it stands for (docs/preflight.md has the whole table) and how severe it is. */
export const findingCodes = {
  "instance-not-found": "blocks",
  engine: "blocks",
  "instance-locked": "blocks",
  "instance-released": "blocks",
  "instance-deleting": "blocks",
  "instance-busy": "warns",
  "instance-type": "blocks",
  serverless: "blocks",
  "region-pair": "blocks",
  "region-other": "warns",
  "network-type": "blocks",
  "version-pair": "blocks",
  "edition-pair": "warns",
  "collation-pair": "warns",
  "time-zone-pair": "warns",
  "category-pair": "blocks",
  "category-pair-unclear": "warns",
  "target-tags-missing": "blocks",
  "target-tags-unknown": "unchecked",
  "source-database-missing": "blocks",
  "not-there-yet": "warns",
  "source-name-case": "warns",
  "source-database-cold": "blocks",
  "database-encrypted": "blocks",
  "encryption-unclear": "unchecked",
  "encryption-not-supported": "notes",
  "no-accounts": "warns",
  "database-count": "blocks",
  "no-space": "blocks",
  "space-unclear": "unchecked",
  "backup-missing": "blocks",
  "backup-failed": "blocks",
  "backup-unfinished": "blocks",
  "backup-expired": "blocks",
  "backup-archived": "warns",
  "backup-lacks-database": "blocks",
  "no-usable-backup": "blocks",
  "backup-too-old": "blocks",
  "snapshot-target": "blocks",
  "snapshot-part": "blocks",
  "snapshot-part-unclear": "warns",
  "recovery-model": "blocks",
  "restore-time-too-early": "blocks",
  "restore-time-lacks-database": "warns",
  "restore-time-copy-only": "warns",
  "restore-time-in-hole": "blocks",
  "restore-time-unclear": "warns",
  "not-checked": "unchecked",
} as const satisfies Readonly<Record<string, Severity>>;

export type FindingCode = keyof typeof findingCodes;

export function severityOf({ code }: Pick<Finding, "code">): Severity {
  return findingCodes[code];
}

export function isBlocking(finding: Finding): boolean {
  return severityOf(finding) === "blocks";
}

export function isNote(finding: Finding): boolean {
  return severityOf(finding) === "notes";
}

/** The sentence as people see it. */
export function findingText(finding: Finding): string {
  const { code, apiCode, text } = finding;
  const answer = isBlocking(finding) ? "would" : "may";
  return `[${code}] ${text}${apiCode ? ` (the cloud ${answer} answer ${apiCode})` : ""}`;
}

/** All of them; of many with one code, the rest is counted by the inputs that they are about. */
export function findingTexts(findings: readonly Finding[], report: Reporter): string[] {
  const { few, rests } = fewOfMany(findings, ({ code }) => code);
  for (const finding of rests.flat()) report.debug(findingText(finding));
  const more = rests.map((rest) => {
    const about = listNames(rest.map(({ property }) => property.replace(/^dbNames\./, "")));
    return `[${rest[0]?.code ?? ""}] The same applies to ${rest.length} more: ${about}.`;
  });
  return [...few.map(findingText), ...more];
}

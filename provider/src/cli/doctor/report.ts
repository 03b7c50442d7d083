import { exitCodeOf, verdictOf, type Diagnosis, type Row } from "./diagnosis";
import type { ServiceFacts } from "./serviceFacts";

/** The table for people: what was looked at, the verdict, and the sentence. */
export function reportText({ rows, facts }: Diagnosis & { readonly facts?: ServiceFacts }): string {
  const lines = rows.map(({ about, verdict, subject, text }) => [
    about,
    verdict,
    subject === "" ? text : `${subject}: ${text}`,
  ]);
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const verdict = verdictOf(rows);
  return [
    ...table,
    "",
    `${summary[verdict]} Exit code ${exitCodeOf(verdict)}.`,
    ...(facts
      ? ["", "Facts about the service, without ids, names and values:", JSON.stringify(facts, null, 2)]
      : []),
  ].join("\n");
}

/** The same for programs. */
export function reportJson({ rows, facts }: Diagnosis & { readonly facts?: ServiceFacts }): string {
  const verdict = verdictOf(rows);
  return JSON.stringify(
    { version: 1, verdict, exitCode: exitCodeOf(verdict), rows, ...(facts ? { facts } : {}) },
    null,
    2,
  );
}

const summary: Readonly<Record<Row["verdict"], string>> = {
  ok: "Nothing was found that stops a copy.",
  note: "Nothing was found that stops a copy.",
  unchecked: "Not everything could be checked.",
  warning: "Read the warnings before you copy.",
  error: "A copy would fail.",
};

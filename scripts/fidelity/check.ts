import { ledgerProblems, type Ledger } from "./ledger.ts";
import { ledgerPage, ruleRow } from "./page.ts";

/** What is wrong with the ledger, or with the page that was written from it, as sentences; empty where nothing is. */
export function checkLedger(ledger: Ledger, page: string): string[] {
  const lines = page.split("\n");
  const problems = [
    ...ledgerProblems(ledger),
    ...ledger.rules.flatMap((rule) => entryProblem(rule.id, lines, ruleRow(rule))),
  ];
  const ids = new Set(ledger.rules.map(({ id }) => id));
  for (const line of lines) {
    const id = /^\| `([^`]+)` \|/.exec(line)?.[1];
    if (id !== undefined && !ids.has(id)) problems.push(`The page has an entry for ${id}, which is no rule.`);
  }
  if (problems.length === 0 && page !== ledgerPage(ledger)) problems.push("The page is stale.");
  return problems;
}

function entryProblem(id: string, lines: readonly string[], expected: string): string[] {
  if (lines.includes(expected)) return [];
  return lines.some((line) => line.startsWith(`| \`${id}\` |`))
    ? [`The entry of ${id} is stale.`]
    : [`The rule ${id} has no entry.`];
}

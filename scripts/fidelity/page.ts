import type { Rule } from "alicloud-rds-simulator/machine";
import type { Ledger } from "./ledger.ts";

/** The page in the docs: every rule of the simulator with what it rests on. */
export function ledgerPage({ rules, codesNotEnforced, copyOrder }: Ledger): string {
  const count = (basis: Rule["basis"]) => rules.filter((rule) => rule.basis === basis).length;
  return `# What the simulator knows, and from where

Written by \`npm run fidelity\` from the declarations beside the code; \`npm run fidelity -- --check\` fails where this
page and they differ. The simulator was never compared with the live service. Of its ${rules.length} rules ${count("documented")} are
documented (a page or an official list says so), ${count("measured")} were measured (official clients were run or read), and
${count("inferred")} are inferred: they fit what is known, and nothing more. A date is that of the page or of the reading.

${actionsOf(rules)
  .map((action) => section(action, rules))
  .join("\n")}
## In which order a copy is checked

Which of several reasons the service names first is documented nowhere; this order is the simulator's. Rules of one
line exclude each other, or are checked together.

${copyOrder.map((line, index) => `${index + 1}. ${line.split(" ").map(code).join(", ")}`).join("\n")}

## Documented codes that are not enforced

A fault rule plays any of them on any call.

| action | codes | why not |
| --- | --- | --- |
${codesNotEnforced.map(({ action, codes, reason }) => row([cell(action), codes.map(code).join(", "), cell(reason)])).join("\n")}
`;
}

/** The line of one rule; it begins with the rule's id. */
export function ruleRow(rule: Rule): string {
  const answer = rule.kind === "refusal" ? `${rule.status} ${code(rule.code)}` : "";
  const about = [
    rule.parameter === undefined ? "" : cell(rule.parameter),
    rule.switch === undefined ? "" : `switch ${rule.switch.split(", ").map(code).join(", ")}`,
  ].filter((part) => part !== "");
  return row([
    code(rule.id),
    about.join("; "),
    answer,
    cell(rule.says),
    rule.basis,
    cell(rule.source.title),
    rule.source.date,
  ]);
}

function section(action: string, rules: readonly Rule[]): string {
  const own = rules.filter((rule) => rule.action === action).sort(byId);
  return `## ${titles[action] ?? action}

| rule | about | answers | what holds | basis | source | date |
| --- | --- | --- | --- | --- | --- | --- |
${own.map(ruleRow).join("\n")}
`;
}

/** Not by declaration: which file is loaded first must not show in the page. */
const byId = (one: Rule, other: Rule) => (one.id < other.id ? -1 : 1);

const titles: Readonly<Record<string, string>> = { "*": "Every action", gateway: "Before any action" };

/** Gateway first, then what holds for all, then the actions by name. */
function actionsOf(rules: readonly Rule[]): string[] {
  const rank = (action: string) => (action === "gateway" ? 0 : action === "*" ? 1 : 2);
  return [...new Set(rules.map(({ action }) => action))].sort(
    (one, other) => rank(one) - rank(other) || (one < other ? -1 : 1),
  );
}

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const code = (text: string) => `\`${text}\``;
/** Characters that would end a cell or begin a tag. */
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");

import type { CodeNotEnforced, DocumentedCode, Rule } from "alicloud-rds-simulator/machine";

/** Everything that the simulator declares about itself. */
export interface Ledger {
  readonly rules: readonly Rule[];
  readonly documentedCodes: readonly DocumentedCode[];
  readonly codesNotEnforced: readonly CodeNotEnforced[];
  /** In which order a copy is checked, ids of rules. */
  readonly copyOrder: readonly string[];
  readonly actions: readonly string[];
  /** The fields of a world's `service`. */
  readonly switches: readonly string[];
}

/** What the ledger itself lacks, as sentences: whatever the page in the docs says. */
export function ledgerProblems(ledger: Ledger): string[] {
  const { rules, documentedCodes, codesNotEnforced, actions, switches } = ledger;
  const reasons = codesNotEnforced.flatMap(({ action, codes }) => codes.map((code) => ({ action, code })));
  const isDocumented = ({ action, code }: { action: string; code: string }) =>
    documentedCodes.some((documented) => documented.action === action && documented.code === code);
  return [
    ...documentedCodes
      .filter(({ action, code }) => !isEnforced(rules, action, code))
      .filter(
        ({ action, code }) => !reasons.some((reason) => reason.action === action && reason.code === code),
      )
      .map(
        ({ action, code }) => `${code} of ${action} is documented, but neither enforced nor given a reason.`,
      ),
    ...documentedCodes.flatMap((documented) => statusProblems(rules, documented)),
    ...reasons
      .filter(({ action, code }) => isEnforced(rules, action, code))
      .map(({ action, code }) => `${code} of ${action} is enforced, but listed as one that is not.`),
    ...reasons
      .filter((reason) => !isDocumented(reason))
      .map(({ action, code }) => `${code} of ${action} is listed as not enforced, but no document has it.`),
    ...actions
      .filter((action) => !rules.some((rule) => namesOf(rule.action).includes(action)))
      .map((action) => `The action ${action} has no rule.`),
    ...switches
      .filter((field) => !rules.some((rule) => namesOf(rule.switch ?? "").includes(field)))
      .map((field) => `The switch ${field} has no rule.`),
  ];
}

export function isEnforced(rules: readonly Rule[], action: string, code: string): boolean {
  return rules.some((rule) => rule.kind === "refusal" && rule.code === code && covers(rule, action));
}

/** A code of the gateway, or of every action, is enforced wherever a rule answers it. */
const covers = (rule: Rule, action: string): boolean =>
  action === "*" || action === "gateway" || rule.action === "*" || namesOf(rule.action).includes(action);

function statusProblems(rules: readonly Rule[], { action, code, statuses }: DocumentedCode): string[] {
  return rules
    .filter((rule) => rule.kind === "refusal" && rule.code === code && namesOf(rule.action).includes(action))
    .filter((rule) => rule.kind === "refusal" && !statuses.includes(rule.status))
    .map(
      (rule) => `${rule.id} answers ${code} with another status than documented (${statuses.join(", ")}).`,
    );
}

const namesOf = (list: string): string[] => list.split(", ");

import type { Problem } from "../lifecycle/problem";

/**
 * Problems as the engine takes them. Given a property, it prints `property P value {V} has a problem: ...`, and V is
 * `<nil>` for a path inside an input: so the sentence names the property, and the engine is given none.
 */
export function checkFailures(problems: readonly Problem[]): { property: string; reason: string }[] {
  return problems.map(({ property, reason }) => ({
    property: "",
    reason: /^[a-z]/.test(reason) ? `${property} ${reason}` : `${property}: ${reason}`,
  }));
}

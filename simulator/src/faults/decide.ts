import { fraction } from "../machine/message.js";
import type { Fault, FaultRule, FaultThen } from "./rule.js";

export interface FaultDecision {
  /** The rules as they are after this call. */
  readonly faults: readonly Fault[];
  readonly then?: FaultThen;
}

/** Tries the rules in order for one call. The first that fires wins; those after it are not tried and do not count it. */
export function decideFault(faults: readonly Fault[], action: string): FaultDecision {
  const after = [...faults];
  for (const [index, fault] of faults.entries()) {
    if (fault.action !== "*" && fault.action.toLowerCase() !== action.toLowerCase()) continue;
    const tried = fault.tried + 1;
    const fires = firesAt(fault, tried);
    after[index] = { ...fault, tried, fired: fault.fired + (fires ? 1 : 0) };
    if (fires) return { faults: after, then: fault.then };
  }
  return { faults: after };
}

export const addFault = (faults: readonly Fault[], rule: FaultRule): readonly Fault[] => [
  ...faults,
  { ...rule, id: (faults.at(-1)?.id ?? 0) + 1, tried: 0, fired: 0 },
];

function firesAt(fault: Fault, tried: number): boolean {
  const { when } = fault;
  if (when === undefined) return true;
  if ("nth" in when) return tried === when.nth;
  if ("times" in when) return tried <= when.times;
  return fraction(`${when.seed ?? 1}:${fault.id}:${tried}`) < when.probability;
}

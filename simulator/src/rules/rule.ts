import type { Source } from "./sources.js";

/**
 * Everything the simulator knows about the service is declared once, beside the code that acts on it. The
 * declarations together are the fidelity ledger.
 */

/** documented: a page says so. measured: seen on the wire. inferred: fits what is known, and nothing more. */
export type Basis = "documented" | "measured" | "inferred";

interface Declared {
  /** Stable, unique: `copy.target-name-taken`. */
  readonly id: string;
  /** The action it belongs to; `*` for all, `gateway` for what comes before any action. */
  readonly action: string;
  /** What holds, as a sentence for people. */
  readonly says: string;
  readonly basis: Basis;
  readonly source: Source;
  readonly parameter?: string;
  /** The field of the world's `service` that chooses. */
  readonly switch?: string;
}

/** How something behaves: a default, a change of state, an order. */
export interface Behaviour extends Declared {
  readonly kind: "behaviour";
}

/** What is refused, and how. `message` may hold `{placeholders}`; it must not contain any error code. */
export interface RefusalRule extends Declared {
  readonly kind: "refusal";
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

export type Rule = Behaviour | RefusalRule;

const ledger = new Map<string, Rule>();

export const behaviour = (declaration: Omit<Behaviour, "kind">): Behaviour =>
  enter({ kind: "behaviour", ...declaration });

export const refusal = (declaration: Omit<RefusalRule, "kind">): RefusalRule =>
  enter({ kind: "refusal", ...declaration });

/** Every rule in the order of declaration, which inside one action is the order of its checks. */
export const allRules = (): readonly Rule[] => [...ledger.values()];

function enter<R extends Rule>(rule: R): R {
  if (ledger.has(rule.id)) throw new Error(`Two rules are called ${rule.id}.`);
  ledger.set(rule.id, rule);
  return rule;
}

import type { Call } from "../call/call.js";
import type { Product } from "./products.js";

/** One API action: how it is called, what it needs, what it does. */
export interface Action {
  readonly name: string;
  /** Default: Rds. */
  readonly product?: Product;
  /** Whether it may come without a signature. */
  readonly unsigned?: boolean;
  /** Parameters without which it is refused with MissingParameter, in the order they are asked for. */
  readonly required: readonly string[];
  /** Further parameters that it acts on; those of lists without their numbers: `Tag`. */
  readonly optional?: readonly string[];
  /**
   * Parameters of the real action that it does not act on, each with the values that ask for nothing the simulator
   * does not do anyway. Any other value is refused by name, so that nothing is accepted and lost.
   */
  readonly refuses?: Readonly<Record<string, readonly string[]>>;
  /** Parameters that change nothing, each with a rule of the ledger that says why. */
  readonly withoutEffect?: readonly string[];
  /** Gives the body without RequestId, or throws a Refusal. */
  handle(call: Call): Readonly<Record<string, unknown>>;
}

export const action = (definition: Action): Action => definition;

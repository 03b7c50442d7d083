import type { Call } from "../machine/call.js";
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
  /** Gives the body without RequestId, or throws a Refusal. */
  handle(call: Call): Readonly<Record<string, unknown>>;
}

export const action = (definition: Action): Action => definition;

import type { CopyState } from "./state";

/** A resource that exists: whole, or with reasons why it is not finished yet. */
export interface Ending {
  readonly id: string;
  readonly state: CopyState;
  /** Empty if everything is done. Else the resource is kept, and the next run continues it. */
  readonly reasons: readonly string[];
}

/** A foreseeable failure, told in sentences. A create that fails with one leaves no state behind, an update the old one. */
export class LifecycleError extends Error {
  override readonly name = "LifecycleError";
}

import type { CopyState } from "./state";

/** A resource that exists: whole, or with reasons why it is not finished yet. */
export interface Ending {
  readonly id: string;
  readonly state: CopyState;
  /** Empty if everything is done. Else the resource is kept, and the next run resumes it. */
  readonly reasons: readonly string[];
}

/** A foreseeable failure before anything was accepted, told in sentences. It leaves no state behind. */
export class LifecycleError extends Error {
  override readonly name = "LifecycleError";
}

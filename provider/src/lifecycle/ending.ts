import { toUtcSeconds } from "../time/moment";
import type { Run } from "./run";
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

/** The names that applications read, and whether anything is left to do. */
export function ending(
  id: string,
  state: Omit<CopyState, "names" | "completedAt">,
  reasons: readonly string[],
  run: Run,
): Ending {
  const names = Object.fromEntries(
    Object.entries(state.dbNames).map(([source, target]) => [
      source,
      state.databases[target]?.targetName ?? target,
    ]),
  );
  const completed = reasons.length === 0 ? { completedAt: toUtcSeconds(run.clock.now()) } : {};
  return { id, state: { ...state, names, ...completed }, reasons };
}

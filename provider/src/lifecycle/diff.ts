import type { PartialInputs } from "./inputs";
import { planChange } from "./plan";
import type { Run } from "./run";
import type { CopyState } from "./state";
import type { ConnectionOverrides } from "../rds/connection";
import { holdsUnknown } from "./unknown";

/** What the engine is told. Always explicit booleans: without one it compares the inputs itself. */
export interface Difference {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** Compares the recorded state with the wanted inputs, without a call to the cloud. */
export function diff(old: CopyState, wanted: PartialInputs, run: Run): Difference {
  const overrides = holdsUnknown(wanted.connection)
    ? old.connection
    : (wanted.connection as ConnectionOverrides | undefined);
  const plan = planChange(old, wanted, run.connect(overrides));
  switch (plan.kind) {
    case "nothing":
      return { changes: false, replaces: [], deleteBeforeReplace: false };
    case "record":
    case "change":
    // Never announced as a certain replace or drop; equal once known, it is nothing.
    case "undecided":
      return { changes: true, replaces: [], deleteBeforeReplace: false };
    case "replace":
      run.report.warn(
        `Replaced because ${plan.reasons.join("; ")}. What this resource copied is dropped first, then copied anew.`,
      );
      return { changes: true, replaces: plan.properties, deleteBeforeReplace: true };
  }
}

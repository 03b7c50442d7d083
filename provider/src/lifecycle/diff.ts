import type { PartialInputs } from "./inputs";
import { listNames } from "../copy/databaseNames";
import { planChange, type Plan } from "./plan";
import type { Run } from "./run";
import { recordOf, type CopyState } from "./state";
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
    case "change":
      for (const line of otherChanges(old, plan)) run.report.info(line);
      return { changes: true, replaces: [], deleteBeforeReplace: false };
    case "record":
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

/** What an update does beside copying the names that are new: `check` has told of those. */
function otherChanges(
  { databases, targetDbInstanceId }: CopyState,
  { fill, drop }: Extract<Plan, { kind: "change" }>,
): string[] {
  const known = Object.values(fill).flatMap((target) => {
    const there = recordOf({ databases }, target);
    return there ? [there] : [];
  });
  const lost = known.filter(({ status }) => status === "Missing").map(({ targetName }) => targetName);
  const late = known
    .filter(({ status }) => status !== "Missing")
    .map(({ targetName, status }) => `${targetName} (${status})`);
  const dropped = drop
    .filter((name) => databases[name]?.origin === "copied")
    .map((name) => databases[name]?.targetName ?? name);
  return [
    ...(lost.length > 0
      ? [`An update copies what is missing on ${targetDbInstanceId} again: ${listNames(lost)}.`]
      : []),
    ...(late.length > 0
      ? [`An update finishes what is not done on ${targetDbInstanceId}: ${listNames(late)}.`]
      : []),
    ...(dropped.length > 0
      ? [
          `An update drops what is no longer declared, after everything else runs: ${listNames(dropped)} on ${targetDbInstanceId}.`,
        ]
      : []),
  ];
}

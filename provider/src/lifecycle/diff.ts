import { listNames } from "../copy/databaseNames";
import { describeRestorePoint } from "../copy/restorePoint";
import { foresee } from "./foresee";
import type { PartialInputs } from "./inputs";
import type { Session } from "./memory";
import { planChange } from "./plan";
import { LifecycleError, type CopyState } from "./state";
import { holdsUnknown } from "./unknown";

/** What the engine is told. Always explicit booleans: without one it compares the inputs itself. */
export interface Difference {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** A pin that replaces nothing copies nothing either. */
function staysAsItIs({ databases, restorePoint, targetDbInstanceId: target }: CopyState): string[] {
  const adopted = Object.keys(databases).filter((name) => databases[name]?.phase === "adopted");
  return [
    ...(restorePoint && adopted.length < Object.keys(databases).length
      ? [`Nothing is copied: the data stays that of ${describeRestorePoint(restorePoint)}.`]
      : []),
    ...(adopted.length > 0
      ? [
          `Nothing is copied: ${listNames(adopted)} on ${target} ${adopted.length === 1 ? "was adopted and stays as it is" : "were adopted and stay as they are"}.`,
        ]
      : []),
  ];
}

/** What may be dropped by a value that is known only in the run. */
function mayDrop(old: CopyState, { dbNames }: PartialInputs, mayReplace: readonly string[]): string[] {
  const names = copiedIn(old);
  if (names.length === 0) return [];
  const databases = `${listNames(names)} on ${old.targetDbInstanceId}`;
  const known = (what: string) => `The value of ${what} is known only in the run.`;
  if (mayReplace.length > 0)
    return [
      `${known(mayReplace.join(" and "))} If it differs from the recorded one, ${databases} will be dropped and copied again.`,
    ];
  return holdsUnknown(dbNames)
    ? [`${known("dbNames")} What it no longer declares of ${databases} will be dropped.`]
    : [];
}

function droppedFirst(old: CopyState): string {
  const names = copiedIn(old);
  if (names.length === 0) return "";
  return ` ${listNames(names)} on ${old.targetDbInstanceId} ${names.length === 1 ? "is" : "are"} dropped first, then copied again.`;
}

/** What is adopted is never dropped. */
function copiedIn({ databases }: CopyState): string[] {
  return Object.keys(databases).filter((name) => databases[name]?.phase !== "adopted");
}

/** Compares the recorded state with the wanted inputs. The cloud is asked only where an update has something to do there. */
export async function diff(old: CopyState, wanted: PartialInputs, session: Session): Promise<Difference> {
  const { memory, report } = session;
  memory.sawFormer(typeof wanted.resourceUrn === "string" ? wanted.resourceUrn : undefined, {
    inputs: old,
    state: old,
  });
  const plan = planChange(old, wanted);
  const inPlace = { changes: true, replaces: [], deleteBeforeReplace: false };
  switch (plan.kind) {
    case "nothing":
      return { ...inPlace, changes: false };
    case "record":
      if (old.backupId !== wanted.backupId || old.restoreTime !== wanted.restoreTime)
        for (const line of staysAsItIs(old)) report.info(line);
      return inPlace;
    case "change": {
      const problems = await foresee(wanted, { kind: "update", state: old }, session);
      if (problems.length > 0)
        throw new LifecycleError(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
      return inPlace;
    }
    // Never announced as a certain replacement; equal once known, it is nothing.
    case "undecided":
      for (const line of mayDrop(old, wanted, plan.mayReplace)) report.warn(line);
      return inPlace;
    case "replace":
      report.warn(`Replaced because ${plan.reasons.join("; ")}.${droppedFirst(old)}`);
      return { changes: true, replaces: plan.properties, deleteBeforeReplace: true };
  }
}

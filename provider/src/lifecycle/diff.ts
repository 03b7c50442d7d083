import { describeRestorePoint } from "../copy/restorePoint";
import { foresee } from "./foresee";
import type { PartialInputs } from "./inputs";
import type { Session } from "./memory";
import { planChange } from "./plan";
import { LifecycleError, type CopyState } from "./state";

/** What the engine is told. Always explicit booleans: without one it compares the inputs itself. */
export interface Difference {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
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
      if (old.restorePoint && (old.backupId !== wanted.backupId || old.restoreTime !== wanted.restoreTime))
        report.info(`Nothing is copied: the data stays that of ${describeRestorePoint(old.restorePoint)}.`);
      return inPlace;
    case "change": {
      const problems = await foresee(wanted, { kind: "update", state: old }, session);
      if (problems.length > 0)
        throw new LifecycleError(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
      return inPlace;
    }
    // Never announced as a certain replacement; equal once known, it is nothing.
    case "undecided":
      if (plan.mayReplace.length > 0)
        report.warn(
          `The value of ${plan.mayReplace.join(" and ")} is known only in the run. If it differs from the recorded one, the databases of ` +
            "this resource will be dropped and copied again.",
        );
      return inPlace;
    case "replace":
      report.warn(
        `Replaced because ${plan.reasons.join("; ")}. The databases of this resource are dropped first, then copied again.`,
      );
      return { changes: true, replaces: plan.properties, deleteBeforeReplace: true };
  }
}

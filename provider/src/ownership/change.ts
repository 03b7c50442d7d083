import { sameName, type DatabaseNames } from "../copy/databaseNames";
import { isSamePoint, type RestorePoint, type RestorePointChoice } from "../copy/restorePoint";
import { recordOf, type DatabaseRecord, type Records } from "./record";
import type { Rules } from "./rules";

/** What the state says, as far as `diff` cares about ownership. */
export interface Recorded {
  readonly records: Records;
  /** The last operation ended unfinished. */
  readonly isUnfinished: boolean;
  /** `ownershipMarks` of the wanted inputs: with it, what never had a mark gets one. */
  readonly marksOn: boolean;
}

/** Whether there is something to do for an update although no input changed. */
export function needsUpdate({ records, isUnfinished, marksOn }: Recorded, names: DatabaseNames): boolean {
  const targets = Object.values(names);
  return (
    isUnfinished ||
    Object.keys(records).some((name) => !targets.some((target) => sameName(target, name))) ||
    Object.values(records).some(isUnsettled) ||
    (marksOn && Object.values(records).some(isNeverMarked)) ||
    targets.some((target) => (recordOf(records, target)?.phase ?? "filling") === "filling")
  );
}

/** Someone else's by now, or out of order: named by every preview until a person has settled it. */
function isUnsettled(record: DatabaseRecord): boolean {
  const { phase, status = "Running" } = record;
  return phase !== "adopted" && status !== "Running";
}

function isNeverMarked(record: DatabaseRecord): boolean {
  return record.phase !== "adopted" && record.unmarked === true;
}

/**
 * The restore points that the declared databases hold, and the one kept beside the records: what is missing comes from there,
 * so that the databases of one resource are of one moment. Where none of the recorded databases is declared any more the
 * names are a new generation, which is of the latest backup.
 */
export function heldPoints(
  records: Records,
  kept: RestorePoint | undefined,
  targets: readonly string[],
): RestorePoint[] {
  const declared = targets.flatMap((target) => recordOf(records, target) ?? []);
  if (declared.length === 0 && Object.keys(records).length > 0) return [];
  const recorded = declared.flatMap((record) => (record.phase === "adopted" ? [] : [record.point]));
  return [...recorded, ...(kept ? [kept] : [])];
}

/** The declared databases that hold other data than the program wants: what a replacement is for. */
export function holdsOtherData(records: Records, names: DatabaseNames, choice: RestorePointChoice): string[] {
  return Object.entries(names).flatMap(([source, target]) => {
    const record = recordOf(records, target);
    if (!record || record.phase === "adopted") return [];
    const isOther =
      record.otherSource !== undefined ||
      (record.source !== undefined && !sameName(record.source, source)) ||
      !isSamePoint(choice, record.point);
    return isOther ? [target] : [];
  });
}

/** What `check` refuses because two options contradict each other; the sentences are in `explain`. */
export type OptionProblem = "adoptNeedsMarks" | "createFirst" | "retained";

export interface Options {
  readonly adopt: boolean;
  readonly marksOn: boolean;
  /** These inputs differ from the state in what cannot be updated. */
  readonly isReplaced: boolean;
  /** `deleteBeforeReplace: false`. */
  readonly createFirst: boolean;
  /** `retainOnDelete`, of the old inputs or the new. */
  readonly retain: boolean;
  readonly names: readonly string[];
  /** The target names of the old inputs, on the same instance. */
  readonly hadNames: readonly string[];
}

export function optionProblem(options: Options, rules: Rules): OptionProblem | undefined {
  const { adopt, marksOn, isReplaced, createFirst, retain, names, hadNames } = options;
  // Two resources would hold it, and neither could tell.
  if (adopt && !marksOn) return "adoptNeedsMarks";
  // The copy would find its own names taken.
  if (isReplaced && createFirst) return "createFirst";
  // The same: nobody would drop the old ones.
  const staysInPlace = names.some((name) => hadNames.some((had) => sameName(had, name)));
  if (isReplaced && retain && rules.refuseRetained && staysInPlace) return "retained";
  return undefined;
}

import { withName, type DatabaseNames } from "../copy/databaseNames";
import { findingText } from "../preflight/finding";
import { nameTaken } from "../preflight/targetNameFindings";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { untilListed } from "../copy/untilListed";
import { LifecycleError } from "./ending";
import type { CopyInputs } from "./inputs";
import type { Run } from "./run";
import { recordOf, type CopyState, type DatabaseState } from "./state";
import { whyNotOurs } from "./whyNotOurs";

/** What a look at the target says about the databases that are unfinished or new. */
export interface Sorted {
  /** There and ours, or taken over: only to be waited for. By target name as declared. */
  readonly underWay: Readonly<Record<string, DatabaseState>>;
  /** Not there: to be copied. */
  readonly missing: DatabaseNames;
  /** On the way out; to be copied when they are gone. */
  readonly beingDeleted: readonly string[];
}

export interface ResumeOptions {
  readonly rds: RdsApi;
  readonly deadline: number;
  readonly old: CopyState;
  readonly inputs: CopyInputs;
  readonly names: DatabaseNames;
  /** The databases of the target, listed just now. */
  readonly listed: readonly DatabaseFacts[];
  /** Target names of the state that were recognised as this resource's own just now. */
  readonly recognised: ReadonlySet<string>;
  /** Target names that an earlier copy of this resource with other inputs may still bring. */
  readonly mayCome: ReadonlySet<string>;
}

/** Tells what is under way on the target, what is missing and what is in the way. */
export async function sortForResume(options: ResumeOptions, run: Run): Promise<Sorted> {
  const { rds, old, inputs, names, listed: first, recognised, mayCome } = options;
  const isExpected = (target: string) => recordOf(old, target)?.status === "Requested" || mayCome.has(target);
  const listed = await untilListed({
    rds,
    clock: run.clock,
    signal: run.signal,
    deadline: options.deadline,
    instanceId: inputs.targetDbInstanceId,
    names: Object.values(names).filter(isExpected),
    listed: first,
  });

  const notOurs = (database: DatabaseState, there: DatabaseFacts) =>
    recognised.has(database.targetName)
      ? undefined
      : whyNotOurs(rds, { ...inputs, startedAt: old.startedAt }, database, there, run);

  const underWay: Record<string, DatabaseState> = {};
  const missing: Record<string, string> = {};
  const beingDeleted: string[] = [];
  const taken: string[] = [];
  for (const [source, target] of Object.entries(names)) {
    const there = withName(listed, target);
    const recorded = recordOf(old, target);
    if (!there) {
      missing[source] = target;
    } else if (there.status === "Deleting") {
      missing[source] = target;
      beingDeleted.push(there.name);
    } else if (recorded && recorded.status !== "Missing" && !(await notOurs(recorded, there))) {
      underWay[target] = { ...recorded, targetName: there.name, status: there.status };
    } else if (inputs.adoptExisting) {
      underWay[target] = {
        sourceName: source,
        targetName: there.name,
        status: there.status,
        origin: "adopted",
      };
    } else {
      // Recorded as missing and there again, or never ours: somebody else made it.
      taken.push(findingText(nameTaken(inputs.targetDbInstanceId, source, there, inputs.resourceUrn)));
    }
  }
  if (taken.length > 0) throw new LifecycleError(taken.join("\n"));
  return { underWay, missing, beingDeleted };
}

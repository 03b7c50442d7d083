import { sameName, type DatabaseNames } from "../copy/databaseNames";
import { findingText } from "../copy/preflight/finding";
import { nameTaken } from "../copy/preflight/targetNameFindings";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { wait } from "../time/waiter";
import { LifecycleError } from "./ending";
import type { CopyInputs } from "./inputs";
import { leftBehind } from "./leftBehind";
import { whyForeign } from "./marking";
import type { Run } from "./run";
import type { CopyState, DatabaseState } from "./state";

/** What a look at the target says about the databases that are unfinished or new. */
export interface Sorted {
  /** There and ours, or taken over: only to be waited for. By target name as declared. */
  readonly underWay: Readonly<Record<string, DatabaseState>>;
  /** Not there: to be copied. */
  readonly missing: DatabaseNames;
  /** On the way out; to be copied when they are gone. */
  readonly beingDeleted: readonly string[];
  /** Request id of a copy that the state does not know. */
  readonly requestId?: string;
}

export interface ResumeOptions {
  readonly rds: RdsApi;
  readonly deadline: number;
  readonly old: CopyState;
  readonly inputs: CopyInputs;
  readonly names: DatabaseNames;
}

/** Looks at the target and tells what is under way, what is missing and what is in the way. */
export async function sortForResume(options: ResumeOptions, run: Run): Promise<Sorted> {
  const { rds, old, inputs, names } = options;
  const first = await rds.describeDatabases(inputs.targetDbInstanceId);
  const unrecorded = entriesWhere(
    names,
    (target) => (recordOf(old, target)?.status ?? "Missing") === "Missing",
  );
  const left =
    Object.keys(unrecorded).length === 0
      ? undefined
      : await leftBehind({ rds, inputs, listed: first, names: unrecorded, morePoints: pointsOf(old) }, run);
  const known = (target: string) => left?.databases[target] ?? recordOf(old, target);
  const listed = await whenRequestedAppear(options, first, known, run);

  const underWay: Record<string, DatabaseState> = {};
  const missing: Record<string, string> = {};
  const beingDeleted: string[] = [];
  const taken: string[] = [];
  for (const [source, target] of Object.entries(names)) {
    const found = listed.find(({ name }) => sameName(name, target));
    const recorded = known(target);
    if (!found) {
      missing[source] = target;
    } else if (found.status === "Deleting") {
      missing[source] = target;
      beingDeleted.push(found.name);
    } else if (recorded && recorded.status !== "Missing" && !whyForeign(inputs, recorded, found)) {
      underWay[target] = { ...recorded, targetName: found.name, status: found.status };
    } else if (inputs.adoptExisting) {
      underWay[target] = {
        sourceName: source,
        targetName: found.name,
        status: found.status,
        origin: "adopted",
      };
    } else {
      // Recorded as missing and there again, or never ours: somebody else made it.
      taken.push(findingText(nameTaken(inputs.targetDbInstanceId, source, found)));
    }
  }
  if (taken.length > 0) throw new LifecycleError(taken.join("\n"));
  return {
    underWay,
    missing,
    beingDeleted,
    ...(left?.requestId === undefined ? {} : { requestId: left.requestId }),
  };
}

/** An accepted copy may take a moment to be listed: a database that was asked for gets this time to appear. */
const appearsWithinMs = 60_000;

async function whenRequestedAppear(
  { rds, deadline, inputs, names }: ResumeOptions,
  first: readonly DatabaseFacts[],
  known: (target: string) => DatabaseState | undefined,
  { clock, signal }: Run,
): Promise<readonly DatabaseFacts[]> {
  const requested = Object.values(names).filter((target) => known(target)?.status === "Requested");
  const allAppeared = (listed: readonly DatabaseFacts[]) =>
    requested.every((target) => listed.some(({ name }) => sameName(name, target)));
  let listed = first;
  if (allAppeared(listed)) return listed;
  await wait<void, never>(
    async () => {
      listed = await rds.describeDatabases(inputs.targetDbInstanceId);
      return allAppeared(listed) ? { state: "done", value: undefined } : { state: "pending" };
    },
    { clock, signal, deadline: Math.min(deadline, clock.now() + appearsWithinMs) },
  );
  return listed;
}

function recordOf(old: CopyState, target: string): DatabaseState | undefined {
  return Object.entries(old.databases).find(([name]) => sameName(name, target))?.[1];
}

function pointsOf(old: CopyState) {
  return Object.values(old.databases).flatMap(({ restorePoint }) => (restorePoint ? [restorePoint] : []));
}

function entriesWhere(names: DatabaseNames, matches: (target: string) => boolean): DatabaseNames {
  return Object.fromEntries(Object.entries(names).filter(([, target]) => matches(target)));
}

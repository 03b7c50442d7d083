import { sameName, type DatabaseNames } from "../copy/databaseNames";
import { findingText } from "../copy/preflight/finding";
import { nameTaken } from "../copy/preflight/targetNameFindings";
import type { RdsApi } from "../rds/rdsApi";
import type { Clock } from "../time/clock";
import { wait } from "../time/waiter";
import { LifecycleError } from "./ending";
import type { CopyInputs } from "./inputs";
import type { ProcessMemory } from "./memory";
import type { CopyState, DatabaseState } from "./state";

/** What a look at the target says about the databases that are unfinished or new. */
export interface Sorted {
  /** There and ours, or taken over: only to be waited for. By target name as declared. */
  readonly resumed: Readonly<Record<string, DatabaseState>>;
  /** Not there: to be copied. */
  readonly missing: DatabaseNames;
  /** On the way out; to be copied when they are gone. */
  readonly beingDeleted: readonly string[];
}

export interface ResumeOptions {
  readonly rds: RdsApi;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly deadline: number;
  readonly old: CopyState;
  readonly inputs: CopyInputs;
  readonly names: DatabaseNames;
  readonly memory: ProcessMemory;
}

/** Looks at the target and tells what is under way, what is missing and what is in the way. */
export async function sortForResume(options: ResumeOptions): Promise<Sorted> {
  const { old, inputs, names } = options;
  const listed = await listWhenRequestedAppear(options);
  const resumed: Record<string, DatabaseState> = {};
  const missing: Record<string, string> = {};
  const beingDeleted: string[] = [];
  const taken: string[] = [];
  for (const [source, target] of Object.entries(names)) {
    const found = listed.find(({ name }) => sameName(name, target));
    const recorded = Object.entries(old.databases).find(([name]) => sameName(name, target))?.[1];
    if (!found) {
      missing[source] = target;
    } else if (found.status === "Deleting") {
      missing[source] = target;
      beingDeleted.push(found.name);
    } else if (recorded && recorded.status !== "Missing") {
      resumed[target] = { ...recorded, targetName: found.name, status: found.status };
    } else if (inputs.adoptExisting) {
      resumed[target] = {
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
  return { resumed, missing, beingDeleted };
}

/** An accepted copy may take a moment to be listed: a database that was asked for gets this time to appear. */
const appearsWithinMs = 60_000;

async function listWhenRequestedAppear({ rds, clock, signal, deadline, old, inputs, names }: ResumeOptions) {
  const requested = Object.entries(old.databases)
    .filter(
      ([name, { status }]) =>
        status === "Requested" && Object.values(names).some((target) => sameName(target, name)),
    )
    .map(([name]) => name);
  let listed = await rds.describeDatabases(inputs.targetDbInstanceId);
  await wait<void, never>(
    async () => {
      if (requested.every((name) => listed.some((one) => sameName(one.name, name))))
        return { state: "done", value: undefined };
      listed = await rds.describeDatabases(inputs.targetDbInstanceId);
      return { state: "pending" };
    },
    { clock, signal, deadline: Math.min(deadline, clock.now() + appearsWithinMs) },
  );
  return listed;
}

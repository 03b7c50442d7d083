import { listNames, sameName } from "../copy/databaseNames";
import { targetIn } from "../copy/resourceId";
import { patientReads } from "../rds/patientReads";
import { blockAware } from "./blockAware";
import { LifecycleError } from "./ending";
import { explained } from "./explain";
import { withDefaults, type CopyInputs } from "./inputs";
import { lookAt, type Listed } from "./look";
import { ownReceipt } from "./ownReceipt";
import { rdsOf } from "./place";
import { reclaimForeign } from "./reclaim";
import { normaliseInputs } from "./normalise";
import { shapeInputs } from "./shape";
import { readBudgetMs, type Run } from "./run";
import { asSeen } from "./asSeen";
import { warnOfStrays } from "./strays";
import type { CopyState, DatabaseState } from "./state";

/** What a look at the recorded databases showed. */
export type ReadResult =
  { readonly state: "gone" } | { readonly state: "present"; readonly resource: CopyState };

/**
 * Looks at the recorded databases. A missing one is recorded as such; only if all are definitely missing,
 * or the instance is, twice in a row, the resource is gone. Any other failure keeps the state. So does the receipt
 * of a copy that never came to its end: forgotten, nothing would take it off any more.
 */
export async function read(id: string, recorded: CopyState | CopyInputs, run: Run): Promise<ReadResult> {
  const cloud = "databases" in recorded ? rdsOf(recorded, run) : run.rds(recorded.connection);
  const rds = patientReads(blockAware(cloud), run.clock, readBudgetMs, run.signal);
  const state = "databases" in recorded ? recorded : unowned(id, recorded, rds.region, run);
  const instanceId = state.targetDbInstanceId;

  const listed = await explained(`Reading the databases on ${instanceId}`, rds, () =>
    lookAt(rds, instanceId, run, (seen) => isGone(state, seen)),
  );
  const isLetGo =
    isGone(state, listed) &&
    !(
      listed &&
      (await explained(`Reading the tags of ${instanceId}`, rds, () => ownReceipt(state, rds))) !== undefined
    );
  if (isLetGo) {
    const absence =
      `${listed === undefined ? `Instance ${instanceId} was not` : `none of ${listNames(Object.keys(state.databases))} on ${instanceId} was`} ` +
      `found in region ${rds.region} (endpoint ${rds.endpoint})`;
    if (state !== recorded) {
      throw new LifecycleError(
        `DatabaseCopy ${id} cannot be read: ${absence}. Check the id, the names, the region and the account.`,
      );
    }
    run.report.warn(
      `${absence[0]?.toUpperCase()}${absence.slice(1)}, so this resource is taken as gone. If they exist, the region or ` +
        `the account of this run is another one than theirs: correct it and run "pulumi refresh" or "pulumi up" again.`,
    );
    return { state: "gone" };
  }
  warnOfStrays({ inputs: state, recorded: state.databases, listed: listed ?? [] }, run);
  const options = { rds, inputs: state, recorded: state, listed: listed ?? [] };
  const known = await explained(`Reading the databases on ${instanceId}`, rds, () =>
    reclaimForeign(options, run),
  );
  const databases = Object.fromEntries(
    Object.entries(known.state.databases).map(([name, database]) => [
      name,
      known.recognised.has(name) ? database : asSeen(state, database, listed ?? [], run),
    ]),
  );
  const names = Object.fromEntries(
    Object.entries(state.names).map(([source, name]) => [
      source,
      databases[state.dbNames[source] ?? ""]?.targetName ?? name,
    ]),
  );
  return { state: "present", resource: { ...state, databases, names } };
}

/** A database that was asked for and never listed is still to come, so it is not gone. */
function isGone(state: CopyState, listed: Listed): boolean {
  if (listed === undefined) return true;
  return Object.values(state.databases).every(
    ({ targetName, status }) =>
      status !== "Requested" && !listed.some(({ name }) => sameName(name, targetName)),
  );
}

/** `DatabaseCopy.get`: databases that are there, read without owning them. Its inputs come as they were written: `check` has not seen them. */
function unowned(id: string, given: CopyInputs, region: string, run: Run): CopyState {
  const { shaped, problems } = shapeInputs({ ...given });
  const { inputs, problems: broken } = normaliseInputs(shaped, run.clock);
  const wrong = [...problems, ...broken].filter(({ property }) => property.startsWith("dbNames"));
  const { dbNames } = inputs as Partial<CopyInputs>;
  const targetDbInstanceId = given.targetDbInstanceId ?? targetIn(id);
  if (!targetDbInstanceId) {
    throw new LifecycleError(
      `DatabaseCopy ${id} cannot be read: its id does not tell the target, which is a secret of its owner; give targetDbInstanceId, too.`,
    );
  }
  if (dbNames === undefined || wrong.length > 0) {
    throw new LifecycleError(
      [
        `DatabaseCopy ${id} cannot be read: give dbNames (and targetDbInstanceId, unless the id begins with it), since the cloud does not record which databases a copy made.`,
        ...wrong.map(({ property, reason }) => `${property} ${reason}`),
      ].join("\n"),
    );
  }
  const databases = Object.fromEntries(
    Object.entries(dbNames).map(([sourceName, targetName]): [string, DatabaseState] => [
      targetName,
      { sourceName, targetName, status: "Unknown", origin: "adopted" },
    ]),
  );
  return {
    ...withDefaults({ ...given, dbNames, targetDbInstanceId }),
    names: dbNames,
    databases,
    dataVersion: id,
    region,
    startedAt: "",
  };
}

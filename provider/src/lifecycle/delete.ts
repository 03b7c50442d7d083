import { withName } from "../copy/databaseNames";
import { parseReceipt, type Receipt } from "../copy/marks";
import { RdsFailure } from "../rds/failure";
import { patientReads } from "../rds/patientReads";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { dropDeclared } from "./drop";
import { LifecycleError } from "./ending";
import { timeoutOf } from "./inputs";
import { lookIfPossible, type Listed } from "./look";
import { ownershipOf, whyForeign } from "./marking";
import { ownReceipt } from "./ownReceipt";
import { rdsOf } from "./place";
import { readBudgetMs, type Run } from "./run";
import { recordOf, type CopyState } from "./state";
import { warnOfStrays } from "./strays";

/**
 * Drops the databases that this resource copied and waits until they are gone. Databases that are gone
 * already, and a target instance that is gone, are success; the source does not matter.
 */
export async function deleteCopy(state: CopyState, run: Run): Promise<void> {
  const deadline = run.clock.now() + timeoutOf(state, "delete");
  const names = Object.keys(state.databases);
  const rds = rdsOf(state, run);
  const receipt = await receiptOn(state, rds, run);
  const isAbsent = (seen: Listed) => seen === undefined;
  const listed = await lookIfPossible(rds, state.targetDbInstanceId, run, isAbsent);
  // Where it cannot be looked at, the drop fails in the same way, and says so.
  if (listed !== "unseen") {
    refuseInVain(state, listed ?? [], run);
    tellWhatStays(state, rds, listed, receipt, run);
  }
  // The receipt goes first: the state still tells of the databases, and forgotten by then nothing of it is left.
  if (receipt !== "none") await ownershipOf(state, rds, run).settled(state.targetDbInstanceId);
  const { reasons, isAnyDropped } = await dropDeclared({ rds, deadline, state, names }, run);
  if (reasons.length > 0) throw new LifecycleError(reasons.join("\n"));
  run.memory.deleted(state.resourceUrn, isAnyDropped);
}

/** The receipt that is to be taken off; `unknown` where it cannot be read: taking off what is not on does no harm. */
async function receiptOn(state: CopyState, rds: RdsApi, run: Run): Promise<Receipt | "none" | "unknown"> {
  try {
    const written = await ownReceipt(state, patientReads(rds, run.clock, readBudgetMs, run.signal));
    // One that never came to its end has it, whatever a list says that may be late.
    if (written === undefined) return state.completedAt === undefined ? "unknown" : "none";
    return parseReceipt(written) ?? "unknown";
  } catch (error) {
    if (error instanceof RdsFailure) return "unknown";
    throw error;
  }
}

/** Nothing is dropped for a replacement that somebody's database stands in the way of: its copy would be refused. */
function refuseInVain(state: CopyState, listed: readonly DatabaseFacts[], run: Run): void {
  const next = run.memory.creationOf(state.resourceUrn);
  if (!next || next.adoptExisting || next.targetDbInstanceId !== state.targetDbInstanceId) return;
  const theirs = next.targetNames.flatMap((name) => {
    const database = recordOf(state, name);
    const found = database && withName(listed, database.targetName);
    return found ? (whyForeign(state, database, found) ?? []) : [];
  });
  if (theirs.length === 0) return;
  throw new LifecycleError(
    `This resource is to be replaced, and the new copy would be refused, so nothing was dropped. ${theirs.join(" ")} Drop or rename it yourself, ` +
      `give the new copy another target name, or set adoptExisting: true.`,
  );
}

/** When this is done, no state tells of the resource any more: what it leaves, and where it found nothing, is said now. */
function tellWhatStays(
  state: CopyState,
  { region, endpoint }: RdsApi,
  listed: Listed,
  receipt: Receipt | "none" | "unknown",
  run: Run,
): void {
  const instanceId = state.targetDbInstanceId;
  if (listed === undefined) {
    run.report.warn(
      `Instance ${instanceId} was not found in region ${region} (endpoint ${endpoint}), so its databases are taken as gone, and this resource ` +
        `with them. If it exists, the region or the account of this run is another one than its own: what was copied is still there then, and yours to drop.`,
    );
    return;
  }
  const spoken = typeof receipt === "string" ? undefined : receipt;
  warnOfStrays({ inputs: state, recorded: state.databases, listed, receipt: spoken }, run);
}

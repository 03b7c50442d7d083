import { RdsFailure } from "../rds/failure";
import { patientReads } from "../rds/patientReads";
import type { RdsApi } from "../rds/rdsApi";
import { dropDeclared } from "./drop";
import { LifecycleError } from "./ending";
import { timeoutOf } from "./inputs";
import { ownershipOf } from "./marking";
import { hasReceipt } from "./ownReceipt";
import { readBudgetMs, type Run } from "./run";
import type { CopyState } from "./state";

/**
 * Drops the databases that this resource copied and waits until they are gone. Databases that are gone
 * already, and a target instance that is gone, are success; the source does not matter.
 */
export async function deleteCopy(state: CopyState, run: Run): Promise<void> {
  const deadline = run.clock.now() + timeoutOf(state, "delete");
  const names = Object.keys(state.databases);
  const rds = run.rds(state.connection);
  // The receipt goes first: the state still tells of the databases, and forgotten by then nothing of it is left.
  if (await mayHaveReceipt(state, rds, run))
    await ownershipOf(state, rds, run).settled(state.targetDbInstanceId);
  const { reasons } = await dropDeclared({ rds, deadline, state, names }, run);
  if (reasons.length > 0) throw new LifecycleError(reasons.join("\n"));
  run.memory.deleted(state.resourceUrn);
}

async function mayHaveReceipt(state: CopyState, rds: RdsApi, run: Run): Promise<boolean> {
  if (state.completedAt === undefined) return true;
  try {
    return await hasReceipt(state, patientReads(rds, run.clock, readBudgetMs, run.signal));
  } catch (error) {
    // Not known: taking off what is not on does no harm.
    if (error instanceof RdsFailure) return true;
    throw error;
  }
}

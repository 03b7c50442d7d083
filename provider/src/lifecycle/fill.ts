import { findingText, isBlocking, type Finding } from "../preflight/finding";
import type { CopyPlan } from "../preflight/plan";
import { checkGuard, preflight } from "../preflight/preflight";
import { backupPoint, usableBackups, type RestorePoint, type RestorePointChoice } from "../copy/restorePoint";
import { patientReads } from "../rds/patientReads";
import { RdsFailure } from "../rds/failure";
import { nextStep } from "../rds/nextStep";
import type { BackupSet, DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { askForCopy, type CopyOrder, type Filled, type Refused } from "./askForCopy";
import { freshFacts } from "./freshFacts";
import { readBudgetMs, type Run } from "./run";

/** What is to be filled, and from which moment. */
export interface Filling extends CopyOrder {
  readonly choice: RestorePointChoice;
  /** The databases of the target, if they were listed just now. */
  readonly listed?: readonly DatabaseFacts[];
}

/** Checks, fixes the restore point, asks for one copy and waits until its databases run. */
export async function fill(filling: Filling, run: Run): Promise<Filled> {
  const prepared = await prepare(filling, run);
  return prepared.state === "refused" ? prepared : askForCopy(filling, prepared.points, run);
}

/** Everything before the copy is asked for. A call that fails here has changed nothing. */
async function prepare(
  filling: Filling,
  run: Run,
): Promise<Refused | { readonly state: "ready"; readonly points: readonly RestorePoint[] }> {
  const { inputs, names, choice, rds } = filling;
  const reads = patientReads(rds, run.clock, readBudgetMs, run.signal);
  try {
    const { reason, backups } = await obstaclesTo(filling, reads, run);
    if (reason !== undefined) return { state: "refused", reason };
    const sources = Object.keys(names);
    const points = await restorePoints(reads, inputs.sourceDbInstanceId, sources, choice, backups);
    return { state: "ready", points };
  } catch (error) {
    if (!(error instanceof RdsFailure)) throw error;
    return { state: "refused", reason: `${error.message} ${nextStep(rds, error)}` };
  }
}

/** How many older backups are tried when the service says that one lacks a database. */
const olderBackupsTried = 4;

async function restorePoints(
  rds: RdsApi,
  instanceId: string,
  sources: readonly string[],
  choice: RestorePointChoice,
  known: readonly BackupSet[] | undefined,
): Promise<readonly RestorePoint[]> {
  switch (choice.kind) {
    case "time":
      return [choice];
    case "backup": {
      const { backupId } = choice;
      const sets = known ?? (await rds.describeBackups({ instanceId, backupId }));
      const set = sets.find((one) => one.backupId === backupId);
      return [set ? backupPoint(set) : choice];
    }
    case "latest":
      return usableBackups(known ?? (await rds.describeBackups({ instanceId })), sources)
        .slice(0, 1 + olderBackupsTried)
        .map(backupPoint);
  }
}

/**
 * The checks of `check`, afresh: what was true in the preview may not be any more. A warning was said by then,
 * so only what would stop the copy is looked for. Answers with the backups too, when they were looked at.
 */
async function obstaclesTo(
  { inputs, names, choice, listed }: Filling,
  reads: RdsApi,
  run: Run,
): Promise<{ readonly reason?: string; readonly backups?: readonly BackupSet[] | undefined }> {
  const facts = freshFacts(inputs, reads, run);
  const plan: CopyPlan = {
    sourceDbInstanceId: inputs.sourceDbInstanceId,
    targetDbInstanceId: inputs.targetDbInstanceId,
    names,
    choice,
    maxBackupAge: inputs.maxBackupAge,
    requireTargetTags: inputs.requireTargetTags,
    targetDatabases: listed,
    adoptExisting: false,
    ownNames: [],
  };
  const { findings, backups } =
    (inputs.preflight ?? "enforce") === "enforce"
      ? await preflight(facts, run.clock, plan)
      : { findings: await checkGuard(facts, run.clock, plan), backups: undefined };
  // The guard stands unless it is seen to be met: a target that may be production is not filled.
  const stops = (finding: Finding) => isBlocking(finding) || finding.code === "target-tags-unknown";
  const reason = findings.filter(stops).map(findingText).join("\n");
  return { backups, ...(reason === "" ? {} : { reason }) };
}

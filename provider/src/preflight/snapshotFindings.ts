import { listNames, sameName } from "../copy/databaseNames";
import type { Finding } from "./finding";
import type { Known } from "./known";
import { pointSet } from "./pointSet";

/**
 * Snapshot backups: their sets and moments go only onto instances that make snapshot backups themselves, and
 * never in part (API page of CopyDatabaseBetweenInstances).
 */
export function snapshotFindings(known: Known): readonly Finding[] {
  const { plan, backups, names, sourcePolicy } = known;
  const { choice } = plan;
  if (choice === undefined) return [];
  const set = backups && pointSet(choice, backups, Object.keys(names));
  const byTime = choice.kind === "time";
  const isSnapshot = set?.method === "Snapshot" || (byTime && sourcePolicy?.method === "Snapshot");
  if (!isSnapshot) return [];
  return [target(known, byTime), part(known, set?.databases ?? [])].filter((one) => one !== undefined);
}

function target({ plan, targetPolicy }: Known, byTime: boolean): Finding | undefined {
  if (targetPolicy === undefined || targetPolicy.method === "Snapshot" || targetPolicy.method === "")
    return undefined;
  return {
    code: "snapshot-target",
    apiCode: byTime ? "OperationDenied.RestoreTime" : "OperationDenied.SnapshotBackupSet",
    property: "targetDbInstanceId",
    text: `${plan.sourceDbInstanceId ?? ""} makes snapshot backups and ${plan.targetDbInstanceId ?? ""} does not; they go only onto an instance that does. Switch the target's backup policy to snapshots, or copy a physical backup.`,
  };
}

/** Snapshot sets cannot be downloaded, so the service seldom tells what one holds; the source as it is now is only a hint. */
function part({ plan, names, sourceDatabases = [] }: Known, held: readonly string[]): Finding | undefined {
  if (plan.moreNames === true || Object.keys(names).length === 0) return undefined;
  const isLeftOut = (name: string) => !Object.keys(names).some((source) => sameName(source, name));
  const definite = held.filter(isLeftOut);
  const likely = sourceDatabases.map(({ name }) => name).filter(isLeftOut);
  const leftOut = definite.length > 0 ? definite : likely;
  if (leftOut.length === 0) return undefined;
  return {
    code: definite.length > 0 ? "snapshot-part" : "snapshot-part-unclear",
    apiCode: "Forbidden.SnapshotRecovery",
    property: "dbNames",
    text: `A snapshot backup is restored with all of its databases or not at all, and ${listNames(leftOut)} would be left out. Name all databases, or copy a physical backup.`,
  };
}

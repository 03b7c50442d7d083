import type { Clock } from "../time/clock";
import { callUntil } from "./failurePolicy";
import type { BackupQuery, RdsApi } from "./rdsApi";

/**
 * The same calls, but a read that was throttled, lost or met a busy instance is asked again for a minute. Calls that
 * change something are never repeated here.
 */
export function patientReads(rds: RdsApi, clock: Clock, signal?: AbortSignal): RdsApi {
  const patient =
    <Args extends readonly unknown[], T>(read: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> =>
      callUntil(() => read(...args), { situation: "read", clock, signal });
  return {
    ...rds,
    describeInstance: patient((instanceId: string) => rds.describeInstance(instanceId)),
    describeDatabases: patient((instanceId: string) => rds.describeDatabases(instanceId)),
    describeBackups: patient((query: BackupQuery) => rds.describeBackups(query)),
    describeBackupPolicy: patient((instanceId: string) => rds.describeBackupPolicy(instanceId)),
    describeLogBackups: patient((instanceId: string, since: Date, until: Date) =>
      rds.describeLogBackups(instanceId, since, until),
    ),
    describeEncryption: patient((instanceId: string) => rds.describeEncryption(instanceId)),
    listTags: patient((instanceId: string) => rds.listTags(instanceId)),
    // Not the tasks: they only add to what is known, and a poll must not wait for them.
  };
}

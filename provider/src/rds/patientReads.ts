import type { Clock } from "../time/clock";
import { retryBackoff } from "../time/backoff";
import { mayPass, RdsFailure } from "./failure";
import type { BackupQuery, RdsApi } from "./rdsApi";

/**
 * The same calls, but a read that was throttled, lost or met a busy instance is asked again for the given
 * time. Calls that change something are never repeated here.
 */
export function patientReads(rds: RdsApi, clock: Clock, budgetMs: number, signal?: AbortSignal): RdsApi {
  const patient =
    <Args extends readonly unknown[], T>(read: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      const deadline = clock.now() + budgetMs;
      const backoff = retryBackoff();
      for (;;) {
        try {
          return await read(...args);
        } catch (error) {
          if (!(error instanceof RdsFailure) || !mayPass(error)) throw error;
          const delay = backoff.next(error.retryAfterMs);
          if (signal?.aborted || clock.now() + delay > deadline) throw error;
          await clock.sleep(delay, signal);
        }
      }
    };
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
    // Not the tasks: they only add to what is known, and a look at a copy must not wait for them.
  };
}

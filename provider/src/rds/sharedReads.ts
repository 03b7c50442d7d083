import type { Clock } from "../time/clock";
import type { RdsApi } from "./rdsApi";

/**
 * The same calls, but those that many copies ask of one instance at the same moment are asked once: whoever comes while
 * such a call is young and under way gets its answer, and whoever says as of when gets that of any call made since then.
 * An older one is not joined: its answer may describe a time before the caller's own doings.
 */
export function sharedReads(rds: RdsApi, clock: Clock): RdsApi {
  /** A question that is asked after a change must not get the answer to one about that instance from before it. */
  const forgets: ((instanceId: string) => void)[] = [];
  const changing =
    <Args extends readonly unknown[], T>(
      change: (...args: Args) => Promise<T>,
      changed: (...args: Args) => readonly string[],
    ) =>
    async (...args: Args): Promise<T> => {
      try {
        return await change(...args);
      } finally {
        for (const instanceId of changed(...args)) for (const forget of forgets) forget(instanceId);
      }
    };
  const one = (instanceId: string) => [instanceId];
  const share = <T>(read: (instanceId: string) => Promise<T>) => {
    const calls = new Map<string, SharedCall<T>>();
    forgets.push((instanceId) => calls.delete(instanceId));
    return (instanceId: string, asOf?: number): Promise<T> => {
      const last = calls.get(instanceId);
      const isYoung = last?.isUnderWay === true && clock.now() - last.began < youngMs;
      if (last && (isYoung || (asOf !== undefined && last.began >= asOf))) return last.answer;
      const call: SharedCall<T> = { began: clock.now(), answer: read(instanceId), isUnderWay: true };
      calls.set(instanceId, call);
      call.answer.then(
        () => (call.isUnderWay = false),
        () => {
          if (calls.get(instanceId) === call) calls.delete(instanceId);
        },
      );
      return call.answer;
    };
  };
  return {
    ...rds,
    describeInstance: share((instanceId: string) => rds.describeInstance(instanceId)),
    describeDatabases: share((instanceId: string) => rds.describeDatabases(instanceId)),
    describeTasks: share((instanceId: string) => rds.describeTasks(instanceId)),
    listTags: share((instanceId: string) => rds.listTags(instanceId)),
    // A source may be blocked while it is copied from.
    copyDatabases: changing(rds.copyDatabases, (copy) => [copy.targetDbInstanceId, copy.sourceDbInstanceId]),
    deleteDatabase: changing(rds.deleteDatabase, one),
    describeDatabaseAs: changing(rds.describeDatabaseAs, one),
    tagInstance: changing(rds.tagInstance, one),
    untagInstance: changing(rds.untagInstance, one),
  };
}

interface SharedCall<T> {
  readonly began: number;
  readonly answer: Promise<T>;
  isUnderWay: boolean;
}

const youngMs = 250;

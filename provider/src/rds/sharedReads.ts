import type { Clock } from "../time/clock";
import type { RdsApi } from "./rdsApi";

/**
 * The same calls, but those that many copies ask of one instance at the same moment are asked once: whoever comes while
 * such a call is young and under way gets its answer, and whoever says as of when gets that of any call made since then.
 * An older one is not joined: its answer may describe a time before the caller's own doings.
 */
export function sharedReads(rds: RdsApi, clock: Clock): RdsApi {
  /** A question that is asked after a change must not get the answer to one from before it. */
  const forgets: (() => void)[] = [];
  const changing =
    <Args extends readonly unknown[], T>(change: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      try {
        return await change(...args);
      } finally {
        for (const forget of forgets) forget();
      }
    };
  const share = <T>(read: (instanceId: string) => Promise<T>) => {
    const calls = new Map<string, SharedCall<T>>();
    forgets.push(() => calls.clear());
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
    copyDatabases: changing(rds.copyDatabases),
    deleteDatabase: changing(rds.deleteDatabase),
    describeDatabaseAs: changing(rds.describeDatabaseAs),
    tagInstance: changing(rds.tagInstance),
    untagInstance: changing(rds.untagInstance),
  };
}

interface SharedCall<T> {
  readonly began: number;
  readonly answer: Promise<T>;
  isUnderWay: boolean;
}

const youngMs = 250;

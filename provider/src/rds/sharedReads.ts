import type { Clock } from "../time/clock";
import type { RdsApi } from "./rdsApi";

/**
 * The same calls, but those that many copies ask of one instance at the same moment are asked once: whoever
 * comes while such a call is young and under way gets its answer. An older one is not joined: its answer
 * may describe a time before the caller's own doings.
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
    const underWay = new Map<string, { readonly began: number; readonly answer: Promise<T> }>();
    forgets.push(() => underWay.clear());
    return (instanceId: string): Promise<T> => {
      const young = underWay.get(instanceId);
      if (young && clock.now() - young.began < youngMs) return young.answer;
      const call = { began: clock.now(), answer: read(instanceId) };
      underWay.set(instanceId, call);
      const forget = () => {
        if (underWay.get(instanceId) === call) underWay.delete(instanceId);
      };
      call.answer.then(forget, forget);
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

const youngMs = 250;

import { Mutex } from "async-mutex";

/** Lets the calls that change one instance go one at a time in this process. The wait for their effect is not covered. */
export interface TargetLocks {
  oneAtATime<T>(instanceId: string, call: () => Promise<T>): Promise<T>;
}

export function targetLocks(): TargetLocks {
  const mutexes = new Map<string, Mutex>();
  return {
    oneAtATime(instanceId, call) {
      const mutex = mutexes.get(instanceId) ?? new Mutex();
      mutexes.set(instanceId, mutex);
      return mutex.runExclusive(call);
    },
  };
}

import { Mutex } from "async-mutex";

/** Lets the looks and the changes of one instance that belong together go one at a time in this process. Waits are not covered. */
export interface TargetLocks {
  /** Resolves with the function that gives the lock back. */
  acquire(instanceId: string): Promise<() => void>;
}

export function targetLocks(): TargetLocks {
  const mutexes = new Map<string, Mutex>();
  return {
    acquire(instanceId) {
      const mutex = mutexes.get(instanceId) ?? new Mutex();
      mutexes.set(instanceId, mutex);
      return mutex.acquire();
    },
  };
}

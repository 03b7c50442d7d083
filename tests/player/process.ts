/** A run of the engine with its provider process. */
export interface PlayedProcess {
  readonly stack: string;
  /** Which resource of its program declares a database of this name, if any. */
  readonly declares: (instanceId: string, name: string) => string | undefined;
  /** The engine is gone: nothing is saved any more. */
  readonly killed: boolean;
  /** The provider process is gone, too: nothing that it was doing goes on. */
  readonly gone: boolean;
  readonly whenKilled: Promise<void>;
  /** A provider process notices only after a while that its engine is gone, and makes so many more calls until then. */
  kill(callsLeft: number): void;
  /** One more call of a process whose engine is gone. */
  outlive(): void;
}

export function playedProcess(
  stack: string,
  declares: PlayedProcess["declares"] = () => undefined,
): PlayedProcess {
  let callsLeft = Number.POSITIVE_INFINITY;
  let end: () => void = () => undefined;
  const whenKilled = new Promise<void>((resolve) => (end = resolve));
  return {
    declares,
    stack,
    whenKilled,
    get killed() {
      return callsLeft < Number.POSITIVE_INFINITY;
    },
    get gone() {
      return callsLeft < 0;
    },
    kill(calls) {
      callsLeft = calls - 1;
      end();
    },
    outlive() {
      callsLeft--;
    },
  };
}

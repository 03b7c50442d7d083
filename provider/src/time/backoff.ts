import { ExponentialBackoff, noJitterGenerator, type IBackoff } from "cockatiel";

/** Delays in milliseconds between tries: 1 s, 2 s, 4 s .. 60 s. The one that the service asks for goes first. */
export interface Backoff {
  next(askedForMs?: number): number;
}

/** Without jitter: tries on one instance already go one at a time, and the delays stay foreseeable. */
export function retryBackoff(): Backoff {
  let step: IBackoff<unknown> | undefined;
  const policy = new ExponentialBackoff({
    generator: noJitterGenerator,
    initialDelay: 1000,
    maxDelay: 60_000,
  });
  return {
    next(askedForMs) {
      step = step === undefined ? policy.next() : step.next(undefined);
      return Math.max(step.duration, askedForMs ?? 0);
    },
  };
}

import type { Control } from "../server/simulation.js";
import type { Problem } from "../world/problems.js";

/** The control calls of a simulator in another process: the same operations, each as a promise. */
export type RemoteControl = {
  readonly [Name in keyof Control]: (
    ...given: Parameters<Control[Name]>
  ) => Promise<ReturnType<Control[Name]>>;
};

/** A control call that was refused. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  constructor(
    message: string,
    /** Of a world that cannot be used: every problem with its path. */
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

/**
 * A typed client for the control calls.
 *
 * @param address what the simulator prints when it is ready (`http://127.0.0.1:8094`), or its `host:port`
 * @throws ControlError from every operation that the simulator refuses
 */
export function connectToSimulator(address: string): RemoteControl {
  const base = `${/^https?:\/\//.test(address) ? address : `http://${address}`}/_simulator/`;
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(new URL(path, base), {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    if (answer.ok) return (text === "" ? undefined : JSON.parse(text)) as T;
    throw refused(answer.status, text);
  }
  return {
    world: () => ask("GET", "world"),
    async setWorld(world) {
      await ask("PUT", "world", world);
    },
    journal: () => ask("GET", "journal"),
    clearJournal: () => ask("DELETE", "journal"),
    faults: () => ask("GET", "faults"),
    addFault: (rule) => ask("POST", "faults", rule),
    clearFaults: () => ask("DELETE", "faults"),
    async advance(duration) {
      const advance = typeof duration === "number" ? `${duration}ms` : duration;
      return (await ask<{ now: string }>("POST", "clock", { advance })).now;
    },
    status: () => ask("GET", "status"),
    async reset() {
      await ask("POST", "reset");
    },
  };
}

function refused(status: number, text: string): ControlError {
  try {
    const { error, problems } = JSON.parse(text) as { error?: string; problems?: Problem[] };
    if (error !== undefined) return new ControlError(error, problems);
  } catch {
    // Whoever answered is no simulator.
  }
  return new ControlError(`No simulator answers there: HTTP ${status}, ${text.slice(0, 200)}`);
}

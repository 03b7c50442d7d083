import { request } from "node:http";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { systemClock, type Clock } from "./clock";

/** A clock that stands still while calls are under way. */
export interface SimulatorClock extends Clock {
  /** Resolves when it knows the time. */
  readonly ready: Promise<void>;
  /** Holds the time until the call has ended. */
  during<T>(call: () => Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly end: number;
  readonly wake: () => void;
}

/**
 * The clock of a local simulator, whose time passes only while all who follow it wait: what a process does takes no
 * time, and a wait takes none of the real one. The lines that are spoken are the simulator's (its `followers.ts`).
 *
 * Where no simulator listens, or its own clock is the real one, it is the system's clock. One that goes away later
 * takes the time along: everybody who waits waits until it is back.
 */
export function simulatorClock(endpoint: string): SimulatorClock {
  const sleepers: Sleeper[] = [];
  let now: number | undefined;
  let line: Socket | undefined;
  let calls = 0;
  let isLooking = false;
  let isTelling = false;

  async function follow(): Promise<void> {
    line = await lineTo(endpoint);
    if (line === undefined) return;
    line.once("close", () => {
      line = undefined;
      again();
    });
    // The line's errors are the interface's as well; what counts is that it is closed then.
    const lines = createInterface(line).on("error", () => undefined);
    await new Promise<void>((resolve) => {
      lines.on("line", (moment) => {
        hear(Number(moment));
        resolve();
      });
      lines.once("close", resolve);
    });
  }

  /** Only who waits comes back: there may be no simulator any more. */
  function again(): void {
    if (line !== undefined || sleepers.length === 0 || isLooking) return;
    isLooking = true;
    setTimeout(() => {
      void follow().then(() => {
        isLooking = false;
        again();
      });
    }, lookForSimulatorMs);
  }

  function hear(moment: number): void {
    now = moment;
    while (sleepers[0] !== undefined && sleepers[0].end <= moment) sleepers.shift()?.wake();
    tell();
  }

  /** An immediate comes after every promise that is ready by now: whoever was woken has begun with what he does. */
  function tell(): void {
    if (isTelling) return;
    isTelling = true;
    setImmediate(() => {
      isTelling = false;
      if (line === undefined || now === undefined) return;
      if (sleepers.length > 0) line.ref();
      else line.unref();
      if (calls > 0) line.write("busy\n");
      else line.write(sleepers[0] === undefined ? `rest ${now}\n` : `rest ${now} ${sleepers[0].end}\n`);
    });
  }

  const ready = follow();
  return {
    ready,
    get standsStillInCalls() {
      return now !== undefined;
    },
    now: () => now ?? systemClock.now(),
    async sleep(milliseconds, signal) {
      await ready;
      if (now === undefined) return systemClock.sleep(milliseconds, signal);
      const end = now + milliseconds;
      await new Promise<void>((resolve) => {
        if (signal?.aborted) return resolve();
        const stop = () => {
          const at = sleepers.indexOf(sleeper);
          if (at >= 0) sleepers.splice(at, 1);
          sleeper.wake();
          tell();
        };
        const sleeper = {
          end,
          wake: () => {
            signal?.removeEventListener("abort", stop);
            resolve();
          },
        };
        const after = sleepers.findIndex((other) => other.end > end);
        sleepers.splice(after < 0 ? sleepers.length : after, 0, sleeper);
        signal?.addEventListener("abort", stop, { once: true });
        if (line === undefined) again();
        else tell();
      });
    },
    async during(call) {
      await ready;
      calls += 1;
      if (calls === 1) line?.write("busy\n");
      try {
        return await call();
      } finally {
        calls -= 1;
        if (calls === 0) tell();
      }
    },
  };
}

const lookForSimulatorMs = 100;

function lineTo(endpoint: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const asked = request(`http://${endpoint}/_simulator/clock`, {
      headers: { connection: "Upgrade", upgrade: "followed-time" },
    });
    asked.once("upgrade", (_answer, socket, first) => {
      socket.on("error", () => socket.destroy());
      socket.unshift(first);
      resolve(socket);
    });
    asked.once("response", (answer) => {
      answer.resume();
      resolve(undefined);
    });
    asked.once("error", () => resolve(undefined));
    asked.end();
  });
}

import { fork } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import type { Profiler } from "node:inspector";
import { join } from "node:path";

/** A server in a process of its own, watched from outside of its code. */
export interface ObservedServer {
  readonly port: number;
  /** Processor time that it used so far, in microseconds. */
  cpu(): Promise<number>;
  startProfile(): Promise<void>;
  stopProfile(): Promise<Profiler.Profile>;
  end(): Promise<void>;
}

/** @param log gets what it writes to stderr */
export async function observe(script: string, args: readonly string[], log: string): Promise<ObservedServer> {
  const child = fork(script, args, {
    execArgv: ["--import", join(__dirname, "observed.mjs")],
    stdio: ["ignore", "pipe", openSync(log, "a"), "ipc"],
  });
  const ask = async <T>(what: string): Promise<T> => {
    child.send(what);
    const [{ answer }] = (await once(child, "message")) as [{ answer: T }];
    return answer;
  };
  return {
    port: await portOf(child.stdout),
    cpu: () => ask<number>("cpu"),
    startProfile: () => ask("startProfile"),
    stopProfile: () => ask("stopProfile"),
    async end() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function portOf(stdout: NodeJS.ReadableStream | null): Promise<number> {
  let said = "";
  for await (const part of stdout ?? []) {
    said += String(part);
    const port = /listening on http:\/\/127\.0\.0\.1:(\d+)\n/.exec(said)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`The server ended before it listened: ${said}`);
}

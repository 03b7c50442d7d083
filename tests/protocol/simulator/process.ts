import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const cli = join(__dirname, "../../../simulator/dist/cli.js");

/** The simulator's command in a process of its own. */
export interface Running {
  /** Everything it printed so far. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
  kill(signal: NodeJS.Signals): void;
  /** Waits for its lines on stdout. @returns the addresses in them */
  ready(lines?: number): Promise<string[]>;
}

export function run(...args: string[]): Running {
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (part: Buffer) => (output.stdout += part.toString()));
  child.stderr.on("data", (part: Buffer) => (output.stderr += part.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...output }));
  return {
    output,
    ended,
    kill: (signal) => {
      child.kill(signal);
    },
    async ready(lines = 1) {
      while (output.stdout.split("\n").length <= lines) {
        const more = await Promise.race([once(child.stdout, "data"), ended]);
        if ("code" in more) throw new Error(`It ended before it was ready: ${more.stderr}`);
      }
      return [...output.stdout.matchAll(/^alicloud-rds-simulator listening on (\S+)$/gm)].map(
        ([, url = ""]) => url,
      );
    },
  };
}

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** A lock that is held until it is released, or until the process ends. */
export interface Lock {
  release(): void;
}

/**
 * Locks a file for this process, by a file beside it that names the process. One that a process left behind when it
 * was killed counts for nothing.
 *
 * @throws Error with a sentence if a living process holds it, this one included
 */
export function lockFile(file: string): Lock {
  const path = `${resolve(file)}.lock`;
  const holder = holderOf(path);
  if (holder !== undefined)
    throw new Error(
      `The state file ${file} is in use by another simulator (process ${holder}). End it, or give this one a file of its own.`,
    );
  try {
    rmSync(path, { force: true });
    const text = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    throw new Error(`The state cannot be written to ${file}: ${(error as Error).message}.`);
  }
  held.add(path);
  return {
    release() {
      if (held.delete(path)) rmSync(path, { force: true });
    },
  };
}

/** By this process. A lock with its number that it does not hold is from an earlier process: numbers come again. */
const held = new Set<string>();

function holderOf(path: string): number | undefined {
  if (held.has(path)) return process.pid;
  const { pid, started } = readLock(path);
  if (pid === undefined || pid === process.pid || !isAlive(pid)) return undefined;
  return startOf(pid) === started ? pid : undefined;
}

function readLock(path: string): { pid?: number; started?: string } {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as { pid?: number; started?: string };
  } catch {
    return {};
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * When a process began, where the system tells it (Linux): in a new container another process may have the number
 * of the one that was killed in the old one.
 */
function startOf(pid: number): string {
  try {
    const [, afterName = ""] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return afterName.split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

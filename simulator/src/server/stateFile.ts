import { readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { readStateText, stateText, type SimulationState } from "./savedState.js";

/**
 * What an earlier run left in a state file; nothing if there is no such file yet.
 *
 * @throws Error with a sentence if the file is none of a simulator
 */
export async function readStateFile(file: string): Promise<SimulationState | undefined> {
  try {
    return readStateText(await readFile(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The state file ${file} cannot be used: ${reason}. Nothing was changed; without the file it begins anew.`,
    );
  }
}

/** Keeps a state file up to date. */
export interface StateFile {
  /** Ends when what is true now is in the file; at once if it is there already. @throws Error with a sentence */
  save(): Promise<void>;
  /** Saves for the last time. */
  close(): Promise<void>;
}

/**
 * Writes beside the file and renames, so that it is always whole. Calls that change nothing write nothing, and those
 * that come while it writes share the next write. Time that only passes is noted once a second.
 */
export function keepStateFile(file: string, current: () => SimulationState): StateFile {
  let written: SimulationState | undefined;
  let writing: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  async function write(): Promise<void> {
    waiting = undefined;
    const state = current();
    try {
      await writeFileAtomic(file, stateText(state), { mode: 0o600 });
    } catch (error) {
      throw new Error(`The state cannot be written to ${file}: ${(error as Error).message}.`);
    }
    written = state;
  }
  const save = async (asWell: (state: SimulationState) => boolean): Promise<void> => {
    const state = current();
    if (written?.world === state.world && written.faults === state.faults && !asWell(state)) return;
    waiting ??= writing = writing.catch(() => undefined).then(write);
    await waiting;
  };
  const timePassed = (state: SimulationState) => written?.now !== state.now;
  const timer = setInterval(() => {
    // What goes wrong here goes wrong for the next call as well, which then says so.
    save(timePassed).catch(() => undefined);
  }, 1000);
  timer.unref();
  return {
    save: () => save(() => false),
    async close() {
      clearInterval(timer);
      await save(timePassed);
    },
  };
}

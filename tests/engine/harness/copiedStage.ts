import assert from "node:assert/strict";
import { openStage, type SavedStage, type Stage, type StageOptions } from "./stage";
import { company } from "./world";

/**
 * A stage whose program has been run once; every change up to then is read. Each has a cloud and a state of its own; the
 * run itself is made once in a process for the same program and world.
 */
export async function copiedStage(program: string, options: Partial<StageOptions> = {}): Promise<Stage> {
  const wanted = { world: company, ...options };
  const key = JSON.stringify([program, wanted]);
  const saved = known.get(key) ?? run(program, wanted);
  known.set(key, saved);
  const { world: _, ...others } = wanted;
  const stage = await openStage({ ...others, from: await saved });
  await stage.program(program);
  return stage;
}

const known = new Map<string, Promise<SavedStage>>();

async function run(program: string, options: StageOptions): Promise<SavedStage> {
  await using stage = await openStage(options);
  await stage.program(program);
  const { exitCode, text } = await stage.up();
  assert.equal(exitCode, 0, text);
  return await stage.save();
}

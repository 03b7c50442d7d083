import { handle } from "../machine/handle.js";
import { createWorld } from "../world/load.js";
import type { World, WorldInput } from "../world/schema.js";
import type { Ask } from "./ask.js";

/** The simulator beside the endpoint: a world that looks like what the endpoint has, and its own time. */
export interface Reference {
  readonly ask: Ask;
  /** Lets whatever is running end. */
  finish(): void;
}

export function createReference(document: WorldInput, start: number): Reference {
  let world: World = createWorld(document, start);
  let now = start;
  let requests = 0;
  const { accessKeyId = "" } = world.accounts[0] ?? {};
  return {
    ask(action, params) {
      requests += 1;
      const requestId = `00000000-0000-4000-8000-${String(requests).padStart(12, "0")}`;
      const result = handle(world, { action, params, accessKeyId, requestId }, { now });
      world = result.world;
      return Promise.resolve({ status: result.answer.status, body: result.answer.body });
    },
    finish() {
      now += 24 * 3600 * 1000;
    },
  };
}

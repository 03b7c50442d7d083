import { produce } from "immer";
import type { World, WorldDraft } from "../world/schema.js";
import type { Caller } from "./caller.js";
import type { Moment, Request } from "./request.js";

/** What an action works with. It reads `world`, and only `change` makes a new one: what was read stays as it was. */
export interface Call {
  readonly world: World;
  readonly account: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Milliseconds, the world's time. */
  readonly now: number;
  /** Milliseconds, the real time. */
  readonly realNow: number;
  readonly stepped: boolean;
  /** Makes a new world. To be called after every check. */
  change(recipe: (draft: WorldDraft) => void): void;
  /** The answer shows this operation; under the stepped clock that moves it on. */
  look(operationId: string): void;
}

/** A call in the making, and what came of it. */
export interface OpenCall extends Call {
  readonly looked: ReadonlySet<string>;
}

export function openCall(start: World, account: Caller, request: Request, moment: Moment): OpenCall {
  let world = start;
  const looked = new Set<string>();
  return {
    get world() {
      return world;
    },
    account,
    params: request.params,
    requestId: request.requestId,
    now: moment.now,
    realNow: moment.realNow ?? moment.now,
    stepped: moment.stepped ?? false,
    looked,
    change(recipe) {
      world = produce(world, recipe);
    },
    look(operationId) {
      looked.add(operationId);
    },
  };
}

/** The next number for an id, and with it unique in this world. */
export function nextNumber(draft: WorldDraft): number {
  draft.sequence += 1;
  return draft.sequence;
}

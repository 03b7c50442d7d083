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

/** A call in the making, and what came of it. A class: an object with a getter of its own costs ten times as much. */
export class OpenCall implements Call {
  readonly params: Call["params"];
  readonly requestId: string;
  readonly now: number;
  readonly realNow: number;
  readonly stepped: boolean;
  readonly looked = new Set<string>();

  constructor(
    public world: World,
    readonly account: Caller,
    { params, requestId }: Request,
    moment: Moment,
  ) {
    this.params = params;
    this.requestId = requestId;
    this.now = moment.now;
    this.realNow = moment.realNow ?? moment.now;
    this.stepped = moment.stepped ?? false;
  }

  change(recipe: (draft: WorldDraft) => void): void {
    this.world = produce(this.world, recipe);
  }

  look(operationId: string): void {
    this.looked.add(operationId);
  }
}

/** The next number for an id, and with it unique in this world. */
export function nextNumber(draft: WorldDraft): number {
  draft.sequence += 1;
  return draft.sequence;
}

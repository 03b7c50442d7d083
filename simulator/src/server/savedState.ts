import { Type } from "@sinclair/typebox";
import { Ajv } from "ajv";
import { faultSchema, type Fault } from "../faults/schema.js";
import { createWorld, WorldError } from "../world/load.js";
import type { World, WorldInput } from "../world/schema.js";
import { momentText } from "../world/time.js";

/** What a simulation goes on with after its process ended. */
export interface SimulationState {
  /** The world that `reset` goes back to. */
  readonly start: World;
  readonly world: World;
  /** The world's time in milliseconds. */
  readonly now: number;
  readonly faults: readonly Fault[];
}

/** The text of a state file. */
export const stateText = ({ start, world, now, faults }: SimulationState): string =>
  JSON.stringify({ version, start, world: { ...world, now: momentText(now) }, faults });

/** @throws Error that says what is wrong with the text of the state file, each problem with its path */
export function readStateText(text: string): SimulationState {
  const document: unknown = JSON.parse(text);
  if (!validate(document)) throw new Error(ajv.errorsText(validate.errors, { dataVar: "state" }));
  const world = worldAt("world", document.world);
  return {
    start: worldAt("start", document.start),
    world,
    now: Date.parse(world.now),
    faults: document.faults,
  };
}

function worldAt(part: string, document: WorldInput & { readonly now: string }): World {
  try {
    return createWorld(document, 0);
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    throw new Error(error.problems.map(({ path, message }) => `${part}.${path} ${message}`).join("; "));
  }
}

/** Of the file's form; another form gets another number. */
const version = 1;

interface StateDocument {
  readonly start: WorldInput & { readonly now: string };
  readonly world: WorldInput & { readonly now: string };
  readonly faults: readonly Fault[];
}

/** The worlds are read as any world document; only that their time is there is asked for here. */
const worldWithTime = Type.Object({ now: Type.String() });
const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile<StateDocument>(
  Type.Object(
    {
      version: Type.Literal(version),
      start: worldWithTime,
      world: worldWithTime,
      faults: Type.Array(faultSchema),
    },
    { additionalProperties: false },
  ),
);

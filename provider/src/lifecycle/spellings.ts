import { toDatabaseNames } from "../copy/databaseNames";
import { readMoment } from "../time/moment";
import type { ShapedInputs } from "./shape";
import type { unknown } from "./unknown";

/**
 * All texts by which a sentence can speak of an input, given its value: as it was given, in the forms that it is brought to, and
 * as JSON writes each of them. Beside the values these are the keys that the program chose: tags and names of databases.
 */
export function spellingsOf(name: string, value: unknown): readonly string[] {
  const forms = [...said(name, value)].flatMap((text) => [text, ...formsOf(name, text)]);
  // Blanks around a text are no secret, and with them a blank of the sentence would be taken for one of the text.
  const all = forms.flatMap((text) => [text.trim(), inJson(text).trim()]);
  return [...new Set(all)].filter((text) => text !== "");
}

function* said(name: string, value: unknown): Generator<string> {
  switch (typeof value) {
    case "string":
      yield value;
      return;
    case "number":
    case "bigint":
      yield String(value);
      return;
    case "boolean":
      // As the sentence about a wrong kind of value has it; alone, it is a word of too many others.
      yield `boolean ${value}`;
      return;
    case "object":
      for (const [key, entry] of Object.entries(value ?? {})) {
        if (!Array.isArray(value) && isChosenKey(name, key)) yield key;
        yield* said(name, entry);
      }
      return;
    case "undefined":
    case "symbol":
    case "function":
      return;
  }
}

/** The forms that `normaliseInputs` and the sentences about what it refuses bring a text to: read by the same readers. */
function formsOf(name: string, text: string): readonly string[] {
  switch (name) {
    case "restoreTime": {
      const { state: _state, ...readings } = readMoment(text);
      return Object.values(readings);
    }
    case "dbNames":
      return Object.keys(toDatabaseNames(text));
    default:
      return [];
  }
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function isChosenKey(name: string, key: string): boolean {
  return inputsWithKeys.has(name) && !(keysOfShape[name]?.has(key) ?? false);
}

/** Inputs whose keys are said, also where the value has no business there. */
const inputsWithKeys: ReadonlySet<string> = new Set([
  "dbNames",
  "requireTargetTags",
  "timeouts",
  "connection",
]);

/** Keys that the shape of an input names: no values. */
const keysOfShape: Readonly<Record<string, ReadonlySet<string>>> = {
  timeouts: keys<Shape<"timeouts">>({ create: true, update: true, delete: true }),
  connection: keys<Shape<"connection"> & NonNullable<Shape<"connection">["assumeRole"]>>({
    region: true,
    profile: true,
    endpoint: true,
    protocol: true,
    assumeRole: true,
    roleArn: true,
    sessionName: true,
    sessionExpiration: true,
    policy: true,
    externalId: true,
  }),
};

type Shape<Name extends "connection" | "timeouts"> = Exclude<ShapedInputs[Name], undefined | typeof unknown>;

/** An object, so that the compiler misses a key that is not listed. */
function keys<Named>(all: Readonly<Record<keyof Named, true>>): ReadonlySet<string> {
  return new Set(Object.keys(all));
}

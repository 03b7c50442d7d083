import { withoutTarget } from "../copy/resourceId";
import { hidesPoint, pointWasSecret, secretInputsOf, type Veil } from "./secretTexts";
import type { Properties } from "./wire";

/** The outputs that say what an input of another name says. */
const derived: Readonly<Record<string, readonly string[]>> = {
  dbNames: ["names", "databases"],
  backupId: ["restorePoint", "databases"],
  restoreTime: ["restorePoint", "databases"],
  connection: ["region", "foundAt"],
};

/**
 * Wraps the outputs that are derived from secrets. The engine marks an output as secret if the input of the same name is
 * one; what says the same under another name, in an error or in the id, is taken care of here.
 */
export function marked(outputs: Properties, inputs: Properties, before: Properties): Record<string, unknown> {
  const kept = keepsPointSecret(inputs, before);
  const names = [...secretInputsOf(inputs), ...(kept ? ["backupId"] : [])];
  const secret = new Set(names.flatMap((name) => derived[name] ?? []));
  const shown = Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, secret.has(name) ? asSecret(value) : value]),
  );
  return kept ? { ...shown, [pointWasSecret]: true } : shown;
}

/** The data stays that of a point which was given as a secret, also when the program does not ask for one any more. */
function keepsPointSecret(inputs: Properties, before: Properties): boolean {
  const asked = inputs["backupId"] ?? inputs["restoreTime"];
  return asked === undefined && hidesPoint(before);
}

/** A secret as the engine's protocol writes it (`sdk/go/common/resource/properties.go`): a provider may answer with one. */
function asSecret(value: unknown) {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** An id cannot be a secret, so it does not begin with a target that is one. */
export function idFor(id: string, inputs: Properties): string {
  return secretInputsOf(inputs).includes("targetDbInstanceId") ? withoutTarget(id) : id;
}

/** The same error. One of a failed initialisation also carries what the engine is to save. */
export function veiled(error: Error, veil: Veil, before: Properties): Error {
  error.message = veil(error.message);
  if (error.stack !== undefined) error.stack = veil(error.stack);
  const unfinished = error as Error & { id?: string; reasons?: readonly string[]; properties?: Properties };
  if (unfinished.properties) {
    unfinished.reasons = (unfinished.reasons ?? []).map(veil);
    unfinished.id = idFor(unfinished.id ?? "", unfinished.properties);
    unfinished.properties = marked(unfinished.properties, unfinished.properties, before);
  }
  return error;
}

import { isDeepStrictEqual } from "node:util";
import type { DatabaseNames } from "../copy/databaseNames";
import type { ConnectionOverrides } from "../rds/connection";
import { foresee } from "./foresee";
import type { CopyInputs, PartialInputs } from "./inputs";
import { normaliseInputs } from "./normalise";
import type { Problem } from "./problem";
import type { Run } from "./run";
import { shapeInputs } from "./shape";
import { isKnown } from "./unknown";

export interface Checked {
  /** The inputs in their normal form, gaps for what is not known yet. */
  readonly inputs: PartialInputs;
  readonly problems: readonly Problem[];
}

/**
 * Checks the inputs: their shape first, without the cloud and all problems at once; then, where something
 * will be copied, what the copy would run into. The engine asks in the preview and again, with resolved
 * values, in the run, before anything is dropped.
 */
export async function check(
  oldInputs: Readonly<Record<string, unknown>>,
  newInputs: Readonly<Record<string, unknown>>,
  run: Run,
): Promise<Checked> {
  const { shaped, problems: shapeProblems } = shapeInputs(newInputs);
  const { inputs: normal, problems: ruleProblems } = normaliseInputs(shaped, run.clock);
  let inputs = normal;
  const problems = [...shapeProblems, ...ruleProblems];
  const old = oldInputsOf(oldInputs, run);
  if (problems.length > 0) return { inputs, problems };

  const claimed = claimNames(inputs, run);
  if (claimed.length > 0) return { inputs, problems: claimed };

  if (
    inputs.maxBackupAge !== undefined &&
    (inputs.backupId !== undefined || inputs.restoreTime !== undefined)
  ) {
    run.report.warn(
      "maxBackupAge speaks of the latest backup and has no effect beside backupId or restoreTime.",
    );
  }
  const urn = textOf(inputs.resourceUrn);
  if (old) {
    run.memory.sawOld(urn, textOf(old.resourceUrn), {
      targetDbInstanceId: textOf(old.targetDbInstanceId) ?? "",
      targetNames: targetNames(old),
      generation: generationOf(old),
    });
  }
  // A replacement is checked a second time, with empty old inputs: from there on it is the next generation.
  const original = run.memory.oldOf(urn);
  const generation = old ? generationOf(old) : original ? original.generation + 1 : 0;
  // Created first, a replacement is there by the time that the original is deleted. (`--target-replace` asks for no check
  // with the old inputs.)
  if (!old && inputs.createFirst !== true) {
    run.memory.sawCreation(urn, {
      targetDbInstanceId: textOf(inputs.targetDbInstanceId) ?? "",
      targetNames: targetNames(inputs),
      adoptExisting: inputs.adoptExisting === true,
    });
  }
  if (generation > 0) inputs = { ...inputs, generation };
  const fill = namesToFill(old, inputs);
  if (fill === undefined) return { inputs, problems: [] };
  return { inputs, problems: await foresee(inputs, fill, run) };
}

function oldInputsOf(oldInputs: Readonly<Record<string, unknown>>, run: Run): PartialInputs | undefined {
  if (Object.keys(oldInputs).length === 0) return undefined;
  return normaliseInputs(shapeInputs(oldInputs).shaped, run.clock).inputs;
}

/** Two resources of one program that declare one database would fight over it for ever. */
function claimNames(inputs: PartialInputs, run: Run): Problem[] {
  const { targetDbInstanceId: target, dbNames, resourceUrn: urn } = inputs;
  if (typeof target !== "string" || typeof urn !== "string" || dbNames === undefined || !isKnown(dbNames))
    return [];
  return Object.entries(dbNames).flatMap(([source, name]) => {
    const other = typeof name === "string" ? run.memory.claim(target, name, urn) : undefined;
    return other === undefined
      ? []
      : [
          {
            property: `dbNames.${source}`,
            reason: `is to become ${name} on ${target}, which another resource of this program declares already: ${other}.`,
          },
        ];
  });
}

/**
 * The names that will be filled, as far as inputs tell; `undefined` if nothing will be. The second `check`
 * of a replacement comes with empty old inputs.
 */
function namesToFill(old: PartialInputs | undefined, inputs: PartialInputs): DatabaseNames | undefined {
  const { dbNames } = inputs;
  const wanted = dbNames !== undefined && isKnown(dbNames) ? knownEntries(dbNames) : {};
  if (old === undefined) return wanted;
  const moves = (
    ["sourceDbInstanceId", "targetDbInstanceId", "backupId", "restoreTime", "syncUserPrivilege"] as const
  ).some((name) => inputs[name] !== undefined && isKnown(inputs[name]) && inputs[name] !== old[name]);
  if (moves || !isDeepStrictEqual(place(old), place(inputs))) return wanted;
  const before = old.dbNames !== undefined && isKnown(old.dbNames) ? old.dbNames : {};
  const added = Object.fromEntries(
    Object.entries(wanted).filter(([source, target]) => before[source] !== target),
  );
  return Object.keys(added).length > 0 ? added : undefined;
}

/** Where the cloud is, as far as the resource says: another place is another copy. */
function place({ connection }: PartialInputs) {
  const { region, endpoint }: ConnectionOverrides =
    connection !== undefined && isKnown(connection) ? connection : {};
  return { region, endpoint };
}

function generationOf({ generation }: PartialInputs): number {
  return typeof generation === "number" ? generation : 0;
}

function targetNames(inputs: PartialInputs): string[] {
  const { dbNames } = inputs;
  return dbNames !== undefined && isKnown(dbNames) ? Object.values(knownEntries(dbNames)) : [];
}

function knownEntries(names: CopyInputs["dbNames"]): DatabaseNames {
  return Object.fromEntries(Object.entries(names).filter(([, target]) => typeof target === "string"));
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

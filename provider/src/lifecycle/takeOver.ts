import { listNames, sameName, withName, type DatabaseNames } from "../copy/databaseNames";
import { markPrefix } from "../copy/marks";
import { findingText } from "../preflight/finding";
import { nameTaken } from "../preflight/targetNameFindings";
import type { DatabaseFacts } from "../rds/rdsApi";
import { LifecycleError } from "./ending";
import type { CopyInputs } from "./inputs";
import type { Run } from "./run";
import type { DatabaseState } from "./state";

/** Databases that are on the target under the declared names. */
export type Taken = readonly {
  readonly source: string;
  readonly target: string;
  readonly facts: DatabaseFacts;
}[];

/** Which of the names are on the target already. */
export function sortNames(
  names: DatabaseNames,
  listed: readonly DatabaseFacts[],
): { taken: Taken; free: DatabaseNames } {
  const all = Object.entries(names).map(([source, target]) => ({
    source,
    target,
    facts: withName(listed, target),
  }));
  return {
    taken: all.flatMap(({ facts, ...name }) => (facts ? [{ ...name, facts }] : [])),
    free: Object.fromEntries(all.filter(({ facts }) => !facts).map(({ source, target }) => [source, target])),
  };
}

/** Taken names are taken over if that was asked for; otherwise nothing is touched. */
export function takeOver(inputs: CopyInputs, taken: Taken, run: Run): Record<string, DatabaseState> {
  if (taken.length === 0) return {};
  const target = inputs.targetDbInstanceId;
  const old = run.memory.oldOf(inputs.resourceUrn);
  // Where marks are written, a database without one of ours is not the original's.
  const prefix = inputs.resourceUrn && inputs.ownershipMarks !== false ? markPrefix(inputs.resourceUrn) : "";
  const ofOld = taken.filter(
    ({ target: name, facts }) =>
      old?.targetDbInstanceId === target &&
      old.targetNames.some((own) => sameName(own, name)) &&
      facts.description.startsWith(prefix),
  );
  if (ofOld.length > 0) {
    // Only with create-before-delete is the original still there.
    const why = inputs.createFirst
      ? `still belongs to the one that is about to be deleted: nothing was copied or taken over. Leave out deleteBeforeReplace: false, so that ` +
        `the old databases go first, or give the new ones other names.`
      : `carries its mark: a run that was cut off has made it with other inputs. Nothing was copied or taken over. Put the inputs back as they ` +
        `were and run "pulumi up", or drop it yourself if nobody needs it.`;
    throw new LifecycleError(
      `This resource is being replaced, and ${listNames(ofOld.map(({ target: name }) => name))} on ${target} ${why}`,
    );
  }
  if (!inputs.adoptExisting) {
    throw new LifecycleError(
      taken
        .map(({ source, facts }) => findingText(nameTaken(target, source, facts, inputs.resourceUrn)))
        .join("\n"),
    );
  }
  run.report.info(
    `Takes over ${listNames(taken.map(({ facts }) => facts.name))} on ${target} as found, to be neither overwritten nor dropped.`,
  );
  return Object.fromEntries(
    taken.map(({ source, target: name, facts }) => [
      name,
      { sourceName: source, targetName: facts.name, status: facts.status, origin: "adopted" },
    ]),
  );
}

import { sameName } from "../copy/databaseNames";
import { ownership, type Ownership } from "../copy/ownership";
import { toCopyRestorePoint } from "../copy/restorePoint";
import type { MarkedRequest } from "../copy/marks";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import type { CopyInputs } from "./inputs";
import type { Run } from "./run";
import type { DatabaseState } from "./state";

/** The receipts and marks of one resource. */
export function ownershipOf(inputs: CopyInputs, rds: RdsApi, run: Run): Ownership {
  const { clock, locks, report } = run;
  return ownership({
    rds,
    clock,
    locks,
    report,
    urn: inputs.resourceUrn,
    enabled: inputs.ownershipMarks ?? true,
  });
}

/** Marks the databases of a copy while they are watched: as soon as one is listed, and again when it runs. */
export interface Marking {
  onSeen(database: DatabaseFacts): Promise<void>;
  /** The mark that a database carries now, if it could be put on. */
  markOf(targetName: string): string | undefined;
}

export function marking(owned: Ownership, inputs: CopyInputs, databases: readonly DatabaseState[]): Marking {
  const marks = new Map<string, string>();
  const tried = new Set<string>();
  const nameOf = (name: string) => databases.find(({ targetName }) => sameName(targetName, name));
  return {
    async onSeen(facts) {
      const database = nameOf(facts.name);
      const attempt = `${facts.name}:${facts.status}`;
      const settled = marks.get(facts.name);
      if (!database || database.origin !== "copied" || !database.restorePoint) return;
      if (settled === facts.description || (tried.has(attempt) && settled === undefined)) return;
      tried.add(attempt);
      const mark = await owned.mark(requestOf(inputs, database), database.sourceName, facts);
      if (mark) marks.set(facts.name, mark);
    },
    markOf: (name) => [...marks].find(([marked]) => sameName(marked, name))?.[1],
  };
}

/**
 * Why a database that carries the name of ours is not ours to touch, or `undefined`. It is told by the mark
 * that was recorded, not by a newly computed one: a rename of the stack changes the URN.
 */
export function whyForeign(
  inputs: Pick<CopyInputs, "ownershipMarks" | "targetDbInstanceId">,
  recorded: DatabaseState,
  found: DatabaseFacts,
): string | undefined {
  if (inputs.ownershipMarks === false || recorded.mark === undefined || found.description === recorded.mark)
    return undefined;
  return (
    `Database ${found.name} on ${inputs.targetDbInstanceId} is not the one that was copied: it does not carry the mark ${recorded.mark} ` +
    `in its description any more, so somebody dropped it and made another one, or changed the description. It is left as it is.`
  );
}

function requestOf(
  inputs: CopyInputs,
  { sourceName, targetName, restorePoint }: DatabaseState,
): MarkedRequest {
  const {
    sourceDbInstanceId,
    targetDbInstanceId,
    syncUserPrivilege = false,
    dbNames,
    generation = 0,
  } = inputs;
  const target = dbNames[sourceName] ?? targetName;
  return {
    sourceDbInstanceId,
    targetDbInstanceId,
    names: { [sourceName]: target },
    restorePoint: restorePoint ? toCopyRestorePoint(restorePoint) : { backupId: "" },
    syncUserPrivilege,
    generation,
  };
}

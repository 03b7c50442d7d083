import { sameName } from "../copy/databaseNames";
import { ownership, type Ownership } from "../copy/ownership";
import { toCopyRestorePoint } from "../copy/restorePoint";
import { isMark, markPrefix, type MarkedRequest } from "../copy/marks";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import type { CopyInputs } from "./inputs";
import type { Run } from "./run";
import type { DatabaseState } from "./state";

/** The receipts and marks of one resource. */
export function ownershipOf(inputs: CopyInputs, rds: RdsApi, run: Run): Ownership {
  const { clock, locks, report, memory } = run;
  return ownership({
    rds,
    clock,
    locks,
    report,
    urn: inputs.resourceUrn,
    enabled: inputs.ownershipMarks ?? true,
    mayWarn: () => memory.isNews(`unmarked ${inputs.resourceUrn ?? ""}`),
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
      const result = await owned.mark(requestOf(inputs, database), database.sourceName, facts);
      if (result.state === "marked") marks.set(facts.name, result.mark);
      if (result.state === "later") tried.delete(attempt);
    },
    markOf: (name) => [...marks].find(([marked]) => sameName(marked, name))?.[1],
  };
}

/**
 * Why a database that carries the name of ours is not ours to touch, or `undefined`. It is told by the mark
 * that was recorded, not by a newly computed one: a rename of the stack changes the URN. Where none was
 * recorded, only the mark of another resource speaks against it.
 */
export function whyForeign(
  {
    ownershipMarks,
    targetDbInstanceId,
    resourceUrn,
  }: Pick<CopyInputs, "ownershipMarks" | "targetDbInstanceId" | "resourceUrn">,
  { mark, origin }: DatabaseState,
  { name, description }: DatabaseFacts,
): string | undefined {
  if (ownershipMarks === false || origin === "adopted") return undefined;
  const isOurs =
    mark === undefined ? !isMark(description) || hasOwnMark(resourceUrn, description) : description === mark;
  if (isOurs) return undefined;
  const evidence =
    mark === undefined
      ? `its description is the mark of another resource, ${description}`
      : `it does not carry the mark ${mark} in its description any more, so somebody dropped it and made another one, or changed the description`;
  return `Database ${name} on ${targetDbInstanceId} is not the one that was copied: ${evidence}. It is left as it is.`;
}

/** Whether a description is a mark of this resource, of whatever generation. */
export function hasOwnMark(urn: string | undefined, description: string): boolean {
  return urn !== undefined && isMark(description) && description.startsWith(markPrefix(urn));
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

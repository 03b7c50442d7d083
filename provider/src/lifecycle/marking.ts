import { sameName } from "../copy/databaseNames";
import { ownership, type Ownership } from "../copy/ownership";
import { toCopyRestorePoint } from "../copy/restorePoint";
import { hasOwnMark, isMark, type MarkedRequest } from "../copy/marks";
import type { CarriesItsMark } from "../copy/watchedDatabase";
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
  carriesItsMark: CarriesItsMark;
}

export function marking(owned: Ownership, inputs: CopyInputs, databases: readonly DatabaseState[]): Marking {
  const marks = new Map<string, string>();
  const tried = new Set<string>();
  const maybes = new Map<string, string>();
  const markedRunning = new Set<string>();
  const nameOf = (name: string) => databases.find(({ targetName }) => sameName(targetName, name));
  const markOf = (name: string) => [...marks].find(([marked]) => sameName(marked, name))?.[1];
  return {
    async onSeen(facts) {
      const database = nameOf(facts.name);
      const attempt = `${facts.name}:${facts.status}`;
      const settled = marks.get(facts.name);
      if (!database || database.origin !== "copied" || !database.restorePoint) return;
      // A service may set the description anew as long as it makes a database. One that runs keeps its mark, or is not the
      // one that was marked.
      if (markedRunning.has(facts.name)) return;
      if (settled === facts.description || (tried.has(attempt) && settled === undefined)) return;
      tried.add(attempt);
      const result = await owned.mark(requestOf(inputs, database), database.sourceName, facts);
      if (result.state === "marked") {
        marks.set(facts.name, result.mark);
        if (facts.status === "Running") markedRunning.add(facts.name);
      } else if (result.maybe !== undefined) maybes.set(facts.name, result.maybe);
      if (result.state === "later") tried.delete(attempt);
    },
    markOf,
    carriesItsMark({ name, description }) {
      const mark = markOf(name) ?? nameOf(name)?.mark ?? maybes.get(name);
      return mark === undefined ? undefined : description === mark;
    },
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
  { mark, origin, status }: DatabaseState,
  { name, description }: DatabaseFacts,
): string | undefined {
  if (origin === "adopted") return undefined;
  const where = `Database ${name} on ${targetDbInstanceId}`;
  // Once somebody else's, it stays so unless it carries the mark that was recorded.
  if (status === "Foreign" && (mark === undefined || ownershipMarks === false))
    return `${where} was made by somebody else: it is left as it is.`;
  if (ownershipMarks === false) return undefined;
  const isOurs =
    mark === undefined ? !isMark(description) || hasOwnMark(resourceUrn, description) : description === mark;
  if (isOurs) return undefined;
  return `${where} is not the one that was copied: ${evidenceOf(mark, resourceUrn, description)}. It is left as it is.`;
}

/**
 * Whether a database was gone when it was last looked for, and had no mark by which it could be known again. Without
 * marks the state alone tells whose a database is.
 */
export function wentUnmarked(
  { ownershipMarks }: Pick<CopyInputs, "ownershipMarks">,
  { status, mark }: DatabaseState,
): boolean {
  return status === "Missing" && mark === undefined && ownershipMarks !== false;
}

function evidenceOf(mark: string | undefined, urn: string | undefined, description: string): string {
  if (mark === undefined) return `its description is the mark of another resource, ${description}`;
  if (hasOwnMark(urn, description))
    return `it carries ${description}, the mark of another copy of this very resource, which its state does not tell of, instead of ${mark}`;
  return `it does not carry the mark ${mark} in its description any more, so somebody dropped it and made another one, or changed the description`;
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

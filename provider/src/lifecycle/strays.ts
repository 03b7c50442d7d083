import { listNames, sameName } from "../copy/databaseNames";
import { hasOwnMark, isMark, maySpeakOf, type Receipt } from "../copy/marks";
import type { DatabaseFacts } from "../rds/rdsApi";
import type { CopyInputs } from "./inputs";
import type { Run } from "./run";
import type { CopyState } from "./state";

export interface StraysOptions {
  /** What the program declares. */
  readonly inputs: Pick<
    CopyInputs,
    "resourceUrn" | "ownershipMarks" | "targetDbInstanceId" | "dbNames" | "createFirst"
  >;
  /** What the state tells of, if there is one. */
  readonly recorded?: CopyState["databases"];
  readonly listed: readonly DatabaseFacts[];
  /** The receipt of a copy that the state does not tell of, if there is one. */
  readonly receipt?: Receipt | undefined;
}

/**
 * Says which databases this resource seems to have made that neither its program nor its state tells of: a run was cut
 * off, and the program was changed before the next one. They are neither dropped nor taken over. Whose they are now is
 * for a person to say: `retainOnDelete` leaves such databases as well.
 */
export function warnOfStrays({ inputs, recorded = {}, listed, receipt }: StraysOptions, run: Run): void {
  const { resourceUrn: urn, ownershipMarks, targetDbInstanceId: instanceId, createFirst } = inputs;
  // With create-before-delete, what the original and what its replacement made stand side by side.
  if (urn === undefined || ownershipMarks === false || createFirst) return;
  const known = [
    ...Object.values(inputs.dbNames),
    ...Object.keys(recorded),
    ...(run.memory.oldOf(urn)?.targetNames ?? []),
  ];
  const isKnown = (name: string) =>
    run.memory.isClaimed(instanceId, name) || known.some((own) => sameName(own, name));
  const others = listed.filter(({ name }) => !isKnown(name));
  const marked = others.filter(({ description }) => hasOwnMark(urn, description)).map(({ name }) => name);
  const spokenOf = others
    .filter(({ description, name }) => !isMark(description) && receipt?.names && maySpeakOf(receipt, name))
    .map(({ name }) => name);
  for (const [names, evidence] of [
    [marked, "in the description: the mark of this resource"],
    [spokenOf, "on the instance: the receipt of a copy of this resource that may have made it"],
  ] as const) {
    if (names.length === 0 || !run.memory.isNews(`strays ${urn} ${names.join()}`)) continue;
    run.report.warn(
      `${listNames(names)} on ${instanceId} ${names.length === 1 ? "is" : "are"} not declared, and the state does not tell of it (${evidence}). ` +
        `A run that was cut off or could not be recorded made it before the program was changed, or "retainOnDelete" kept it. ` +
        `It is left as it is: declare it again to have it taken up, or drop it yourself.`,
    );
  }
}

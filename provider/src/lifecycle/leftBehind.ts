import type { Receipt } from "../copy/marks";
import { recognise } from "../copy/recognise";
import { chosenRestorePoint, type RestorePoint } from "../copy/restorePoint";
import { sameName, type DatabaseNames } from "../copy/databaseNames";
import type { DatabaseFacts, RdsApi } from "../rds/rdsApi";
import { toUtcSeconds } from "../time/moment";
import type { CopyInputs } from "./inputs";
import type { Run } from "./run";
import type { DatabaseState } from "./state";

/** What a run of this very resource has left without being able to record it. */
export type LeftBehind =
  | { readonly state: "nothing" }
  /** A receipt of a copy that none of the names is recognised by: it is only to be taken off. */
  | { readonly state: "receipt"; readonly receipt: Receipt }
  | LeftCopy;

export interface LeftCopy {
  readonly state: "copy";
  /** By declared target name: `Creating` if it is there, whatever is left to do for it, else `Requested`. */
  readonly databases: Readonly<Record<string, DatabaseState>>;
  readonly restorePoint: RestorePoint;
  readonly requestId?: string;
  /** Target names of those that carry their mark. */
  readonly marked: ReadonlySet<string>;
}

export interface LeftBehindOptions {
  readonly rds: RdsApi;
  readonly inputs: CopyInputs;
  readonly listed: readonly DatabaseFacts[];
  /** The names that no state tells of. */
  readonly names: DatabaseNames;
  /** Moments that count besides the one that the inputs choose. */
  readonly morePoints?: readonly RestorePoint[];
}

/** Looks for copies of this resource that its state does not know. */
export async function leftBehind(
  { rds, inputs, listed, names, morePoints = [] }: LeftBehindOptions,
  run: Run,
): Promise<LeftBehind> {
  const { resourceUrn: urn, ownershipMarks, createFirst, generation = 0 } = inputs;
  // Forced create-before-delete: what carries our marks is about to be dropped with the original.
  if (urn === undefined || ownershipMarks === false || createFirst) return { state: "nothing" };
  const found = await recognise({
    rds,
    clock: run.clock,
    urn,
    sourceDbInstanceId: inputs.sourceDbInstanceId,
    targetDbInstanceId: inputs.targetDbInstanceId,
    syncUserPrivilege: inputs.syncUserPrivilege ?? false,
    names,
    listed,
    choice: chosenRestorePoint(inputs),
    morePoints,
    generation: run.memory.oldOf(urn) ? generation : undefined,
    adoptExisting: inputs.adoptExisting ?? false,
  });
  const [restorePoint] = found?.points.values() ?? [];
  if (!found || !restorePoint)
    return found?.receipt ? { state: "receipt", receipt: found.receipt } : { state: "nothing" };
  const { requestId, time: askedAt } = found.receipt ?? {};
  // The run that announced it is gone: a copy of the name that begins from now on is not its own.
  const askedUntil = found.receipt && requestId === undefined ? toUtcSeconds(run.clock.now()) : undefined;
  const databases = Object.entries(names).flatMap(([sourceName, targetName]): [string, DatabaseState][] => {
    const point = found.points.get(targetName);
    if (!point) return [];
    const status = listed.some(({ name }) => sameName(name, targetName)) ? "Creating" : "Requested";
    const common = {
      sourceName,
      targetName,
      status,
      origin: "copied",
      restorePoint: point,
    } as const;
    return [
      [
        targetName,
        {
          ...common,
          ...(requestId === undefined ? {} : { requestId }),
          ...(askedAt === undefined ? {} : { askedAt }),
          ...(askedUntil === undefined ? {} : { askedUntil }),
        },
      ],
    ];
  });
  return {
    state: "copy",
    databases: Object.fromEntries(databases),
    restorePoint,
    marked: found.marked,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

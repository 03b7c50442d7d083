import { isDeepStrictEqual } from "node:util";
import { listNames, sameName } from "../copy/databaseNames";
import { chosenRestorePoint, describeRestorePoint, type RestorePointChoice } from "../copy/restorePoint";
import { holdsOtherData, needsUpdate } from "../ownership/change";
import { recordOf } from "../ownership/record";
import type { ConnectionOverrides } from "../rds/connection";
import { knownNames, withDefaults, type CopyInputs, type FoundAt, type PartialInputs } from "./inputs";
import type { CopyState } from "./state";
import { holdsUnknown, isKnown } from "./unknown";

/** What a change of inputs, or of what was found, asks for. */
export type Plan =
  | { readonly kind: "nothing" }
  /** Nothing to do in the cloud; the state takes the new inputs. `isMoved`: the target is to be found at another place first. */
  | { readonly kind: "record"; readonly isMoved: boolean }
  /** Finish: fill what is not there, then drop what is no longer declared (target names). */
  | { readonly kind: "change"; readonly drop: readonly string[]; readonly isMoved: boolean }
  | { readonly kind: "replace"; readonly properties: readonly string[]; readonly reasons: readonly string[] }
  /** An input is not known yet, so neither is the plan. `mayReplace`: inputs whose value may ask for a replacement. */
  | { readonly kind: "undecided"; readonly mayReplace: readonly string[] };

/** Compares the recorded state with the wanted inputs: the table of the README, "What a change does". */
export function planChange(old: CopyState, wanted: PartialInputs): Plan {
  // Each rests on known inputs alone, so it is certain whatever the others turn out to be.
  const replaced = replacements(old, wanted);
  if (replaced.length > 0) {
    return {
      kind: "replace",
      properties: [...new Set(replaced.map(({ property }) => property))],
      reasons: replaced.map(({ reason }) => reason),
    };
  }
  if (!isWhole(wanted)) {
    return { kind: "undecided", mayReplace: replacing.filter((name) => holdsUnknown(wanted[name])) };
  }
  const isMoved = wanted.foundAt !== undefined && !isDeepStrictEqual(wanted.foundAt, old.foundAt);
  const isUnfinished = old.completedAt === undefined;
  const marksOn = wanted.ownershipMarks ?? true;
  if (needsUpdate({ records: old.databases, isUnfinished, marksOn }, wanted.dbNames))
    return { kind: "change", drop: undeclared(old, wanted), isMoved };
  return isMoved || !isDeepStrictEqual(comparable(old), comparable(wanted))
    ? { kind: "record", isMoved }
    : { kind: "nothing" };
}

/** Recorded, and no longer declared: by target name. */
function undeclared({ databases }: CopyState, { dbNames }: CopyInputs): string[] {
  const wanted = Object.values(dbNames);
  return Object.keys(databases).filter((name) => !wanted.some((target) => sameName(target, name)));
}

/**
 * The option of the last run still counts: to drop a retained or a protected database takes two runs, as to delete the
 * resource does.
 */
export function retaining<Inputs extends PartialInputs>(wanted: Inputs, old: CopyInputs): Inputs {
  return old.retainOnDelete === true ? { ...wanted, retainOnDelete: true } : wanted;
}

/** The inputs that a replacement is for, by themselves or with others. */
const replacing = [
  "sourceDbInstanceId",
  "targetDbInstanceId",
  "syncUserPrivilege",
  "backupId",
  "restoreTime",
] as const;

/** Nothing unknown is left, and `check` has refused inputs without the required ones. */
function isWhole(wanted: PartialInputs): wanted is CopyInputs {
  return !Object.values(wanted).some(holdsUnknown);
}

interface Replacement {
  readonly property: string;
  readonly reason: string;
}

function replacements(old: CopyState, wanted: PartialInputs): Replacement[] {
  return [...movedInstances(old, wanted), ...otherData(old, wanted)];
}

/** What the inputs alone tell: `check`, which is not given the state, asks as well. */
export function movedInstances(
  old: Pick<PartialInputs, "sourceDbInstanceId" | "targetDbInstanceId" | "syncUserPrivilege">,
  wanted: PartialInputs,
): Replacement[] {
  const found: Replacement[] = [];
  for (const [property, what] of [
    ["sourceDbInstanceId", "source"],
    ["targetDbInstanceId", "target"],
  ] as const) {
    const [before, after] = [old[property], wanted[property]];
    if (typeof before === "string" && typeof after === "string" && before !== after)
      found.push({ property, reason: `the ${what} changes from ${before} to ${after}` });
  }
  const [before = false, after = false] = [old.syncUserPrivilege, wanted.syncUserPrivilege];
  if (isKnown(before) && isKnown(after) && before !== after) {
    const reason = `syncUserPrivilege changes from ${before} to ${after}`;
    found.push({ property: "syncUserPrivilege", reason });
  }
  return found;
}

/** Databases that hold another restore point, or come from another database, than the program says. */
function otherData(old: CopyState, wanted: PartialInputs): Replacement[] {
  const { backupId, restoreTime } = wanted;
  const isPinKnown = !holdsUnknown(backupId) && !holdsUnknown(restoreTime);
  const choice = isPinKnown ? choiceIn({ backupId, restoreTime }) : ({ kind: "latest" } as const);
  const known = knownNames(wanted);
  const property = choice.kind === "backup" ? "backupId" : choice.kind === "time" ? "restoreTime" : "dbNames";
  const points = new Map<string, string[]>();
  const sources = holdsOtherData(old.databases, known, choice).flatMap((name): Replacement[] => {
    const record = recordOf(old.databases, name);
    if (record === undefined || record.phase === "adopted") return [];
    const source = Object.entries(known).find(([, target]) => target === name)?.[0] ?? name;
    if (record.source !== undefined && !sameName(record.source, source))
      return [
        {
          property: "dbNames",
          reason: `${name} holds the data of ${record.source} and is to hold that of ${source}`,
        },
      ];
    if (record.otherSource !== undefined)
      return [
        { property: "dbNames", reason: `${name} was copied by an interrupted run from another source` },
      ];
    const point = describeRestorePoint(record.point);
    points.set(point, [...(points.get(point) ?? []), name]);
    return [];
  });
  const moved = [...points].map(([point, names]) => ({
    property,
    reason: `${listNames(names)} ${names.length === 1 ? "holds" : "hold"} the data of ${point}; ${property} now asks for ${describeChoice(choice)}`,
  }));
  return [...sources, ...moved];
}

export function choiceIn({ backupId, restoreTime }: Pins): RestorePointChoice {
  return chosenRestorePoint({
    ...(typeof backupId === "string" ? { backupId } : {}),
    ...(typeof restoreTime === "string" ? { restoreTime } : {}),
  });
}

function describeChoice(choice: RestorePointChoice): string {
  return choice.kind === "latest" ? "the latest backup" : describeRestorePoint(choice);
}

interface Pins {
  readonly backupId?: unknown;
  readonly restoreTime?: unknown;
}

/** Where the resource would call now. A region that nobody named is no change. */
export function placeNow(
  {
    region,
    regionSource,
    endpoint,
  }: { readonly region: string; readonly regionSource: string; readonly endpoint: string },
  before: FoundAt | undefined,
): FoundAt {
  return regionSource === "default" && before ? before : { region, endpoint };
}

/** The connection by which an instance is reached where it was found last. */
export function connectionAt(
  connection: ConnectionOverrides | undefined,
  { region, endpoint }: FoundAt,
): ConnectionOverrides {
  return { ...connection, region, endpoint };
}

/** What the inputs say, without outputs and the difference between a default and nothing. */
function comparable(inputs: CopyInputs) {
  const all = withDefaults(inputs);
  return {
    sourceDbInstanceId: all.sourceDbInstanceId,
    targetDbInstanceId: all.targetDbInstanceId,
    // Source names are compared as declared: another case is another text.
    dbNames: all.dbNames,
    backupId: all.backupId,
    restoreTime: all.restoreTime,
    maxBackupAge: all.maxBackupAge,
    syncUserPrivilege: all.syncUserPrivilege,
    requireTargetTags: all.requireTargetTags,
    adoptExisting: all.adoptExisting,
    claim: all.claim ?? [],
    preflight: all.preflight,
    ownershipMarks: all.ownershipMarks,
    timeouts: all.timeouts,
    connection: all.connection ?? {},
    protect: all.protect ?? false,
    retainOnDelete: all.retainOnDelete ?? false,
    // What was in clear and becomes a secret, or the other way round, is to be recorded anew.
    secretInputs: [...(all.secretInputs ?? [])].sort(),
  } satisfies Record<Exclude<keyof CopyInputs, "resourceUrn" | "foundAt" | "deleteBeforeReplace">, unknown>;
}

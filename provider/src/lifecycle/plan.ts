import { isDeepStrictEqual } from "node:util";
import { nameKey, sameName, type DatabaseNames } from "../copy/databaseNames";
import { chosenRestorePoint, describeRestorePoint, isSamePoint } from "../copy/restorePoint";
import { withDefaults, type CopyInputs, type PartialInputs } from "./inputs";
import { isUnfinished, recordOf, type CopyState } from "./state";
import { holdsUnknown, isKnown } from "./unknown";

/** What a change of inputs, or of what was found, asks for. */
export type Plan =
  | { readonly kind: "nothing" }
  /** Nothing to do in the cloud; the state takes the new inputs. */
  | { readonly kind: "record"; readonly notes: readonly string[] }
  /** Finish: fill some databases, then drop those that are no longer declared (by target name). Both may be none. */
  | { readonly kind: "change"; readonly fill: DatabaseNames; readonly drop: readonly string[] }
  | { readonly kind: "replace"; readonly properties: readonly string[]; readonly reasons: readonly string[] }
  /** An input is not known yet, so neither is the plan. */
  | { readonly kind: "undecided" };

/** Where the resource would call now; a region that nobody named is no change. */
export interface RegionNow {
  readonly region: string;
  readonly regionSource: string;
}

/** Compares the recorded state with the wanted inputs: the table of the README, "What a change does". */
export function planChange(old: CopyState, wanted: PartialInputs, now: RegionNow): Plan {
  // Each rests on known inputs alone, so it is certain whatever the others turn out to be.
  const replaced = replacements(old, wanted, now);
  if (replaced.length > 0) {
    return {
      kind: "replace",
      properties: [...new Set(replaced.map(({ property }) => property))],
      reasons: replaced.map(({ reason }) => reason),
    };
  }
  if (Object.values(wanted).some(holdsUnknown)) return { kind: "undecided" };
  // Nothing unknown is left, and `check` has refused inputs without the required ones.
  const inputs = wanted as CopyInputs;
  const fill = toFill(old, inputs.dbNames);
  const drop = toDrop(old, inputs.dbNames);
  // A refresh may have seen everything running that a run could not wait for: its marks and its end are still owed.
  const isOpen = old.completedAt === undefined;
  if (isOpen || Object.keys(fill).length > 0 || drop.length > 0) return { kind: "change", fill, drop };
  return sameInputs(old, inputs) ? { kind: "nothing" } : { kind: "record", notes: pinNotes(old, inputs) };
}

interface Replacement {
  readonly property: string;
  readonly reason: string;
}

function replacements(old: CopyState, wanted: PartialInputs, now: RegionNow): Replacement[] {
  const found: Replacement[] = [];
  const differs = (property: "sourceDbInstanceId" | "targetDbInstanceId", what: string) => {
    const value = wanted[property];
    if (typeof value === "string" && value !== old[property]) {
      found.push({ property, reason: `the ${what} changes from ${old[property]} to ${value}` });
    }
  };
  differs("sourceDbInstanceId", "source");
  differs("targetDbInstanceId", "target");

  if (now.regionSource !== "default" && now.region !== old.region && now.region !== old.askedRegion) {
    found.push({ property: "connection", reason: `the region changes from ${old.region} to ${now.region}` });
  }
  const { connection, syncUserPrivilege } = wanted;
  if (!holdsUnknown(connection)) {
    const endpoint = (connection as CopyInputs["connection"])?.endpoint;
    if (endpoint !== old.connection?.endpoint) {
      found.push({
        property: "connection",
        reason: `connection.endpoint changes from ${old.connection?.endpoint ?? "none"} to ${endpoint ?? "none"}`,
      });
    }
  }
  if (syncUserPrivilege === undefined || typeof syncUserPrivilege === "boolean") {
    const before = old.syncUserPrivilege ?? false;
    const after = syncUserPrivilege ?? false;
    if (before !== after)
      found.push({
        property: "syncUserPrivilege",
        reason: `syncUserPrivilege changes from ${before} to ${after}`,
      });
  }
  return [...found, ...movedPoint(old, wanted), ...movedSources(old, wanted.dbNames)];
}

/**
 * A pin that names another moment than that of the data there. Removing a pin moves nothing, and databases
 * that are missing, foreign or no longer declared have no data of ours that would have to move.
 */
function movedPoint(old: CopyState, { backupId, restoreTime, dbNames }: PartialInputs): Replacement[] {
  if (backupId !== undefined && !isKnown(backupId)) return [];
  if (restoreTime !== undefined && !isKnown(restoreTime)) return [];
  if (backupId === old.backupId && restoreTime === old.restoreTime) return [];
  const choice = chosenRestorePoint({
    ...(backupId === undefined ? {} : { backupId }),
    ...(restoreTime === undefined ? {} : { restoreTime }),
  });
  const other = knownTargets(dbNames)
    .flatMap((target) => recordOf(old, target) ?? [])
    .filter(({ origin, status }) => origin === "copied" && status !== "Missing" && status !== "Foreign")
    .flatMap(({ restorePoint }) => restorePoint ?? [])
    .find((point) => !isSamePoint(choice, point));
  if (choice.kind === "latest" || !other) return [];
  const property = choice.kind === "backup" ? "backupId" : "restoreTime";
  const to = choice.kind === "backup" ? `backup ${choice.backupId}` : `the moment ${choice.restoreTime}`;
  return [
    {
      property,
      reason: `the data there is that of ${describeRestorePoint(other)}; ${property} now asks for ${to}`,
    },
  ];
}

function knownTargets(dbNames: PartialInputs["dbNames"]): string[] {
  if (dbNames === undefined || !isKnown(dbNames)) return [];
  // Single target names may be unknown, which the type does not tell.
  return Object.values<unknown>(dbNames).filter((target) => typeof target === "string");
}

/** The same target name is to hold another source's data: it cannot stand beside itself, so it goes first. */
function movedSources(old: CopyState, dbNames: PartialInputs["dbNames"]): Replacement[] {
  if (dbNames === undefined || !isKnown(dbNames)) return [];
  return Object.entries(dbNames).flatMap(([source, target]) => {
    const there = typeof target === "string" ? recordOf(old, target) : undefined;
    if (!there || there.origin === "adopted" || sameName(there.sourceName, source)) return [];
    return [
      {
        property: "dbNames",
        reason: `${target} holds the data of ${there.sourceName} and is to hold that of ${source}`,
      },
    ];
  });
}

function toFill(old: CopyState, names: DatabaseNames): DatabaseNames {
  return Object.fromEntries(
    Object.entries(names).filter(([, target]) => {
      const there = recordOf(old, target);
      return there === undefined || isUnfinished(there);
    }),
  );
}

function toDrop(old: CopyState, names: DatabaseNames): string[] {
  const wanted = new Set(Object.values(names).map(nameKey));
  return Object.keys(old.databases).filter((target) => !wanted.has(nameKey(target)));
}

/** Whether nothing at all is left to record. Source names are compared as declared: another case is another text. */
function sameInputs(old: CopyState, inputs: CopyInputs): boolean {
  return isDeepStrictEqual(comparable(old), comparable(inputs));
}

/** What the inputs say, without outputs, hidden inputs and the difference between a default and nothing. */
function comparable(inputs: CopyInputs) {
  const all = withDefaults(inputs);
  return {
    sourceDbInstanceId: all.sourceDbInstanceId,
    targetDbInstanceId: all.targetDbInstanceId,
    dbNames: all.dbNames,
    backupId: all.backupId,
    restoreTime: all.restoreTime,
    maxBackupAge: all.maxBackupAge,
    syncUserPrivilege: all.syncUserPrivilege,
    requireTargetTags: all.requireTargetTags,
    adoptExisting: all.adoptExisting,
    preflight: all.preflight,
    ownershipMarks: all.ownershipMarks,
    timeouts: all.timeouts,
    connection: all.connection ?? {},
    // What was in clear and becomes a secret, or the other way round, is to be recorded anew.
    secretInputs: [...(all.secretInputs ?? [])].sort(),
  } satisfies Record<Exclude<keyof CopyInputs, HiddenInput>, unknown>;
}

/** Written by the package for itself, never a difference. */
type HiddenInput = "resourceUrn" | "generation" | "createFirst";

function pinNotes(old: CopyState, inputs: CopyInputs): string[] {
  const point = old.restorePoint;
  const pinChanges = old.backupId !== inputs.backupId || old.restoreTime !== inputs.restoreTime;
  if (!pinChanges || !point) return [];
  return [
    `The data stays as it was copied, from ${describeRestorePoint(point)}: the changed pin names no other moment.`,
  ];
}

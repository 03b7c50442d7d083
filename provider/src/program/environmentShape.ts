import * as pulumi from "@pulumi/pulumi";
import { listNames, nameKey, type DatabaseNames } from "../copy/databaseNames";
import type { DatabaseCopyArgs } from "./databaseCopy";
import { patternedNames, patternProblem } from "./namePattern";

/** An instance whose databases are copied. */
export interface SourceDatabases {
  readonly dbInstanceId: pulumi.Input<string>;
  /** As `dbNames` of a copy. A list is named by the pattern; a map says the names itself. */
  readonly databases: DatabaseCopyArgs["dbNames"];
}

/** An instance that they are copied to. */
export interface EnvironmentTarget {
  readonly dbInstanceId: pulumi.Input<string>;
  /** What `{environment}` of the pattern stands for. Default: the key of the target. */
  readonly environment?: string;
}

/** Where in time the data comes from; one answer for all copies. */
export type EnvironmentRestorePoint =
  /** The newest usable full backup of the one source, as it is when the component is created. */
  | "latestBackup"
  /** The latest moment that all sources can be restored to, computed from their log backups. */
  | "latestCommon"
  | { readonly backupId: pulumi.Input<string> }
  | { readonly restoreTime: pulumi.Input<string | Date> };

/** What holds for every copy alike. */
export type ForEveryCopy = Pick<
  DatabaseCopyArgs,
  | "requireTargetTags"
  | "syncUserPrivilege"
  | "adoptExisting"
  | "claim"
  | "preflight"
  | "ownershipMarks"
  | "timeouts"
  | "connection"
>;

/** The inputs of `EnvironmentDatabases`. */
export interface EnvironmentDatabasesArgs extends ForEveryCopy {
  /** By a key of your own, which names the children: keep it, and the copies stay. */
  readonly sources: Readonly<Record<string, SourceDatabases>>;
  /** By a key of your own, such as "staging". Every source is copied to every target. */
  readonly targets: Readonly<Record<string, EnvironmentTarget | pulumi.Input<string>>>;
  /**
   * How a database is called on a target: text with `{name}`, `{environment}`, `{source}` and `{target}`, such
   * as "{name}_{environment}". Default: "{name}".
   */
  readonly names?: string;
  /** Default: "latestBackup" with one source, "latestCommon" with several. A chosen point is kept until `refresh` changes. */
  readonly restorePoint?: EnvironmentRestorePoint;
  /** Any text, such as a date or a build number. A change chooses the restore point anew; if it is another one, all copies are filled anew. */
  readonly refresh?: pulumi.Input<string | undefined>;
  /**
   * Copies that a stack declared by themselves before they came into this component, or that this component made under
   * another key: "source/target" to the name they had. They are taken along and not filled anew.
   */
  readonly formerNames?: Readonly<Record<string, string>>;
}

/** A target in its long form. */
export function targetOf(target: EnvironmentTarget | pulumi.Input<string>): EnvironmentTarget {
  if (typeof target === "string" || pulumi.Output.isInstance(target) || target instanceof Promise) {
    return { dbInstanceId: target };
  }
  return target;
}

/** What is wrong with the shape of the whole, as a sentence, before any child is declared. */
export function environmentProblem(args: EnvironmentDatabasesArgs): string | undefined {
  const sources = Object.keys(args.sources);
  if (sources.length === 0) return "sources names no instance.";
  if (Object.keys(args.targets).length === 0) return "targets names no instance.";
  return (
    patternProblem(args.names ?? "{name}") ??
    pointProblem(args, sources) ??
    nameProblem(args) ??
    formerNameProblem(args, sources)
  );
}

function pointProblem(
  { restorePoint }: EnvironmentDatabasesArgs,
  sources: readonly string[],
): string | undefined {
  const needsOneSource =
    restorePoint === "latestBackup" || (typeof restorePoint === "object" && "backupId" in restorePoint);
  return needsOneSource && sources.length > 1
    ? `a backup is of one instance, and there are ${sources.length} sources (${listNames(sources)}). Use restorePoint "latestCommon" or a restoreTime.`
    : undefined;
}

/** Names that are not plain yet are compared by the copies themselves, which may have begun by then. */
function nameProblem(args: EnvironmentDatabasesArgs): string | undefined {
  for (const [target, to] of Object.entries(args.targets)) {
    const environment = targetOf(to).environment ?? target;
    const owners = new Map<string, string>();
    for (const [source, { databases }] of Object.entries(args.sources)) {
      if (!isPlain(databases)) continue;
      const names = patternedNames(databases, args.names ?? "{name}", { source, target, environment });
      for (const name of Object.values(names)) {
        const owner = owners.get(nameKey(name));
        if (owner !== undefined && owner !== source)
          return `${owner} and ${source} would both make ${nameKey(name)} on ${target}. Put {source} into names, or give a map of names.`;
        owners.set(nameKey(name), source);
      }
    }
  }
  return undefined;
}

function isPlain(databases: SourceDatabases["databases"]): databases is string | string[] | DatabaseNames {
  if (typeof databases === "string") return true;
  if (pulumi.Output.isInstance(databases) || databases instanceof Promise) return false;
  return Object.values(databases).every((name) => typeof name === "string");
}

function formerNameProblem(
  { formerNames = {}, targets }: EnvironmentDatabasesArgs,
  sources: readonly string[],
): string | undefined {
  const keys = sources.flatMap((source) => Object.keys(targets).map((target) => `${source}/${target}`));
  const unknown = Object.keys(formerNames).find((key) => !keys.includes(key));
  return unknown === undefined
    ? undefined
    : `formerNames speaks of ${unknown}; known are ${listNames(keys)}.`;
}

import * as pulumi from "@pulumi/pulumi";
import { listNames, nameKey, type DatabaseNames } from "../copy/databaseNames";
import type { CopyNames, DatabaseCopyArgs, ForEveryCopy } from "./copyArgs";
import { patternedNames, patternProblem } from "./namePattern";

/** An instance whose databases are copied. */
export interface SourceDatabases {
  /** Id of the instance (`DBInstanceId`). */
  readonly dbInstanceId: pulumi.Input<string>;
  /** As `dbNames` of a copy. A list is named by the pattern `names`; a map says the names itself. */
  readonly databases: pulumi.Input<CopyNames>;
}

/** An instance that they are copied to. */
export interface EnvironmentTarget {
  /** Id of the instance (`TargetDBInstanceId`). */
  readonly dbInstanceId: pulumi.Input<string>;
  /**
   * What `{environment}` of the pattern `names` stands for.
   *
   * @defaultValue the key of the target
   */
  readonly environment?: string | undefined;
}

/**
 * The restore point that the data comes from, one for all copies. `"latestBackup"`: the newest usable full backup of the one
 * source, as it is when the component is created. `"latestCommon"`: the latest point in time that all sources can be restored
 * to, computed from their log backups. Or a backup set of the one source, or a point in time.
 */
export type EnvironmentRestorePoint =
  | "latestBackup"
  | "latestCommon"
  | {
      /** Id of a backup set of the one source, as text. Excludes `restoreTime`. */
      readonly backupId: pulumi.Input<string>;
      /** Excluded by `backupId`. */
      readonly restoreTime?: undefined;
    }
  | {
      /** A point in time that every source can be restored to: RFC 3339 with a zone, or a Date. Excludes `backupId`. */
      readonly restoreTime: pulumi.Input<string | Date>;
      /** Excluded by `restoreTime`. */
      readonly backupId?: undefined;
    };

/** The inputs of `EnvironmentDatabases`. */
export interface EnvironmentDatabasesArgs extends ForEveryCopy {
  /** The instances that are copied from, by a key of your own, which names the children: keep it, and the copies stay. */
  readonly sources: Readonly<Record<string, SourceDatabases>>;
  /**
   * The instances that are copied to, by a key of your own, such as `"staging"`. Every source is copied to every target. With
   * more copies than Pulumi runs at a time (four per processor), `pulumi up --parallel N` runs them all at once.
   */
  readonly targets: Readonly<Record<string, EnvironmentTarget | pulumi.Input<string>>>;
  /**
   * How a database is called on a target: text with `{name}`, `{environment}`, `{source}` and `{target}`, such as
   * `"{name}_{environment}"`.
   *
   * @defaultValue `"{name}"`
   */
  readonly names?: string | undefined;
  /**
   * The restore point of all copies. What was chosen is kept until `refresh` changes.
   *
   * @defaultValue `"latestBackup"` with one source, `"latestCommon"` with several
   */
  readonly restorePoint?: EnvironmentRestorePoint | undefined;
  /**
   * Any text, such as a date or a build number. A change chooses the restore point again; if it is another one, all databases
   * are dropped and copied anew.
   *
   * @defaultValue none
   */
  readonly refresh?: pulumi.Input<string | undefined>;
  /**
   * Copies that a stack declared by themselves before they came into this component, or that this component made under
   * another key: `"source/target"` to the name they had. They are kept as they are.
   *
   * @defaultValue none
   */
  readonly formerNames?: Readonly<Record<string, string>> | undefined;
}

/** A target in its long form. */
export function targetOf(target: EnvironmentTarget | pulumi.Input<string>): EnvironmentTarget {
  if (typeof target === "string" || pulumi.Output.isInstance(target) || target instanceof Promise) {
    return { dbInstanceId: target };
  }
  return target;
}

/** What is wrong with the shape of the whole, as a sentence, before any child is declared. JavaScript gives what no type allows. */
export function environmentProblem(args: EnvironmentDatabasesArgs): string | undefined {
  return (
    misplacedProblem(args) ??
    instancesProblem("sources", args.sources) ??
    instancesProblem("targets", args.targets) ??
    databasesProblem(args.sources) ??
    patternProblem(args.names ?? "{name}") ??
    pointProblem(args) ??
    nameProblem(args) ??
    formerNameProblem(args)
  );
}

/** Inputs of a single copy that differ between the copies: where each belongs. A maxBackupAge reaches the copies, which warn. */
const placeOf = {
  sourceDbInstanceId: 'sources: { production: { dbInstanceId: "rm-...", databases: [...] } }',
  targetDbInstanceId: 'targets: { staging: "rm-..." }',
  dbNames: 'the source: sources: { production: { dbInstanceId: "rm-...", databases: [...] } }',
  backupId: 'restorePoint: { backupId: "..." }',
  restoreTime: 'restorePoint: { restoreTime: "..." }',
} as const satisfies {
  readonly [Name in Exclude<keyof DatabaseCopyArgs, keyof ForEveryCopy | "maxBackupAge">]: string;
};

function misplacedProblem(args: object): string | undefined {
  const given = new Map<string, unknown>(Object.entries(args));
  const misplaced = Object.entries(placeOf).find(([name]) => isGiven(given.get(name)));
  return misplaced && `${misplaced[0]} is an input of a single copy. Here it belongs into ${misplaced[1]}.`;
}

function instancesProblem(name: "sources" | "targets", instances: unknown): string | undefined {
  if (!isMap(instances))
    return `${name} must be an object with an instance for each key, such as { ${placeOf[name === "sources" ? "sourceDbInstanceId" : "targetDbInstanceId"]} }.`;
  const all = Object.entries(instances);
  if (all.length === 0) return `${name} names no instance.`;
  const without = all.find(([, instance]) => !isGiven(idOf(instance)));
  return (
    without &&
    `${name}.${without[0]} names no instance: give ${name === "sources" ? "dbInstanceId and databases" : "its id, or dbInstanceId"}.`
  );
}

function idOf(instance: unknown): unknown {
  return isMap(instance) ? new Map<string, unknown>(Object.entries(instance)).get("dbInstanceId") : instance;
}

function databasesProblem(sources: EnvironmentDatabasesArgs["sources"]): string | undefined {
  const without = Object.entries(sources).find(
    ([, source]) => !isMap(source) || !isGiven<unknown>(source.databases),
  );
  return without && `sources.${without[0]} names no databases: give databases, as dbNames of a copy.`;
}

function isGiven<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null;
}

/** An object whose keys are there to be read: no Output, Promise or list. */
function isMap(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !pulumi.Output.isInstance(value) &&
    !(value instanceof Promise)
  );
}

function pointProblem({
  restorePoint,
  sources,
}: Pick<EnvironmentDatabasesArgs, "restorePoint" | "sources">): string | undefined {
  if (!isGiven(restorePoint) || restorePoint === "latestCommon") return undefined;
  const { backupId, restoreTime } = isMap(restorePoint) ? restorePoint : {};
  if (restorePoint !== "latestBackup" && isGiven(backupId) === isGiven(restoreTime))
    return 'restorePoint must be "latestBackup", "latestCommon", { backupId: "..." } or { restoreTime: "..." }.';
  const keys = Object.keys(sources);
  return !isGiven(restoreTime) && keys.length > 1
    ? `a backup is of one instance, and there are ${keys.length} sources (${listNames(keys)}). Use restorePoint "latestCommon" or a restoreTime.`
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

function formerNameProblem({ formerNames, sources, targets }: EnvironmentDatabasesArgs): string | undefined {
  const keys = Object.keys(sources).flatMap((source) =>
    Object.keys(targets).map((target) => `${source}/${target}`),
  );
  const unknown = Object.keys(formerNames ?? {}).find((key) => !keys.includes(key));
  return unknown === undefined
    ? undefined
    : `formerNames speaks of ${unknown}; known are ${listNames(keys)}.`;
}

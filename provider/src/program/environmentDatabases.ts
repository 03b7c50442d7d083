import * as pulumi from "@pulumi/pulumi";
import { CommonRestorePoint } from "./commonRestorePoint";
import type { CopiedDatabase, RestorePoint } from "./copiedDatabase";
import type { CopyNames } from "./copyArgs";
import { DatabaseCopy } from "./databaseCopy";
import { refuseMisdeclared, timeInput } from "./declaration";
import { environmentProblem, targetOf } from "./environmentShape";
import type { EnvironmentDatabasesArgs, EnvironmentTarget, SourceDatabases } from "./environmentShape";
import { patternedNames } from "./namePattern";

/** One database of the environments: what is where, and where it came from. */
export interface EnvironmentDatabase extends Omit<CopiedDatabase, "source" | "target"> {
  /** Key of the source in `sources`. */
  readonly source: string;
  /** Key of the target in `targets`. */
  readonly target: string;
  /** Name on the source; missing where it is not known. */
  readonly sourceName?: string;
  /** Name on the target, as the service spells it. */
  readonly targetName: string;
  /** Id of the instance that it was copied from. */
  readonly sourceDbInstanceId: string;
  /** Id of the instance that it is on. */
  readonly targetDbInstanceId: string;
}

/**
 * The databases of one or several environments: every source copied to every target, all of one restore point. The children
 * are copies that are called `<name>-<source>-<target>`.
 *
 * @example
 * ```ts
 * import { EnvironmentDatabases } from "pulumi-alicloud-rds-copy";
 *
 * const teams = new EnvironmentDatabases("teams", {
 *   sources: { production: { dbInstanceId: "rm-prod", databases: ["orders", "crm"] } },
 *   targets: { team01: "rm-team01", team02: "rm-team02" },
 *   names: "{name}_{environment}",
 *   requireTargetTags: { env: "development" },
 * });
 *
 * export const databases = teams.databases;
 * ```
 */
export class EnvironmentDatabases extends pulumi.ComponentResource {
  /** The copies by `"source/target"`. */
  readonly copies: Readonly<Record<string, DatabaseCopy>>;
  /** What is where, sorted by target and name. */
  readonly databases: pulumi.Output<EnvironmentDatabase[]>;
  /** The restore point that all copies share, as it was chosen. */
  readonly restorePoint: pulumi.Output<Pick<RestorePoint, "kind" | "backupId" | "restoreTime"> | undefined>;
  /** A text that changes whenever any database of the environments is filled, and never otherwise. */
  readonly dataVersion: pulumi.Output<string>;

  /**
   * Declares the copies, and the restore point that they share.
   *
   * @param name - Name of the component in the stack: the copies begin with it.
   * @param args - Which databases, from where to where.
   * @param opts - Options of Pulumi; `protect` and `retainOnDelete` reach the copies.
   * @throws RunError with one sentence, if a pattern is wrong, two databases would have one name, or a backup set is given
   * for several sources
   */
  constructor(name: string, args: EnvironmentDatabasesArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const what = `EnvironmentDatabases "${name}"`;
    refuseMisdeclared(what, args, {});
    super("alicloud-rds-copy:index:EnvironmentDatabases", name, {}, opts);
    const problem = environmentProblem(args);
    if (problem !== undefined) throw new pulumi.RunError(`${what}: ${problem}`);
    // What is left is for every copy, also what is no input: the check of the copies says so.
    const { sources, targets, names, restorePoint, refresh, formerNames, ...forEveryCopy } = args;
    const point = sharedPoint(name, { sources, restorePoint, refresh, ...forEveryCopy }, this);
    this.restorePoint = pulumi
      .output(point)
      .apply(({ backupId, restoreTime }) =>
        backupId !== undefined
          ? { kind: "backup" as const, backupId }
          : restoreTime !== undefined
            ? { kind: "time" as const, restoreTime }
            : undefined,
      );
    const pairs = Object.entries(sources).flatMap(([source, from]) =>
      Object.entries(targets).map(([target, to]) => ({ source, from, target, to: targetOf(to) })),
    );
    this.copies = Object.fromEntries(
      pairs.map(({ source, from, target, to }) => {
        const key = `${source}/${target}`;
        const former = formerNames?.[key];
        const copy = new DatabaseCopy(
          `${name}-${source}-${target}`,
          {
            ...forEveryCopy,
            ...point,
            sourceDbInstanceId: from.dbInstanceId,
            targetDbInstanceId: to.dbInstanceId,
            dbNames: pulumi.output(from.databases).apply((databases) =>
              patternedNames(databases, names ?? "{name}", {
                source,
                target,
                environment: to.environment ?? target,
              }),
            ),
          },
          {
            parent: this,
            ...(former === undefined
              ? {}
              : { aliases: [{ name: former, parent: pulumi.rootStackResource }, { name: former }] }),
          },
        );
        return [key, copy];
      }),
    );
    this.databases = whatIsWhere(pairs, this.copies);
    this.dataVersion = pulumi
      .all(Object.values(this.copies).map(({ dataVersion }) => dataVersion))
      .apply((versions) => versions.join(" "));
    this.registerOutputs({
      databases: this.databases,
      restorePoint: this.restorePoint,
      dataVersion: this.dataVersion,
    });
  }
}

/** The chosen restore point as inputs of a copy. */
type SharedPoint =
  | { readonly backupId: pulumi.Input<string>; readonly restoreTime?: undefined }
  | { readonly restoreTime: pulumi.Input<string>; readonly backupId?: undefined };

function sharedPoint(
  name: string,
  args: Omit<EnvironmentDatabasesArgs, "targets">,
  parent: pulumi.Resource,
): SharedPoint {
  const sources = Object.entries(args.sources);
  const wanted = args.restorePoint ?? (sources.length > 1 ? "latestCommon" : "latestBackup");
  if (typeof wanted === "object") {
    if (wanted.backupId !== undefined) return { backupId: wanted.backupId };
    return { restoreTime: timeInput(`EnvironmentDatabases "${name}"`, wanted.restoreTime) };
  }
  const { connection, refresh } = args;
  const point = new CommonRestorePoint(
    `${name}-restore-point`,
    {
      kind: wanted,
      sources: Object.fromEntries(
        sources.map(([key, { dbInstanceId, databases }]) => [
          key,
          { dbInstanceId, databases: pulumi.output(databases).apply(sourceNames) },
        ]),
      ),
      ...(refresh === undefined ? {} : { refresh }),
      ...(connection === undefined ? {} : { connection }),
    },
    { parent },
  );
  // Under mocks a point may stay undefined; a copy then speaks of the latest backup.
  return wanted === "latestBackup"
    ? { backupId: point.backupId as pulumi.Output<string> }
    : { restoreTime: point.restoreTime as pulumi.Output<string> };
}

function sourceNames(databases: pulumi.Unwrap<CopyNames>): string[] {
  return Object.keys(patternedNames(databases, "{name}", { environment: "", source: "", target: "" }));
}

interface Pair {
  readonly source: string;
  readonly from: SourceDatabases;
  readonly target: string;
  readonly to: EnvironmentTarget;
}

function whatIsWhere(
  pairs: readonly Pair[],
  copies: Readonly<Record<string, DatabaseCopy>>,
): pulumi.Output<EnvironmentDatabase[]> {
  const lists = pairs.map(({ source, from, target, to }) =>
    pulumi
      .all([copies[`${source}/${target}`]?.databases, from.dbInstanceId, to.dbInstanceId])
      // Mocks that answer with the inputs alone leave the outputs undefined.
      .apply(([databases, sourceDbInstanceId, targetDbInstanceId]) =>
        Object.values(databases ?? {}).map(({ source: sourceName, target: targetName, ...database }) => ({
          source,
          target,
          sourceDbInstanceId,
          targetDbInstanceId,
          ...(sourceName === undefined ? {} : { sourceName }),
          targetName,
          ...database,
        })),
      ),
  );
  return pulumi
    .all(lists)
    .apply((all) =>
      all
        .flat()
        .sort(
          (left, right) =>
            left.target.localeCompare(right.target) || left.targetName.localeCompare(right.targetName),
        ),
    );
}

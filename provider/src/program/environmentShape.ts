import * as pulumi from "@pulumi/pulumi";
import { listNames, nameKey, type DatabaseNames } from "../copy/databaseNames";
import type { EnvironmentDatabasesArgs, EnvironmentTarget, SourceDatabases } from "./environmentDatabases";
import { patternedNames, patternProblem } from "./namePattern";

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

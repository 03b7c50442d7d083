import { nameKey, toDatabaseNames, type DatabaseNames } from "../copy/databaseNames";
import { listedNameProblem, sourceNameProblem, targetNameProblem } from "../copy/nameRules";
import type { ShapedInputs } from "./shape";
import { isKnown, unknown, type OrUnknown } from "./unknown";

type Say = (property: string, reason: string) => void;

/**
 * Checks the names, and turns lists and comma lists into maps. A map with a target name that is not known
 * yet keeps the gap; a list with one is not known as a whole.
 */
export function declaredNames(
  given: Exclude<ShapedInputs["dbNames"], undefined>,
  problem: Say,
): OrUnknown<DatabaseNames> {
  if (!isKnown(given)) return unknown;
  if (typeof given === "string")
    return listedNames(
      given.split(",").map((name) => name.trim()),
      problem,
      given,
    );
  if (isList(given)) return listedNames(given, problem);
  nameProblems(Object.entries(given), false, problem);
  // The type has no place for single gaps; whoever asks for known names looks for them.
  return given as DatabaseNames;
}

function isList(given: object): given is readonly OrUnknown<string>[] {
  return Array.isArray(given);
}

function listedNames(
  names: readonly OrUnknown<string>[],
  problem: Say,
  text?: string,
): OrUnknown<DatabaseNames> {
  if (text !== undefined && /^\s*[[{]/.test(text)) {
    problem("dbNames", "is JSON text. Give the list or the map itself.");
    return {};
  }
  nameProblems(
    names.map((name) => [name, name]),
    true,
    problem,
  );
  return names.every(isKnown) ? toDatabaseNames(names) : unknown;
}

type Pair = readonly [source: OrUnknown<string>, target: OrUnknown<string>];

function nameProblems(pairs: readonly Pair[], inList: boolean, problem: Say): void {
  if (pairs.every(([source]) => source === "")) {
    problem("dbNames", "names no database. Give at least one.");
    return;
  }
  const sources = new Set<string>();
  const targets = new Map<string, string>();
  for (const [index, [source, target]] of pairs.entries()) {
    if (!isKnown(source)) continue;
    const property = `dbNames.${inList ? index : source}`;
    if (source === "") {
      problem(inList ? property : "dbNames", inList ? "is an empty name." : "has an empty name as a key.");
      continue;
    }
    for (const reason of ownProblems(source, target, inList)) problem(property, reason);
    // Whether the source tells capitals apart is its collation's to say: the preflight looks.
    if (sources.has(source)) {
      problem(property, `names the database ${quoted(source)} a second time.`);
      continue;
    }
    sources.add(source);
    if (!isKnown(target)) continue;
    const owner = targets.get(nameKey(target));
    targets.set(nameKey(target), source);
    if (owner !== undefined)
      problem(
        property,
        `has the target name ${quoted(target)}, which ${quoted(owner)} has already; names are compared without case.`,
      );
  }
}

/** What is wrong with a pair by itself. A name that is both is told once. */
function ownProblems(source: string, target: OrUnknown<string>, inList: boolean): string[] {
  if (inList && source === "*") return [allDatabases];
  const asListed = inList ? listedNameProblem(source) : undefined;
  if (asListed) {
    const way = `If the database is really called so, give a map: { ${quoted(source)}: "..." }.`;
    return [`${quoted(source)} ${asListed}. ${way}`];
  }
  const asSource = sourceNameProblem(source);
  const found = asSource ? [`${quoted(source)} ${asSource}.`] : [];
  if (!isKnown(target) || (asSource && source === target)) return found;
  const asTarget = targetNameProblem(target, source);
  if (asTarget === undefined) return found;
  const way = inList ? ` Give a map to choose another one: { ${quoted(source)}: "..." }.` : "";
  return [...found, `is ${quoted(target)}, which cannot be the name on the target: it ${asTarget}.${way}`];
}

const allDatabases =
  'is "*", which is no pattern. For all databases, or all but some, give getDatabasesOutput({ dbInstanceId, except }).names.';

function quoted(name: string): string {
  return JSON.stringify(name);
}

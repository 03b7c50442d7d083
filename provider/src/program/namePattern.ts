import * as pulumi from "@pulumi/pulumi";
import { toDatabaseNames, type DatabaseNames } from "../copy/databaseNames";
import type { CopyNames } from "./copyArgs";

/** What the placeholders of a pattern stand for, but `{name}`. */
export interface PatternWords {
  readonly environment: string;
  readonly source: string;
  readonly target: string;
}

/**
 * The names on the target by a pattern such as `{name}_{environment}`. A map of names is explicit and stays
 * as it is. A name that the pattern changes is written in lower case, as the rule for new database names
 * wants it (API page of CreateDatabase).
 *
 * @throws RunError if they are neither text, list nor map, or a list holds something else than names
 */
export function patternedNames(
  databases: pulumi.Unwrap<CopyNames>,
  pattern: string,
  words: PatternWords,
): DatabaseNames {
  // JavaScript gives what no type allows, and a value that is known later is seen here first.
  const given: unknown = databases;
  if (typeof given !== "string" && (typeof given !== "object" || given === null))
    throw new pulumi.RunError(
      `The databases of a source are a list of names, a map or a text such as "orders,crm"; here they are ${given === null ? "null" : `of the type ${typeof given}`}.`,
    );
  if (!isList(databases) && typeof databases !== "string") return databases;
  const names = toDatabaseNames(isList(databases) ? namesOnly(databases) : databases);
  return Object.fromEntries(
    Object.keys(names).map((name) => {
      const replaced = replaceWords(pattern, { ...words, name });
      return [name, replaced === name ? name : replaced.toLowerCase()];
    }),
  );
}

/** Says what is wrong with a pattern, or nothing. */
export function patternProblem(pattern: unknown): string | undefined {
  if (typeof pattern !== "string") return 'names must be a text such as "{name}_{environment}".';
  const wrong = [...pattern.matchAll(/\{([^}]*)\}/g)]
    .map(([, word]) => word ?? "")
    .find((word) => !isWord(word));
  if (wrong !== undefined) {
    return `The pattern ${JSON.stringify(pattern)} holds {${wrong}}; known are ${known.map((word) => `{${word}}`).join(", ")}.`;
  }
  if (!pattern.includes("{name}")) {
    return `The pattern ${JSON.stringify(pattern)} lacks {name}, so all databases would have one name.`;
  }
  return undefined;
}

function isList<Given>(given: Given): given is Extract<Given, readonly unknown[]> {
  return Array.isArray(given);
}

function namesOnly(list: readonly unknown[]): readonly string[] {
  return list.map((name) => {
    if (typeof name === "string") return name;
    throw new pulumi.RunError(
      `A list of databases holds names only, and ${JSON.stringify(name)} is none. For another name on the target write { orders: "orders_2026" }.`,
    );
  });
}

const known = ["name", "environment", "source", "target"] as const;
type Word = (typeof known)[number];

function isWord(word: string): word is Word {
  return (known as readonly string[]).includes(word);
}

function replaceWords(pattern: string, words: Readonly<Record<Word, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (all, word: string) => (isWord(word) ? words[word] : all));
}

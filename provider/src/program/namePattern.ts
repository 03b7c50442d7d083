import { toDatabaseNames, type DatabaseNames } from "../copy/databaseNames";

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
 */
export function patternedNames(
  databases: string | readonly string[] | DatabaseNames,
  pattern: string,
  words: PatternWords,
): DatabaseNames {
  const names = toDatabaseNames(databases);
  if (typeof databases !== "string" && !Array.isArray(databases)) return names;
  return Object.fromEntries(
    Object.keys(names).map((name) => {
      const replaced = replaceWords(pattern, { ...words, name });
      return [name, replaced === name ? name : replaced.toLowerCase()];
    }),
  );
}

/** Says what is wrong with a pattern, or nothing. */
export function patternProblem(pattern: string): string | undefined {
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

const known = ["name", "environment", "source", "target"] as const;
type Word = (typeof known)[number];

function isWord(word: string): word is Word {
  return (known as readonly string[]).includes(word);
}

function replaceWords(pattern: string, words: Readonly<Record<Word, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (all, word: string) => (isWord(word) ? words[word] : all));
}

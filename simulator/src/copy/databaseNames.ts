import type { Call } from "../call/call.js";
import { isReservedName, isWellFormedName } from "../parameters/databaseName.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { findDatabase } from "../world/find.js";
import type { Instance } from "../world/schema.js";
import { follows2019 } from "./page2019.js";

export interface AskedDatabase {
  readonly source: string;
  readonly target: string;
}

/** DbNames: the text of a JSON object, source name to target name; under the pages of 2019 also a comma list. */
export function askedDatabases(call: Call): AskedDatabase[] {
  const text = call.params["DbNames"] ?? "";
  if (text.trim() === "") throw refuse(noNames);
  const isList = follows2019(call.world) && !text.trimStart().startsWith("{");
  return isList ? commaList(text) : nameMap(text);
}

function commaList(text: string): AskedDatabase[] {
  return text.split(",").map((entry) => {
    const name = entry.trim();
    if (name === "") throw refuse(noSourceName);
    return { source: name, target: name };
  });
}

function nameMap(text: string): AskedDatabase[] {
  const names = parseObject(text);
  const entries = Object.entries(names);
  if (entries.length === 0) throw refuse(noNames);
  return entries.map(([source, target]) => {
    if (source.trim() === "") throw refuse(noSourceName);
    if (typeof target !== "string" || target === "") throw refuse(badEntry, { values: { source } });
    return { source, target };
  });
}

/** The names on the target as the service spells them, all of them allowed, free and different. */
export function checkTargetNames(call: Call, target: Instance, asked: readonly AskedDatabase[]): string[] {
  const lower = call.world.service.targetNameSpelling === "lowerCase";
  const seen = new Set<string>();
  return asked.map((database) => {
    const name = lower ? database.target.toLowerCase() : database.target;
    const isNew = name !== database.source;
    if (isNew && (!isWellFormedName(name) || isReservedName(name)))
      throw refuse(badName, { values: { name } });
    if (seen.has(name.toLowerCase()) || findDatabase(target, name) !== undefined) {
      throw refuse(taken, { values: { name } });
    }
    seen.add(name.toLowerCase());
    return name;
  });
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the refusal: text that is no JSON is as wrong as JSON of another kind.
  }
  throw refuse(notAnObject);
}

const of = {
  action: "CopyDatabaseBetweenInstances",
  parameter: "DbNames",
  basis: "documented",
  source: sources.copyPage,
} as const;

const noNames = refusal({
  ...of,
  id: "copy.names-empty",
  code: "InvalidBackupDBNames.NotFound",
  status: 400,
  message: "No database is named.",
  says: "At least one database is named.",
});
const notAnObject = refusal({
  ...of,
  id: "copy.names-malformed",
  code: "InvalidBackupDBNames.Malformed",
  status: 400,
  message: "The database names are not the text of a JSON object.",
  says: "The names are a JSON object; the comma list of older pages is no longer read. Under the 2019 pages this is about a text that begins with a brace.",
});
const noSourceName = refusal({
  ...of,
  id: "copy.names-source",
  code: "InvalidParam",
  status: 404,
  message: "A source database is named by an empty text.",
  says: "No source name is empty; the page speaks of empty BakDBNames, the back end's word for them.",
});
const badEntry = refusal({
  ...of,
  id: "copy.names-entry",
  code: "InvalidRecoveryDBNames.Format",
  status: 400,
  message: "The entry for the database {source} is not a name.",
  says: "Each entry is a source name with the text of a target name.",
});
const badName = refusal({
  ...of,
  id: "copy.target-name-format",
  code: "InvalidDBName.Format",
  status: 400,
  message: "The database name {name} is not allowed.",
  says: "Target names follow the naming rule of CreateDatabase and are not reserved; source names are free. The page's own text still says 16 characters.",
});
const taken = refusal({
  ...of,
  id: "copy.target-name-taken",
  code: "InvalidDBName.Duplicate",
  status: 400,
  message: "The database name {name} already exists.",
  says: "No database of the target name is on the target, compared without case, and no name is asked for twice.",
});
behaviour({
  ...of,
  id: "copy.target-name-kept",
  says: "A copy may be called as its source is, letter by letter, even where that name breaks the rule: the console offers the source's name and restricts only a changed one.",
  basis: "inferred",
  source: sources.documents2020,
});
behaviour({
  ...of,
  id: "copy.target-name-spelling",
  switch: "targetNameSpelling",
  says: "A target name is taken as asked; or turned into lower case, where capitals are let pass.",
  basis: "inferred",
  source: sources.simulator,
});

import { nameKey } from "../copy/databaseNames";
import type { RestorePoint } from "../copy/restorePoint";
import { parsePoint, pointText, shortHash, type Id, type Owner } from "./mark";

/** A tag on the target instance, one per copy call: a copy is about to be requested, or was, and is not all marked yet. */
export interface Intent {
  readonly id: Id;
  readonly owner: Owner;
  /** When the call was last sent, seconds since the epoch. */
  readonly time: number;
  /**
   * `pending`: the copy is about to be requested; `accepted`: it was; `recorded`: a run that ended unfinished has handed
   * it to its state.
   */
  readonly phase: "pending" | "accepted" | "recorded";
  readonly point: RestorePoint;
  /** See `sourceKey`. */
  readonly source: string;
  /** The hashes of the target names that it covers; see `nameHash`. */
  readonly names: readonly string[];
}

/** What the tags of an instance say of copies. A tag of ours that cannot be parsed is not "none". */
export type IntentsRead = TagsRead | { readonly state: "unreadable"; readonly key: string };

export interface TagsRead {
  readonly state: "read";
  readonly intents: readonly Intent[];
  /** Of all tags, those of people included. */
  readonly keys: readonly string[];
}

/** At most so many tags are safe on one instance, those of people included (API pages of AddTagsToResource and TagResources). */
export const safeTags = 10;

/** Databases in one copy call, as many as the value of a tag (128 characters) covers. */
export const databasesPerCall = 21;

const prefix = "pulumi-database-copy:";

/** 29 characters; 64 are allowed (API page of TagResources). The key is the id: no other call can touch it. */
export function intentKey(id: Id): string {
  return `${prefix}${id}`;
}

/** Values of tags are not case-sensitive, so everything in it is lower-case base 36. At most 128 characters. */
export function intentValue({ owner, time, phase, point, source, names }: Intent): string {
  const seconds = time.toString(36).padStart(7, "0");
  return ["1", owner, seconds, phase.charAt(0), pointText(point), source, names.join("")].join(":");
}

/** The intents among the tags of an instance, in the order of their calls. */
export function readIntents(tags: Readonly<Record<string, string>>): IntentsRead {
  const intents: Intent[] = [];
  for (const [key, value] of Object.entries(tags)) {
    if (!key.toLowerCase().startsWith(prefix)) continue;
    const intent = parseIntent(key.toLowerCase(), value.toLowerCase());
    if (!intent) return { state: "unreadable", key };
    intents.push(intent);
  }
  return {
    state: "read",
    keys: Object.keys(tags),
    intents: intents.sort((left, right) => left.time - right.time || (left.id < right.id ? -1 : 1)),
  };
}

function parseIntent(key: string, value: string): Intent | undefined {
  const id = /^([0-9a-z]{8})$/.exec(key.slice(prefix.length))?.[1];
  const match =
    /^1:([0-9a-z]{12}):([0-9a-z]{7}):([par]):([bt][0-9a-z]+):([0-9a-z]{4}):((?:[0-9a-z]{4})+)$/.exec(value);
  if (id === undefined || !match) return undefined;
  const [, owner = "", time = "", letter = "", pointWritten = "", source = "", names = ""] = match;
  const phase = phases.find((one) => one.startsWith(letter));
  const point = parsePoint(pointWritten);
  if (!phase || !point) return undefined;
  return {
    id,
    owner,
    time: parseInt(time, 36),
    phase,
    point,
    source,
    names: names.match(/.{4}/g) ?? [],
  };
}

const phases = ["pending", "accepted", "recorded"] as const;

/** Whether an intent covers a database: four characters of a hash (another name agrees once in 1.7 million). */
export function covers(intent: Intent, target: string): boolean {
  return intent.names.includes(nameHash(target));
}

export function nameHash(target: string): string {
  return shortHash(nameKey(target), 4);
}

/** From where, and how: an intent with another one was for another copy. */
export interface CopySource {
  readonly instanceId: string;
  readonly syncUserPrivilege: boolean;
}

/**
 * Four characters of the source instance, the privileges, and the databases whose name on the source is another one.
 * Names that stay the same are left out, so that a program that declares fewer names still has the same key.
 */
export function sourceKey(
  { instanceId, syncUserPrivilege }: CopySource,
  pairs: Iterable<readonly [source: string, target: string]>,
): string {
  const renamed = [...pairs]
    .map(([source, target]) => [nameKey(source), nameKey(target)])
    .filter(([source, target]) => source !== target)
    .sort(([left = ""], [right = ""]) => (left < right ? -1 : 1));
  return shortHash(JSON.stringify([instanceId, syncUserPrivilege, renamed]), 4);
}

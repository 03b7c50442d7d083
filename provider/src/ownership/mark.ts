import { createHash } from "node:crypto";
import type { RestorePoint } from "../copy/restorePoint";
import { momentOf, toUtcSeconds } from "../time/moment";

/** Identity of one copy call: eight random characters of base 36, drawn before anything is written. */
export type Id = string;

/** Says who made a database: 12 characters. Chooses words, and is never an identity. */
export type Owner = string;

/** The owner mark: what the description of a database says of the copy call that filled it. */
export interface Mark {
  readonly owner: Owner;
  readonly id: Id;
  readonly point: RestorePoint;
}

/** Where the data of a database came from: for people, never read back. */
export interface Lineage {
  readonly sourceInstanceId: string;
  readonly sourceDatabase: string;
  /** When the copy was requested, UTC seconds. */
  readonly askedAt: string;
}

/**
 * The owner of a resource: a hash of its URN without the resource's own type, so that every form of the package has the
 * same one.
 */
export function ownerOf(urn: string): Owner {
  // urn:pulumi:<stack>::<project>::<type of a parent>$<type>::<name>
  const [stack = "", project = "", types = "", ...name] = urn.split("::");
  const parents = types.split("$").slice(0, -1).join("$");
  return shortHash([stack, project, parents, ...name].join("::"), 12);
}

/**
 * The description of a copied database. Descriptions have 2 to 256 characters: a letter first, then letters, digits, `_`
 * and `-` (API page of CreateDatabase). The mark proper takes 40, the longest lineage 178 more.
 */
export function markText({ owner, id, point }: Mark, lineage?: Lineage): string {
  const mark = `pulumi-${owner}-${id}-${pointText(point)}`;
  if (!lineage) return mark;
  const { sourceInstanceId, sourceDatabase, askedAt } = lineage;
  const at = askedAt.replace(/[^0-9TZ]/g, "").replace(/\d\dZ$/, "Z");
  const from = `from_${sourceInstanceId}_db_${sourceDatabase}_at_${at}`;
  return `${mark}--${from.replace(/[^A-Za-z0-9_-]/g, "_")}`.slice(0, 256);
}

/** The mark in a description; `undefined` if it is the text of someone, or none. */
export function parseMark(description: string): Mark | undefined {
  const match = /^pulumi-([0-9a-z]{12})-([0-9a-z]{8})-([bt][0-9a-z]+)(?:--|$)/.exec(description);
  const point = match ? parsePoint(match[3] ?? "") : undefined;
  return match?.[1] !== undefined && match[2] !== undefined && point
    ? { owner: match[1], id: match[2], point }
    : undefined;
}

/**
 * A restore point as marks and intents write it: `b<backupId>` or `t<seconds, base 36>`. Ids of backup sets are numbers; of
 * any other only what the alphabet has is written, since a tag that cannot be parsed would stop every later run.
 */
export function pointText(point: RestorePoint): string {
  return point.kind === "backup"
    ? `b${point.backupId.toLowerCase().replace(/[^0-9a-z]/g, "") || "0"}`
    : `t${Math.floor(momentOf(point.restoreTime) / 1000).toString(36)}`;
}

export function parsePoint(text: string): RestorePoint | undefined {
  const value = text.slice(1);
  if (!/^[0-9a-z]+$/.test(value)) return undefined;
  if (text.startsWith("b")) return { kind: "backup", backupId: value };
  const seconds = parseInt(value, 36);
  if (!text.startsWith("t") || seconds > 253_402_300_799) return undefined;
  return { kind: "time", restoreTime: toUtcSeconds(seconds * 1000) };
}

/** Whether two restore points are the same, whatever else is known of one of them. */
export function isSameRestorePoint(left: RestorePoint, right: RestorePoint): boolean {
  return pointText(left) === pointText(right);
}

/** Lower-case base 36, as the values of tags need it. */
export function shortHash(text: string, length: number): string {
  const known = hashes.get(text);
  const digits = known ?? BigInt(`0x${createHash("sha256").update(text).digest("hex")}`).toString(36);
  if (known === undefined) hashes.set(text, digits);
  return digits.slice(-length);
}

/** The same few names are asked for at every look. */
const hashes = new Map<string, string>();

import { createHash } from "node:crypto";
import type { CopyRequest } from "../rds/rdsApi";

/**
 * What is written where a copy can be found again. A database has a name and no other identity, and a run
 * that was killed leaves no state: so a copy under way has a receipt on its target instance, and a finished
 * database carries a mark.
 */
export interface Receipt {
  /** Missing in a receipt that was written before the copy was asked for: whether it was accepted is open. */
  readonly requestId?: string;
  /** Hash of the copy's request. */
  readonly copy: string;
  /** UTC seconds. */
  readonly time: string;
  /** Short hashes of the target names; `undefined` if they are not known: there are too many for a tag. */
  readonly names: readonly string[] | undefined;
}

/**
 * A request with the number of times that its resource was replaced before: what the original made and
 * what its replacement makes must not look the same, or the one would take over what the deletion of the
 * other is about to drop.
 */
export interface MarkedRequest extends CopyRequest {
  readonly generation: number;
}

/** Key of the tag that holds the receipt: at most 64 characters (API page of TagResources). */
export function receiptKey(urn: string): string {
  return `${receiptPrefix}${digest(urn, 12)}`;
}

export function isReceiptKey(key: string): boolean {
  return key.startsWith(receiptPrefix);
}

/** Value of that tag: at most 128 characters. */
export function receiptValue({ requestId, copy, time, names }: Receipt): string {
  return `${requestId ?? pending}:${copy}:${time}:${names?.join(".") ?? anyNames}`;
}

/** The receipt of a request at a moment, in UTC seconds. */
export function receiptOf(request: MarkedRequest, time: string, requestId: string | undefined): Receipt {
  const targets = Object.values(request.names);
  return {
    ...(requestId === undefined ? {} : { requestId }),
    copy: copyHash(request),
    time,
    names: targets.length > namesInReceipt ? undefined : targets.map(nameHash),
  };
}

export function parseReceipt(value: string | undefined): Receipt | undefined {
  const match = /^([^:]+):([0-9a-f]{8}):([^Z\s]+Z)(?::(\S+))?$/.exec(value ?? "");
  if (!match) return undefined;
  const [, requestId = "", copy = "", time = "", names = anyNames] = match;
  return {
    ...(requestId === pending ? {} : { requestId }),
    copy,
    time,
    names: names === anyNames ? undefined : names.split("."),
  };
}

/** Whether a copy with this receipt may have made a database of this name: now and then a false yes, never a false no. */
export function maySpeakOf({ names }: Receipt, target: string): boolean {
  return names === undefined || names.includes(nameHash(target));
}

/**
 * The mark on one database, its description: who made it, from what. It obeys the rule for descriptions
 * (a letter first, then letters, digits, `_` and `-`; API page of CreateDatabase).
 */
export function markOf(urn: string, request: MarkedRequest, source: string): string {
  const own = { ...request, names: { [source]: request.names[source] ?? source } };
  return `${markPrefix(urn)}${copyHash(own)}`;
}

/** Whether a description has the form of a mark, whoever made it. */
export function isMark(description: string): boolean {
  return /^pulumi-[0-9a-f]{12}-[0-9a-f]{8}$/.test(description);
}

/** What the marks of all copies of one resource begin with. */
export function markPrefix(urn: string): string {
  return `pulumi-${digest(urn, 12)}-`;
}

/** Whether a description is a mark of this resource, of whatever generation. */
export function hasOwnMark(urn: string | undefined, description: string): boolean {
  return urn !== undefined && isMark(description) && description.startsWith(markPrefix(urn));
}

/** Tells one copy from another: source, target, names, moment, rights, and how often it was replaced. */
export function copyHash({ generation, ...request }: MarkedRequest): string {
  const { sourceDbInstanceId, targetDbInstanceId, names, restorePoint, syncUserPrivilege } = request;
  const sorted = Object.entries(names).sort(([left], [right]) => (left < right ? -1 : 1));
  return digest(
    JSON.stringify([
      sourceDbInstanceId,
      targetDbInstanceId,
      sorted,
      restorePoint,
      syncUserPrivilege,
      generation,
    ]),
    8,
  );
}

const receiptPrefix = "pulumi-database-copy:";

const pending = "pending";

/** Stands for names that are too many for a tag. */
const anyNames = "*";

/** As many hashes of names as a tag holds beside a request id, a hash and a moment. */
const namesInReceipt = 12;

/** Names of databases do not tell capitals apart, nor do the values of tags. */
function nameHash(target: string): string {
  return digest(target.toLowerCase(), 4);
}

function digest(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

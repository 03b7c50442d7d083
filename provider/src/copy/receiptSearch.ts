import type { CopyRequest } from "../rds/rdsApi";
import type { DatabaseNames } from "./databaseNames";
import { copyHash, type MarkedRequest, type Receipt } from "./marks";
import { toCopyRestorePoint, type RestorePoint } from "./restorePoint";

/** What a copy may have been made from. A receipt and a mark hold only the hash of it. */
export interface PossibleCopy {
  readonly point: RestorePoint;
  readonly generation: number;
}

/** The part of a request that is known for sure. */
export type KnownRequest = Pick<
  CopyRequest,
  "sourceDbInstanceId" | "targetDbInstanceId" | "syncUserPrivilege"
>;

/** Every moment with every number of replacements; when the state was lost, so was that number. */
export function possibleCopies(
  points: readonly RestorePoint[],
  generation: number | undefined,
): PossibleCopy[] {
  const generations = generation === undefined ? [...Array(generationsTried).keys()] : [generation];
  return generations.flatMap((one) => points.map((point) => ({ point, generation: one })));
}

/** The part of the names that a receipt speaks of, and the moment, if it is one of the possible copies. */
export function searchReceipt(
  { copy: wanted }: Receipt,
  known: KnownRequest,
  names: DatabaseNames,
  copies: readonly PossibleCopy[],
  mustHold: readonly string[],
): { names: DatabaseNames; point: RestorePoint } | undefined {
  for (const some of choicesOf(names, copies.length)) {
    if (!mustHold.every((source) => source in some)) continue;
    const copy = copies.find((one) => copyHash(markedRequest(known, some, one)) === wanted);
    if (copy) return { names: some, point: copy.point };
  }
  return undefined;
}

export function markedRequest(
  { sourceDbInstanceId, targetDbInstanceId, syncUserPrivilege }: KnownRequest,
  names: DatabaseNames,
  { point, generation }: PossibleCopy,
): MarkedRequest {
  const restorePoint = toCopyRestorePoint(point);
  return { sourceDbInstanceId, targetDbInstanceId, names, restorePoint, syncUserPrivilege, generation };
}

/** This many replacements are thought possible where their number is not known. */
const generationsTried = 64;

/** Up to this many hashes, every choice among the names is tried against a receipt. */
const hashesTried = 200_000;

function* choicesOf(names: DatabaseNames, copies: number): Generator<DatabaseNames> {
  yield names;
  const entries = Object.entries(names);
  if (2 ** entries.length * copies > hashesTried) return;
  for (let bits = 2 ** entries.length - 2; bits > 0; bits--) {
    yield Object.fromEntries(entries.filter((_, index) => (bits >> index) & 1));
  }
}

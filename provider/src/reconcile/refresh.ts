import { withName } from "../copy/databaseNames";
import { markOn, type Found } from "../ownership/evidence";
import { seenMarked, type DatabaseRecord } from "../ownership/record";
import { CallFailed, say, type Calls } from "./calls";
import { isOwn, look } from "./observe";
import type { Context, RefreshEnd } from "./operation";
import { isLasting } from "./run";

/**
 * Forgets what does not exist any more, reports what is foreign. Reads no tags, takes nothing up, and lets the resource go
 * only with its instance.
 */
export function* refresh(ctx: Context, how: RefreshHow = {}): Calls<RefreshEnd> {
  try {
    return yield* seenNow(ctx, how);
  } catch (error) {
    if (error instanceof CallFailed)
      return { end: "refused", reasons: [{ kind: "lookFailed", reason: error.message }] };
    throw error;
  }
}

export interface RefreshHow {
  /** An answer of this run, half a minute old, will do. */
  readonly recent?: true;
  /** `DatabaseCopy.get`: what is asked for and not there is `Missing`, and nothing is forgotten. */
  readonly isLookup?: boolean;
}

function* seenNow(ctx: Context, { isLookup = false, ...how }: RefreshHow): Calls<RefreshEnd> {
  const listing = yield* look(ctx, Object.keys(ctx.records), how);
  if (listing.isInstanceGone) return { end: "gone" };
  const records = new Map<string, DatabaseRecord>();
  for (const [name, record] of Object.entries(ctx.records)) {
    const found = withName(listing.databases, name);
    if (!found && (record.phase === "filling" || isLookup))
      records.set(name, { ...record, status: "Missing" });
    else if (!found) yield* say({ kind: "vanished", name });
    else records.set(name, yield* seenAs(ctx, name, record, found));
  }
  return { end: "seen", records: Object.fromEntries(records) };
}

/** The record of what is listed, as it is now. What is being deleted is not gone yet. */
function* seenAs(ctx: Context, name: string, record: DatabaseRecord, found: Found): Calls<DatabaseRecord> {
  const shown = { target: found.name, status: found.statusText };
  if (record.phase === "adopted") return { ...record, ...shown };
  const mark = markOn(found);
  if (record.phase === "filled" && !isOwn(ctx, found, record)) {
    const why = mark === undefined ? "markGone" : mark.owner === ctx.own ? "unrecorded" : "otherOwner";
    yield* say({ kind: "foreign", name, why, id: mark?.id, mark, record });
    return { ...record, ...shown, status: "Foreign" };
  }
  const isOutOfOrder = found.status !== "running" && found.status !== "deleting";
  if (record.phase === "filled" && isOutOfOrder)
    yield* say({ kind: "notRunning", name, status: found.statusText });
  const isMarked = mark?.id === record.id && isLasting(ctx, found);
  return { ...(isMarked ? seenMarked(record) : record), ...shown };
}

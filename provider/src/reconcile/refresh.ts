import { markOn } from "../ownership/evidence";
import type { DatabaseRecord } from "../ownership/record";
import { CallFailed, say, type Calls } from "./calls";
import { isOwn, look, present } from "./observe";
import type { Context, RefreshEnd } from "./operation";

/**
 * Forgets what does not exist any more, reports what is foreign. Reads no tags, takes nothing up, and lets the resource go
 * only with its instance. `recent`: an answer of this run, half a minute old, will do.
 */
export function* refresh(ctx: Context, how: { readonly recent?: true } = {}): Calls<RefreshEnd> {
  try {
    return yield* seenNow(ctx, how);
  } catch (error) {
    if (error instanceof CallFailed)
      return { end: "refused", reasons: [{ kind: "lookFailed", reason: error.message }] };
    throw error;
  }
}

function* seenNow(ctx: Context, how: { readonly recent?: true }): Calls<RefreshEnd> {
  const listing = yield* look(ctx, Object.keys(ctx.records), how);
  if (listing.isInstanceGone) return { end: "gone" };
  const records = new Map<string, DatabaseRecord>();
  for (const [name, record] of Object.entries(ctx.records)) {
    const found = present(listing, name);
    if (!found) {
      if (record.phase === "filled") yield* say({ kind: "vanished", name });
      else records.set(name, { ...record, status: "Missing" });
      continue;
    }
    const isForeign = record.phase === "filled" && !isOwn(ctx, found, record);
    if (isForeign) {
      const mark = markOn(found);
      const why = mark === undefined ? "markGone" : mark.owner === ctx.own ? "unrecorded" : "otherOwner";
      yield* say({ kind: "foreign", name, why, id: mark?.id, mark, record });
    } else if (record.phase === "filled" && found.status !== "running")
      yield* say({ kind: "notRunning", name, status: found.statusText });
    records.set(name, {
      ...record,
      target: found.name,
      status: isForeign ? "Foreign" : found.statusText,
    });
  }
  return { end: "seen", records: Object.fromEntries(records) };
}

import type { Saying } from "../ownership/sayings";
import { ask, CallFailed, type Calls } from "./calls";
import { observe, type Seen } from "./observe";
import type { Context, DestroyEnd, Wanted } from "./operation";
import { actionOn } from "./plan";
import { reconcile, refusal, stillDeleting, type Step } from "./reconcile";

/**
 * Delete; with `next`, the first half of a replacement: rule 1, nothing is dropped unless the creation that follows can
 * be done as far as it can be known.
 */
export function* destroy(ctx: Context, next?: Wanted): Calls<DestroyEnd> {
  if (next) {
    const reasons = yield* obstaclesTo(ctx, next);
    if (reasons.length > 0) return { end: "refused", reasons };
  }
  const nothing: Wanted = { names: {}, choice: { kind: "latest" }, claim: [], adopt: false, retain: false };
  const result = yield* reconcile(ctx, nothing, { nextNames: Object.values(next?.names ?? {}) });
  switch (result.end) {
    case "done":
      return { end: "gone" };
    case "unfinished":
      if (!next && result.reasons.every(({ kind }) => kind === "instanceLost")) return { end: "gone" };
      return { end: "failed", reasons: result.reasons };
    case "refused":
      // The databases went with their instance.
      if (!next && result.reasons.every(({ kind }) => kind === "instanceNotFound")) return { end: "gone" };
      return result;
  }
}

/** What would refuse the new creation, or could not be looked at. */
function* obstaclesTo(ctx: Context, next: Wanted): Calls<readonly Saying[]> {
  try {
    const { names, choice } = next;
    const all = new Map(Object.entries(names));
    const ahead = yield* ask({ call: "lookAhead", before: "drop", names: all, choice, held: [] });
    if (ahead.state === "refused") return [{ kind: "copyBlocked", reasons: ahead.reasons }];
    if (ahead.state === "unknown" && ctx.rules.lookedBeforeDrop) {
      return [{ kind: "copyUnknown", reasons: ahead.reasons }];
    }
    const seen = yield* observe(ctx, next);
    if ("blocked" in seen) return [seen.blocked];
    const refused = ctx.rules.judgeNext ? refusedNext(seen, next) : [];
    return [...refused.map((step) => refusal(seen, step)), ...stillDeleting(seen)];
  } catch (error) {
    if (error instanceof CallFailed) return [{ kind: "lookFailed", reason: error.message }];
    throw error;
  }
}

/** The names of the new creation that it would find taken. */
export function refusedNext({ verdicts, records }: Seen, next: Wanted): Step[] {
  return Object.values(next.names).flatMap((name) => {
    const verdict = verdicts.get(name);
    if (!verdict) return [];
    const action = actionOn({ verdict, standing: "next", record: records[name], adopt: next.adopt });
    return action === "refuse" ? [{ name, verdict, action }] : [];
  });
}

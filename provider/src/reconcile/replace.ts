import { entryOf } from "../copy/databaseNames";
import type { Saying } from "../ownership/sayings";
import { ask, CallFailed, type Calls } from "./calls";
import { observe, type Seen } from "./observe";
import type { Context, DestroyEnd, Wanted } from "./operation";
import { actionOn } from "./plan";
import { reconcile } from "./reconcile";
import { namesWith, refusal, stepsOf, stillDeleting, type Step } from "./steps";
import { roomForIntent } from "./roomForTags";

/**
 * Delete; with `next`, the first half of a replacement: rule 1, nothing is dropped unless the creation that follows can
 * be done as far as it can be known.
 */
export function* destroy(ctx: Context, next?: Wanted): Calls<DestroyEnd> {
  if (next) {
    const reasons = yield* obstaclesTo(ctx, next, "here");
    if (reasons.length > 0) return { end: "refused", reasons };
  }
  const nothing: Wanted = {
    names: {},
    choice: { kind: "latest" },
    claim: [],
    adopt: false,
    retain: false,
    marksOn: ctx.marksOn,
  };
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

/**
 * What would refuse the creation that follows, or could not be looked at. `elsewhere`: onto another instance, where nothing
 * is dropped for it.
 */
export function* obstaclesTo(
  ctx: Context,
  next: Wanted,
  where: "here" | "elsewhere",
): Calls<readonly Saying[]> {
  try {
    for (;;) {
      const seen = yield* observe(ctx, next, { beforeDrop: true });
      if ("blocked" in seen) return [seen.blocked];
      const steps = where === "elsewhere" ? stepsOf(seen, next) : refusedNext(seen, next);
      const refused = ctx.rules.judgeNext ? steps.filter(({ action }) => action === "refuse") : [];
      const reasons = [...refused.map((step) => refusal(seen, next, step)), ...stillDeleting(seen)];
      if (reasons.length > 0) return reasons;
      const copies = where === "elsewhere" ? namesWith(steps, "copy") : takenNext(seen, next).copies;
      if (copies.length === 0) return [];
      const room = yield* roomForIntent(ctx, seen, next);
      if (room === "waited") continue; // what was seen is old by now
      return room === "free" ? yield* refusedAhead(ctx, next, copies) : room;
    }
  } catch (error) {
    if (error instanceof CallFailed) return [{ kind: "lookFailed", reason: error.message }];
    throw error;
  }
}

function* refusedAhead(
  ctx: Context,
  { names, choice }: Wanted,
  copies: readonly string[],
): Calls<readonly Saying[]> {
  const asked = new Map(Object.entries(names).filter(([, name]) => copies.includes(name)));
  const ahead = yield* ask({ call: "lookAhead", before: "drop", names: asked, choice, held: [] });
  switch (ahead.state) {
    case "refused":
      return [{ kind: "copyBlocked", reasons: ahead.reasons }];
    case "unknown":
      return ctx.rules.lookedBeforeDrop ? [{ kind: "copyUnknown", reasons: ahead.reasons }] : [];
    case "free":
      return [];
  }
}

/** The names of the new creation that it would find taken. */
export function refusedNext({ verdicts, records }: Seen, next: Wanted): Step[] {
  return Object.values(next.names).flatMap((name) => {
    const verdict = verdicts.get(name);
    if (!verdict) return [];
    const record = entryOf(records, name);
    const action = actionOn({ verdict, standing: "next", record, adopt: next.adopt, choice: next.choice });
    return action === "refuse" ? [{ name, verdict, action }] : [];
  });
}

/** What the new creation claims and adopts; the others it copies. For names that it would not find taken. */
export function takenNext({ verdicts }: Seen, next: Wanted) {
  const names = Object.values(next.names);
  const claims = names.flatMap((name) => {
    const verdict = verdicts.get(name);
    return verdict?.kind === "ours" && verdict.isClaimed ? [[name, verdict.point] as const] : [];
  });
  const adopts = names.filter((name) => {
    const verdict = verdicts.get(name);
    return next.adopt && verdict?.kind === "theirs" && verdict.isAdoptable;
  });
  const taken = [...adopts, ...claims.map(([name]) => name)];
  return { claims: new Map(claims), adopts, copies: names.filter((name) => !taken.includes(name)) };
}

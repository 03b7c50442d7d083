import { withName } from "../copy/databaseNames";
import { markOn } from "../ownership/evidence";
import type { Saying } from "../ownership/sayings";
import type { CopiedRecord } from "../ownership/record";
import { ask, say, type Calls, type ChangeAnswer, type Listing } from "./calls";
import { isOwn } from "./observe";
import type { Context } from "./operation";

/**
 * Looks, drops what is still its own, and waits until it does not exist any more. Answers with the reason why it could not
 * be dropped. What is someone else's is left, which is a failure only where it is in the way of the creation that follows.
 */
export function* dropOne(
  ctx: Context,
  name: string,
  record: CopiedRecord,
  isInTheWay: boolean,
): Calls<Saying | undefined> {
  const failed = (reason: string): Saying => ({ kind: "dropFailed", name, reason });
  let absences = 0;
  let isAsked = false;
  for (let looks = 0; ; looks++) {
    const mayDrop = !isAsked;
    const isLocked = mayDrop && ctx.rules.lookLocked;
    const listing = yield* ask({
      call: "databases",
      ...(looks > 0 ? { wait: "dropping" as const, names: [name] } : {}),
      lock: isLocked,
    });
    const step = mayDrop ? yield* dropIfOwn(ctx, name, record, listing) : goneYet(ctx, name, record, listing);
    if (isLocked) yield* ask({ call: "unlock" });

    absences = step.state === "absent" ? absences + 1 : 0;
    switch (step.state) {
      case "absent":
        // Rule 8: an absence counts after a second look.
        if (listing.isInstanceGone || absences === 2 || !ctx.rules.twoLooks) {
          if (isAsked) yield* say({ kind: "dropped", name });
          return undefined;
        }
        break;
      case "replaced":
        yield* say({ kind: "dropped", name });
        return undefined;
      case "left":
        if (isInTheWay && step.saying.why === "notItsOwn") {
          const mark = markOn(withName(listing.databases, name));
          return { kind: "foreign", name, why: "changed", mark, record };
        }
        yield* say(step.saying);
        return undefined;
      case "asked":
        isAsked = true;
        break;
      case "failed":
        return failed(step.reason);
      case "later":
        if (listing.timedOut) return failed(step.reason);
        break;
      case "there":
        if (listing.timedOut)
          return failed(isAsked ? `its drop was accepted, and it still exists.` : step.status);
    }
  }
}

type Step =
  | { readonly state: "absent" }
  /** Still being created, or being deleted. */
  | { readonly state: "there"; readonly status: string }
  /** Not its own any more. */
  | { readonly state: "left"; readonly saying: Extract<Saying, { readonly kind: "left" }> }
  /** It is gone, and another one of its name is there. */
  | { readonly state: "replaced" }
  | { readonly state: "asked" }
  | { readonly state: "failed" | "later"; readonly reason: string };

/** Rules 6 and 7: under the lock, what carries its own id at this look and is declared by no other resource. */
function* dropIfOwn(ctx: Context, name: string, record: CopiedRecord, listing: Listing): Calls<Step> {
  const found = withName(listing.databases, name);
  if (!found) return { state: "absent" };
  if (found.status === "creating" || found.status === "deleting") {
    return { state: "there", status: `its status is ${found.statusText}.` };
  }
  // First: whoever declares it may have claimed it, and has then its mark on it.
  const by = ctx.rules.declaredElsewhere ? yield* ask({ call: "declaredElsewhere", name }) : undefined;
  if (by !== undefined)
    return { state: "left", saying: { kind: "left", name, why: "declaredElsewhere", by, record } };
  if (ctx.rules.dropOwnIdOnly && !isOwn(ctx, found, record)) {
    return { state: "left", saying: { kind: "left", name, why: "notItsOwn", record } };
  }
  return afterDrop(yield* ask({ call: "drop", name: found.name, id: record.id }));
}

/** After an accepted drop: never dropped again by this run, whatever appears under the name. */
function goneYet(ctx: Context, name: string, record: CopiedRecord, listing: Listing): Step {
  const found = withName(listing.databases, name);
  if (!found) return { state: "absent" };
  if (isOwn(ctx, found, record)) return { state: "there", status: found.statusText };
  return { state: "replaced" };
}

function afterDrop(answer: ChangeAnswer): Step {
  switch (answer.state) {
    case "done":
      return { state: "asked" };
    case "notFound":
      return { state: "absent" };
    case "denied":
      return { state: "failed", reason: answer.reason };
    case "later":
      return answer;
  }
}

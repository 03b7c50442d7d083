import { sameName } from "../copy/databaseNames";
import type { Saying } from "../ownership/sayings";
import { CallFailed, type Calls } from "./calls";
import { observe, present, type Seen } from "./observe";
import type { Context, PreviewEnd, Wanted } from "./operation";
import { namesWith, refusal, stepsOf, type Step } from "./reconcile";
import { refusedNext } from "./replace";

/** What is previewed: a create or an update, or a replacement. */
export type Previewed =
  | { readonly kind: "change" }
  /**
   * The engine gives no record: `formerNames` are the target names of the old inputs, `undefined` where there are none
   * (`--target-replace`, taint).
   */
  | { readonly kind: "replacement"; readonly formerNames: readonly string[] | undefined };

/** Refuses exactly what the run refuses if the world stands still, and says what it does. */
export function* preview(ctx: Context, wanted: Wanted, previewed: Previewed): Calls<PreviewEnd> {
  try {
    const seen = yield* observe(ctx, wanted);
    if ("blocked" in seen) return { end: "refused", reasons: [seen.blocked] };
    return previewed.kind === "change"
      ? ofChange(seen, wanted)
      : ofReplacement(ctx, seen, wanted, previewed.formerNames);
  } catch (error) {
    if (error instanceof CallFailed) return { end: "unknown", reason: error.message };
    throw error;
  }
}

function ofChange(seen: Seen, wanted: Wanted): PreviewEnd {
  const steps = stepsOf(seen, wanted, []);
  const refused = steps.filter(({ action }) => action === "refuse");
  if (refused.length > 0) return { end: "refused", reasons: refused.map((step) => refusal(seen, step)) };
  const drops = namesWith(steps, "drop");
  return {
    end: "fine",
    copies: namesWith(steps, "copy"),
    drops: wanted.retain ? [] : drops,
    retains: wanted.retain ? drops : [],
    adopts: namesWith(steps, "adopt"),
    claims: new Map(
      steps.flatMap(({ name, verdict }) =>
        verdict.kind === "ours" && verdict.isClaimed ? [[name, verdict.point] as const] : [],
      ),
    ),
    resumes: steps
      .filter((step) => step.action === "resume" && seen.records[step.name]?.phase !== "filled")
      .map(({ name }) => name),
    warnings: [
      ...steps.filter(({ action }) => action === "leaveForeign").map((step) => foreign(seen, step)),
      ...steps.flatMap((step) => notRunning(seen, step)),
    ],
  };
}

function ofReplacement(
  { own }: Context,
  seen: Seen,
  wanted: Wanted,
  formerNames: readonly string[] | undefined,
): PreviewEnd {
  // Its mark, or the intent that a run which ended unfinished has handed to its state: the record of both is not at hand.
  const isUnrecorded = ({ verdict }: Step) =>
    verdict.kind === "theirs" &&
    (verdict.why === "unrecorded" ||
      (verdict.why === "othersIntent" &&
        seen.others.some(({ id, owner }) => id === verdict.id && owner === own)));
  const isFormer = ({ name }: Step) => formerNames?.some((former) => sameName(former, name)) ?? false;
  const refused = refusedNext(seen, wanted).filter((step) => !(isUnrecorded(step) && isFormer(step)));
  // Without old inputs a replacement is not told from a lost state: a warning (limit L12).
  const doubtful = formerNames === undefined ? refused.filter(isUnrecorded) : [];
  const definite = refused.filter((step) => !doubtful.includes(step));
  if (definite.length > 0) return { end: "refused", reasons: definite.map((step) => refusal(seen, step)) };
  const names = Object.values(wanted.names);
  return {
    end: "fine",
    copies: names,
    drops: [],
    retains: [],
    adopts: [],
    claims: new Map(),
    resumes: [],
    warnings: doubtful.map((step) => foreign(seen, step)),
  };
}

/** A filled one that is out of order: no copy is waited for. */
function notRunning({ listing, records }: Seen, { name, action }: Step): Saying[] {
  const found = present(listing, name);
  if (action !== "resume" || records[name]?.phase !== "filled" || !found || found.status === "running")
    return [];
  return [{ kind: "notRunning", name, status: found.statusText }];
}

function foreign(seen: Seen, step: Step): Saying {
  const { why: _, ...what } = refusal(seen, step);
  return { ...what, kind: "foreign", why: step.verdict.kind === "theirs" ? step.verdict.why : "changed" };
}

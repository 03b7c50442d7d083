import { entryOf, withName } from "../copy/databaseNames";
import { isSamePoint } from "../copy/restorePoint";
import { markOn, type Verdict } from "../ownership/evidence";
import { covers } from "../ownership/intent";
import type { Saying } from "../ownership/sayings";
import type { Seen } from "./observe";
import type { Wanted } from "./operation";
import { actionOn, type Action, type Standing } from "./plan";
import { isNeededNext, type Destroying } from "./run";

/** One name with what is to be done about it. */
export interface Step {
  readonly name: string;
  readonly verdict: Verdict;
  readonly action: Action;
}

/** What follows from the verdicts. */
export function stepsOf(seen: Seen, wanted: Wanted, destroying?: Destroying): Step[] {
  const declared = Object.values(wanted.names);
  return [...seen.verdicts].map(([name, verdict]) => {
    const record = entryOf(seen.records, name);
    // In a replacement, what an interrupted run made under a name of the next creation is dropped like a recorded one.
    const isRecorded = record !== undefined || isNeededNext(destroying, name);
    const standing: Standing = declared.includes(name) ? "declared" : isRecorded ? "undeclared" : "covered";
    return {
      name,
      verdict,
      action: actionOn({ verdict, standing, record, adopt: wanted.adopt, choice: wanted.choice }),
    };
  });
}

export function namesWith(steps: readonly Step[], action: Action): string[] {
  return steps.filter((step) => step.action === action).map(({ name }) => name);
}

export function refusal(
  { listing, records, mine, others }: Seen,
  { choice }: Pick<Wanted, "choice">,
  { name, verdict }: Pick<Step, "name" | "verdict">,
): RefusedSaying {
  if (verdict.kind === "ours") {
    const { id, point } = verdict;
    return { kind: "refused", name, why: "otherPoint", id, point };
  }
  if (verdict.kind !== "theirs") return { kind: "refused", name, why: "adopted" };
  const { why, id } = verdict;
  const found = withName(listing.databases, name);
  // Under the intent of someone else: the mark that its run would write.
  const mark = markOn(found) ?? others.find((intent) => intent.id === id);
  const status = found && found.status !== "running" ? found.statusText || "of unknown status" : undefined;
  const requested = verdict.isDisputed ? mine.findLast((intent) => covers(intent, name)) : undefined;
  const other = mark && !isSamePoint(choice, mark.point) ? ({ isOtherPoint: true } as const) : {};
  return {
    kind: "refused",
    name,
    why,
    id,
    status,
    mark,
    requested,
    record: entryOf(records, name),
    ...other,
  };
}

/** What was still being deleted at the timeout: neither there nor absent. */
export function stillDeleting(seen: Seen): RefusedSaying[] {
  return seen.stillDeleting.map((name) => ({ kind: "refused", name, why: "stillDeleting" }));
}

export type RefusedSaying = Extract<Saying, { readonly kind: "refused" }>;

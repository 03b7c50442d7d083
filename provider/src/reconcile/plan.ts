import { isSamePoint, type RestorePointChoice } from "../copy/restorePoint";
import type { Verdict } from "../ownership/evidence";
import type { DatabaseRecord } from "../ownership/record";

/** How the program and the state stand to a database. */
export type Standing =
  /** Declared by the program. */
  | "declared"
  /** Recorded, and no longer declared; in a destroy nothing is declared. */
  | "undeclared"
  /** Neither, but an intent of ours covers it. */
  | "covered"
  /** Declared by the creation that follows in a replacement. */
  | "next";

/** What follows from a verdict: one sentence for each. */
export const actions = {
  none: "nothing",
  wait: "wait, judge again",
  copy: "copy",
  keep: "keep",
  resume: "record, mark, wait until it runs",
  leaveForeign: "leave, status `Foreign`, warn, go on with the others",
  adopt: "adopt: record it as it is",
  refuse: "**refuse**, before any change",
  forgetUnseen: 'forget, say "never appeared"',
  forget: "forget",
  release: "leave, say, forget",
  drop: "mark, intents off, look, drop",
  name: "name it, leave it",
  fine: "fine",
} as const;

export type Action = keyof typeof actions;

export interface PlanQuestion {
  readonly verdict: Verdict;
  readonly standing: Standing;
  readonly record?: DatabaseRecord | undefined;
  /** `adoptExisting`. */
  readonly adopt: boolean;
  /** The restore point that the program names. */
  readonly choice: RestorePointChoice;
}

const waits = { expected: "wait", needsTasks: "wait" } as const;

/** The action table (docs/ownership.md), without its exceptions. */
const table = {
  declared: { ...waits, absent: "copy", adopted: "keep", ours: "resume", theirs: "refuse" },
  undeclared: { ...waits, absent: "forget", adopted: "release", ours: "drop", theirs: "release" },
  covered: { ...waits, absent: "none", adopted: "name", ours: "name", theirs: "name" },
  // What is adopted is never dropped, so nothing can be copied there.
  next: { ...waits, absent: "fine", adopted: "refuse", ours: "fine", theirs: "refuse" },
} as const satisfies Record<Standing, Record<Verdict["kind"], Action>>;

/** What an operation does with one verdict. */
export function actionOn({ verdict, standing, record, adopt, choice }: PlanQuestion): Action {
  if (standing === "undeclared" && verdict.kind === "absent" && record?.phase === "filling")
    return "forgetUnseen";
  // What is claimed is kept, and a pin of another point asks for it to be copied anew.
  const isContradicted = verdict.kind === "ours" && verdict.isClaimed && !isSamePoint(choice, verdict.point);
  if (isContradicted && (standing === "declared" || standing === "next")) return "refuse";
  if (verdict.kind === "theirs") {
    // Once filled and someone else's now: no reason to stop the others.
    if (standing === "declared" && record?.phase === "filled") return "leaveForeign";
    if (record?.phase !== "filled" && adopt && verdict.isAdoptable) {
      if (standing === "declared") return "adopt";
      if (standing === "next") return "fine";
    }
  }
  return table[standing][verdict.kind];
}

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
}

/** The action table (docs/ownership.md): what an operation does with one verdict. */
export function actionOn(question: PlanQuestion): Action {
  switch (question.standing) {
    case "declared":
      return onDeclared(question);
    case "undeclared":
      return onUndeclared(question);
    case "covered":
      return onCovered(question);
    case "next":
      return onNext(question);
  }
}

function onDeclared({ verdict, record, adopt }: PlanQuestion): Action {
  switch (verdict.kind) {
    case "absent":
      return "copy";
    case "expected":
    case "needsTasks":
      return "wait";
    case "adopted":
      return "keep";
    case "ours":
      return "resume";
    case "theirs":
      // Once filled and someone else's now: no reason to stop the others.
      if (record?.phase === "filled") return "leaveForeign";
      return adopt && verdict.isAdoptable ? "adopt" : "refuse";
  }
}

function onUndeclared({ verdict, record }: PlanQuestion): Action {
  switch (verdict.kind) {
    case "absent":
      return record?.phase === "filling" ? "forgetUnseen" : "forget";
    case "expected":
    case "needsTasks":
      return "wait";
    case "adopted":
    case "theirs":
      return "release";
    case "ours":
      return "drop";
  }
}

function onCovered({ verdict }: PlanQuestion): Action {
  switch (verdict.kind) {
    case "absent":
      return "none";
    case "expected":
    case "needsTasks":
      return "wait";
    case "ours":
    case "theirs":
    case "adopted":
      return "name";
  }
}

function onNext({ verdict, record, adopt }: PlanQuestion): Action {
  switch (verdict.kind) {
    case "absent":
    case "ours":
      return "fine";
    case "expected":
    case "needsTasks":
      return "wait";
    // What is adopted is never dropped, so nothing can be copied there.
    case "adopted":
      return "refuse";
    case "theirs":
      return record?.phase !== "filled" && adopt && verdict.isAdoptable ? "fine" : "refuse";
  }
}

import type { Verdict } from "../../provider/src/ownership/evidence";
import { judgeByRow, judgeRows, type JudgeRow } from "../../provider/src/ownership/judge";
import type { DatabaseRecord } from "../../provider/src/ownership/record";
import { ruleSentences, type Rule } from "../../provider/src/ownership/rules";
import { actionOn, actions, type Standing } from "../../provider/src/reconcile/plan";
import { allEvidence } from "./product";
import { ruleCases } from "./ruleCases";

/* The tables of docs/ownership.md, printed from the code; a test compares them. */

/** The verdicts of every row, over the whole product of evidence. */
export function judgeTable(): string {
  const verdicts = new Map<JudgeRow, Set<string>>();
  for (const evidence of allEvidence()) {
    const [row, verdict] = judgeByRow(evidence);
    verdicts.set(row, (verdicts.get(row) ?? new Set()).add(wordsFor(verdict)));
  }
  const rows = Object.entries(judgeRows).map(([row, evidence]) => {
    const words = [...(verdicts.get(Number(row) as JudgeRow) ?? [])].sort();
    return [row, evidence, words.join("; ")];
  });
  return table(["#", "evidence", "verdict"], rows);
}

function wordsFor(verdict: Verdict): string {
  switch (verdict.kind) {
    case "ours":
      return verdict.isClaimed ? "ours, under a fresh id" : "ours";
    case "theirs": {
      const more = [verdict.isAdoptable ? "adoptable" : "", verdict.isDisputed ? "disputed" : ""].filter(
        Boolean,
      );
      return `theirs: ${[verdict.why, ...more].join(", ")}`;
    }
    case "absent":
    case "expected":
    case "adopted":
    case "needsTasks":
      return verdict.kind;
  }
}

const standings: readonly [Standing, string][] = [
  ["declared", "declared"],
  ["undeclared", "recorded, no longer declared; destroy"],
  ["covered", "neither, but an intent of ours covers it"],
  ["next", "replacement: names of the new creation"],
];

/** What every operation does with every verdict, over every record and with `adoptExisting` on and off. */
export function actionTable(): string {
  const point = { kind: "backup", backupId: "1" } as const;
  const recorded = (phase: "filling" | "filled"): DatabaseRecord => ({ phase, id: "#1", point, target: "N" });
  const theirs = (isAdoptable: boolean): Verdict => ({
    kind: "theirs",
    why: "unclaimed",
    isAdoptable,
    isDisputed: false,
  });
  const ours: Verdict = { kind: "ours", id: "#1", point, isClaimed: false };
  const cases: readonly [string, Verdict, DatabaseRecord | undefined][] = [
    ["absent, not filling", { kind: "absent" }, recorded("filled")],
    ["absent, filling", { kind: "absent" }, recorded("filling")],
    ["expected", { kind: "expected" }, recorded("filling")],
    ["adopted", { kind: "adopted" }, { phase: "adopted", target: "N" }],
    ["ours", ours, recorded("filled")],
    ["ours by a claim, and not of the point that the program names", { ...ours, isClaimed: true }, undefined],
    ["theirs, recorded as filled", theirs(true), recorded("filled")],
    ["theirs, adoptable", theirs(true), undefined],
    ["theirs, otherwise", theirs(false), undefined],
  ];
  const other = { kind: "backup", backupId: "2" } as const;
  const rows = cases.map(([what, verdict, record]) => [
    what,
    ...standings.map(([standing]) => {
      const question = { verdict, standing, record, choice: other };
      const [off, on] = [false, true].map((adopt) => actions[actionOn({ ...question, adopt })]);
      return off === on ? String(off) : `\`adoptExisting\`: ${on}; else ${off}`;
    }),
  ]);
  return table(["verdict", ...standings.map(([, words]) => words)], rows);
}

/** The rules, what breaks without each, and the configuration of the model that shows it. */
export function ruleTable(): string {
  const rows = Object.entries(ruleSentences).map(([rule, sentence]) => {
    const { breaks, shownBy } = ruleCases[rule as Rule];
    return [`\`${rule}\``, sentence, breaks, shownBy.join(", ")];
  });
  return table(["rule", "says", "breaks", "shown by"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

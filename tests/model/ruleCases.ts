import type { Rule } from "../../provider/src/ownership/rules";
import { configurations, data, type ConfigurationKey, type Settings } from "./configurations";

/** How the removal of a rule shows. */
export interface RuleCase {
  /** The configurations of the suite that show it. */
  readonly shownBy: readonly ConfigurationKey[];
  /** The promise that breaks; `refusals`: none does, but more databases of our own are refused. */
  readonly breaks: `I${number}` | "refusals";
  /** A small one that shows it, for every test run. */
  readonly small: Settings;
}

const { a3, b3, d1, d4, f1, g1, g2, j1, k2, s3, s5, s7, s9, s14, x4, x5 } = configurations;
const short = { operations: 2, kinds: ["up"] } as const;
const oneAdopts = { ...g1, kinds: ["up", "destroy"], failing: false } as const;
const disputed = { ...g2, hands: ["drop"], kinds: ["up", "destroy"], failing: false } as const;
const pinned = {
  ...s14,
  kinds: ["up"],
  backupsMove: false,
  hiding: false,
  failing: false,
  programs: [data(), data({ pin: 9 })],
} as const;

export const ruleCases: Readonly<Record<Rule, RuleCase>> = {
  othersIntents: { shownBy: ["d1", "g1", "g2"], breaks: "I8", small: oneAdopts },
  recordedPhase: { shownBy: ["d1"], breaks: "I8", small: d1 },
  narrowIntents: { shownBy: ["x5"], breaks: "I1", small: x5 },
  disputedStays: { shownBy: ["g1", "g2"], breaks: "I1", small: disputed },
  tasksAsked: { shownBy: ["x4"], breaks: "I1", small: x4 },
  tasksWindow: { shownBy: ["x4"], breaks: "I1", small: x4 },
  acceptedPhase: {
    shownBy: ["s12"],
    breaks: "refusals",
    small: { name: "tasks cannot be read", ...short, operations: 1, tasks: false },
  },
  lostBesideOthers: { shownBy: ["d1", "g1"], breaks: "I8", small: d1 },
  askAgain: {
    shownBy: ["s2"],
    breaks: "refusals",
    small: { name: "two faults", ...short, faults: 2, creating: true, failing: false },
  },
  waitForAllCovered: { shownBy: ["s5"], breaks: "I7", small: s5 },
  twoLooks: { shownBy: ["s9"], breaks: "I7", small: s9 },
  markOnRunning: {
    shownBy: ["x6"],
    breaks: "refusals",
    small: { name: "a mark is lost at the end of the copy", ...short, creating: true, markLost: true },
  },
  lastLookMarks: {
    shownBy: ["j1"],
    breaks: "I3",
    small: { ...j1, hands: ["drop"], backupsMove: false, faults: 0 },
  },
  claimRenames: { shownBy: ["a3"], breaks: "I8", small: a3 },
  claimDeclared: { shownBy: ["d4"], breaks: "I1", small: d4 },
  adoptUnmarkedOnly: { shownBy: ["g1", "g2"], breaks: "I8", small: g2 },
  onePoint: { shownBy: ["j1"], breaks: "I12", small: j1 },
  judgeNext: { shownBy: ["s7"], breaks: "I4", small: s7 },
  lookedBeforeDrop: { shownBy: ["s14"], breaks: "I4", small: pinned },
  dropOwnIdOnly: { shownBy: ["s3"], breaks: "I1", small: s3 },
  declaredElsewhere: { shownBy: ["k2"], breaks: "I1", small: k2 },
  tagKeyIsId: { shownBy: ["d1"], breaks: "I8", small: d1 },
  lookLocked: { shownBy: ["b3"], breaks: "I8", small: b3 },
  refuseRetained: { shownBy: ["f1"], breaks: "I5", small: f1 },
};

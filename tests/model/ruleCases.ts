import type { Rule } from "../../provider/src/ownership/rules";
import type { ConfigurationKey } from "./configurations";

/** How the removal of a rule shows. */
export interface RuleCase {
  /** The configurations that show it; the first is the smallest. */
  readonly shownBy: readonly ConfigurationKey[];
  /** The promise that breaks; "refusals": none does, but more databases of our own are refused. */
  readonly breaks: `I${number}` | "refusals";
}

export const ruleCases: Readonly<Record<Rule, RuleCase>> = {
  othersIntents: { shownBy: ["g1", "g2", "d1"], breaks: "I8" },
  recordedPhase: { shownBy: ["d1"], breaks: "I8" },
  narrowIntents: { shownBy: ["x5"], breaks: "I1" },
  disputedStays: { shownBy: ["g2", "g1"], breaks: "I1" },
  tasksAsked: { shownBy: ["x4"], breaks: "I1" },
  tasksWindow: { shownBy: ["x4"], breaks: "I1" },
  acceptedPhase: { shownBy: ["s12"], breaks: "refusals" },
  lostBesideOthers: { shownBy: ["g1", "d1"], breaks: "I8" },
  askAgain: { shownBy: ["s2"], breaks: "refusals" },
  waitForAllCovered: { shownBy: ["s5"], breaks: "I7" },
  twoLooks: { shownBy: ["s9"], breaks: "I7" },
  markOnRunning: { shownBy: ["x6"], breaks: "refusals" },
  lastLookMarks: { shownBy: ["j1"], breaks: "I3" },
  claimRenames: { shownBy: ["a3"], breaks: "I8" },
  adoptUnmarkedOnly: { shownBy: ["g2", "g1"], breaks: "I8" },
  onePoint: { shownBy: ["j1"], breaks: "I12" },
  judgeNext: { shownBy: ["s7"], breaks: "I4" },
  lookedBeforeDrop: { shownBy: ["s14"], breaks: "I4" },
  dropOwnIdOnly: { shownBy: ["s3"], breaks: "I1" },
  declaredElsewhere: { shownBy: ["k2"], breaks: "I1" },
  tagKeyIsId: { shownBy: ["d1"], breaks: "I8" },
  lookLocked: { shownBy: ["b3"], breaks: "I8" },
  refuseRetained: { shownBy: ["f1"], breaks: "I5" },
};

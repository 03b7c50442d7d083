/**
 * The safety rules, one sentence each. All of them are on in production: no input reaches them. Each is a switch so that
 * the exhaustive search can take it out and show what then breaks (`npm run model -- --rules`).
 */
export const ruleSentences = {
  othersIntents: "an unmarked database under an intent of someone else is not ours",
  recordedPhase: "an intent that a state has recorded applies only to the record with its id",
  narrowIntents: "a run that ends unfinished leaves in its intents only what is not marked yet",
  disputedStays: "an intent stays while its name is covered by an intent of someone else, too",
  tasksAsked:
    "an unmarked database under an intent of ours is ours only if the task of that call did not fail",
  tasksWindow: "only the task of the very call counts, not another one's on the name",
  acceptedPhase: "an answered copy is noted in its intent at once",
  lostBesideOthers: "after a lost answer, what appears under an intent of someone else is not ours",
  askAgain: "after a lost answer and an empty grace the copy is asked for again",
  waitForAllCovered:
    "the grace is waited for every name that a record or an intent applies to, declared or not",
  twoLooks: "an absence counts after a second look",
  markOnRunning: "a mark counts only on a running database",
  lastLookMarks: "success is reported after one more look at every mark",
  claimRenames: "a claimed database gets a new id",
  claimDeclared: "a claim takes over only what the program declares",
  adoptUnmarkedOnly: "what carries a mark is never adopted",
  onePoint: "one run copies from one restore point, which is the recorded one while it is listed",
  judgeNext: "a replacement drops nothing before every name of the new creation is judged",
  lookedBeforeDrop: "a precondition that could not be looked at stops the drop",
  dropOwnIdOnly: "dropped is only what carries its own id at the look right before",
  declaredElsewhere: "a name that the program declares elsewhere is not dropped",
  tagKeyIsId: "the key of an intent is the id of its copy call",
  lookLocked: "between a look and the change that follows it, the process makes no other call",
  refuseRetained: "retainOnDelete with a replacement onto the same names is refused in check",
} as const;

export type Rule = keyof typeof ruleSentences;
export type Rules = Readonly<Record<Rule, boolean>>;

export const allRules = Object.fromEntries(Object.keys(ruleSentences).map((rule) => [rule, true])) as Rules;

import { markOn, type Evidence, type Ours, type Theirs, type TheirsBecause, type Verdict } from "./evidence";
import type { Id, Mark } from "./mark";
import { allRules, type Rules } from "./rules";

/** Whose is the database of this name? Evidence in, verdict out. */
export function judge(evidence: Evidence, rules: Rules = allRules): Verdict {
  return judgeByRow(evidence, rules)[1];
}

/** The judge table: what each row asks of the evidence. Unmarked: no mark, a text, or the description of the source. */
export const judgeRows = {
  1: "the record says adopted",
  2: "not found; the record is filling, or an intent of ours covers it; the grace is not over",
  3: "not found",
  4: "mark: the id of the record, or of an intent of ours",
  5: "mark: its id is claimed",
  6: "mark",
  7: "unmarked; an intent that is not ours covers it",
  8: "unmarked; more than one intent of ours is accepted, recorded or claimed: which call made it cannot be told",
  9: "unmarked; intents of ours; the tasks were not asked yet",
  10: "unmarked; intents of ours; the task of that call failed",
  11: "unmarked; intents of ours; one is accepted, recorded or claimed, or the task says made",
  12: "unmarked; intents of ours: whether the copy was requested at all is unknown",
  13: "unmarked; a record that never had a mark, or `ownershipMarks: false`: the record alone decides",
  14: "otherwise",
} as const;

export type JudgeRow = keyof typeof judgeRows;

/** The first row that matches, one branch for each, and its verdict. */
export function judgeByRow(evidence: Evidence, rules: Rules = allRules): readonly [JudgeRow, Verdict] {
  const { found, record, intents, waited, claim, tasks, marksOn, own } = evidence;
  const others = rules.othersIntents ? evidence.others : undefined;

  if (record?.phase === "adopted") return [1, { kind: found ? "adopted" : "absent" }];
  if (!found) {
    const isExpected = record?.phase === "filling" || intents.length > 0;
    if (isExpected && !waited) return [2, { kind: "expected" }];
    return [3, { kind: "absent" }];
  }

  // A mark proves which copy call filled the database. It is ours if that call is known here, or claimed.
  const mark = markOn(found);
  if (mark) {
    if (record?.id === mark.id || intents.some(({ id }) => id === mark.id)) return [4, ours(mark)];
    if (claim.includes(mark.id)) return [5, ours(mark, rules.claimRenames)];
    const why = mark.owner === own ? "unrecorded" : "otherOwner";
    return [6, theirs(why, { id: mark.id, isAdoptable: !rules.adoptUnmarkedOnly })];
  }

  // Without a mark it is what a run of ours has just made, or is about to mark; or it is someone else's.
  if (others !== undefined) {
    return [7, theirs("othersIntent", { id: others, isDisputed: intents.length > 0 })];
  }
  const sure = intents.filter(({ id, phase }) => phase !== "pending" || claim.includes(id));
  const intent = sure[0] ?? intents.at(-1);
  if (intent) {
    const { id } = intent;
    if (sure.length > 1) return [8, theirs("unproven", { id })];
    if (rules.tasksAsked && tasks === undefined) return [9, { kind: "needsTasks", id }];
    if (rules.tasksAsked && tasks === "failed") return [10, theirs("copyFailed", { id })];
    if (sure.length > 0 || tasks === "made") return [11, ours(intent)];
    return [12, theirs("unproven", { id })];
  }
  if (record && (!marksOn || record.unmarked)) return [13, ours(record)];
  const isAdoptable = found.status === "running";
  if (record) return [14, theirs("markGone", { id: record.id, isAdoptable })];
  return [14, theirs("unclaimed", { isAdoptable })];
}

function ours({ id, point }: Pick<Mark, "id" | "point">, isClaimed = false): Ours {
  return { kind: "ours", id, point, isClaimed };
}

function theirs(
  why: TheirsBecause,
  { id, isAdoptable = false, isDisputed = false }: { id?: Id; isAdoptable?: boolean; isDisputed?: boolean },
): Theirs {
  return { kind: "theirs", why, id, isAdoptable, isDisputed };
}

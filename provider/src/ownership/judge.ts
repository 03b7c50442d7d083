import { markOn, type Evidence, type Ours, type Theirs, type TheirsBecause, type Verdict } from "./evidence";
import type { Id, Mark } from "./mark";
import { allRules, type Rules } from "./rules";

/**
 * Whose is the database of this name? Evidence in, verdict out; the first row that matches decides. The numbers are the
 * rows of the judge table (docs/ownership.md), one branch for each.
 */
export function judge(evidence: Evidence, rules: Rules = allRules): Verdict {
  const { found, record, intents, waited, claim, tasks, marksOn, own } = evidence;
  const others = rules.othersIntents ? evidence.others : undefined;

  if (record?.phase === "adopted") return { kind: found ? "adopted" : "absent" }; // 1
  if (!found) {
    const isExpected = record?.phase === "filling" || intents.length > 0;
    if (isExpected && !waited) return { kind: "expected" }; // 2
    return { kind: "absent" }; // 3
  }

  // A mark proves which copy call filled the database. It is ours if that call is known here, or claimed.
  const mark = markOn(found);
  if (mark) {
    if (record?.id === mark.id || intents.some(({ id }) => id === mark.id)) return ours(mark); // 4
    if (claim.includes(mark.id)) return ours(mark, rules.claimRenames); // 5
    const why = mark.owner === own ? "unrecorded" : "otherOwner";
    return theirs(why, { id: mark.id, isAdoptable: !rules.adoptUnmarkedOnly }); // 6
  }

  // Without a mark it is what a run of ours has just made, or is about to mark; or it is someone else's.
  if (others !== undefined) return theirs("othersIntent", { id: others, isDisputed: intents.length > 0 }); // 7
  const sure = intents.filter(({ id, phase }) => phase !== "pending" || claim.includes(id));
  const intent = sure[0] ?? intents.at(-1);
  if (intent) {
    const { id } = intent;
    if (sure.length > 1) return theirs("unproven", { id }); // 8: it cannot be told which call made it
    if (rules.tasksAsked && tasks === undefined) return { kind: "needsTasks", id }; // 9
    if (rules.tasksAsked && tasks === "failed") return theirs("copyFailed", { id }); // 10: so someone else made it since
    if (sure.length > 0 || tasks === "made") return ours(intent); // 11
    return theirs("unproven", { id }); // 12: whether the copy was requested at all is unknown
  }
  if (record && !marksOn) return ours(record); // 13
  const isAdoptable = found.status === "running";
  return record ? theirs("markGone", { id: record.id, isAdoptable }) : theirs("unclaimed", { isAdoptable }); // 14
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

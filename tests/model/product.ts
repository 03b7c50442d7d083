import {
  markOn,
  type Evidence,
  type Found,
  type TaskTrace,
  type Verdict,
} from "../../provider/src/ownership/evidence";
import type { Intent } from "../../provider/src/ownership/intent";
import { judge } from "../../provider/src/ownership/judge";
import type { DatabaseRecord } from "../../provider/src/ownership/record";

/* The judge alone, over the whole product of evidence: what always holds, and where less evidence turns theirs into ours. */

export const laws = {
  total: "every evidence has a verdict, and the tasks are asked at most once",
  marked: "ours with a mark: only if the record, an intent of ours or claim names its id",
  unmarked:
    "ours without a mark: only by exactly one intent of ours and nobody else's, or by a record with marks off or that never had one",
  adoptable: "adoptable: only unmarked, running and under no intent",
  owner: "the owner in a mark decides nothing: with another owner only the words change",
  status: "whether it is still being created decides nothing but whether it may be adopted",
  claim: "claim alone makes nothing unmarked ours",
  displayed: "what people see in a record decides nothing",
} as const;

export type Law = keyof typeof laws;

export interface Product {
  readonly total: number;
  /** By kind of verdict, `theirs` with its reason. */
  readonly kinds: ReadonlyMap<string, number>;
  /** How often a law is broken. */
  readonly broken: ReadonlyMap<Law, number>;
  /** What is lacking, and the reason that it overcomes: kinds of evidence. */
  readonly lessIsMore: ReadonlyMap<string, number>;
}

const point = { kind: "backup", backupId: "1" } as const;

// #1 is the record's id; an intent has #1 or #2, one of anyone else's has #4; #3 and #5 are strange.
const ids = ["#1", "#2", "#3", "#4", "#5"];
const marks: Found["mark"][] = [
  null,
  "text",
  "asSource",
  ...["me", "other"].flatMap((owner) => ids.map((id) => ({ owner, id, point }))),
];
const statuses = ["running", "creating", "other"] as const;
const founds = [undefined, ...marks.flatMap((mark) => statuses.map((status) => ({ status, mark })))];
const records: (DatabaseRecord | undefined)[] = [
  undefined,
  { phase: "adopted", target: "N" },
  { phase: "filling", id: "#1", point, target: "N" },
  { phase: "filled", id: "#1", point, target: "N" },
  { phase: "filled", id: "#1", point, target: "N", unmarked: true },
];
const intentLists: Intent[][] = [
  [],
  ...[...intentsOf("#1"), ...intentsOf("#2")].map((intent) => [intent]),
  ...intentsOf("#1").flatMap((older) => intentsOf("#2").map((newer) => [older, newer])),
];
const claims = [[], ["#1"], ["#2"], ["#3"], ["#4"]];
const traces: (TaskTrace | undefined)[] = [undefined, "made", "failed", "nothing"];

function intentsOf(id: string): Intent[] {
  const phases = ["pending", "accepted", "recorded"] as const;
  return phases.map((phase) => ({ id, owner: "me", time: 0, phase, point, source: "0000", names: ["0000"] }));
}

/** Every kind of evidence. With marks off no tag is read: there are no intents. */
export function* allEvidence(): Generator<Evidence> {
  for (const marksOn of [true, false])
    for (const found of founds)
      for (const record of records)
        for (const intents of marksOn ? intentLists : [[]])
          for (const others of marksOn ? [undefined, "#4"] : [undefined])
            for (const waited of [true, false])
              for (const claim of claims)
                for (const tasks of traces)
                  yield { found, record, intents, others, waited, claim, tasks, marksOn, own: "me" };
}

export function product(): Product {
  const kinds = new Map<string, number>();
  const broken = new Map<Law, number>();
  const lessIsMore = new Map<string, number>();
  let total = 0;
  for (const evidence of allEvidence()) {
    const verdict = judge(evidence);
    total++;
    count(kinds, verdict.kind === "theirs" ? `theirs: ${verdict.why}` : verdict.kind);
    for (const [law, holds] of lawsOf(evidence, verdict)) if (!holds) count(broken, law);
    if (verdict.kind !== "theirs") continue;
    for (const [lack, less] of lessOf(evidence)) {
      if (judge(less).kind !== "ours") continue;
      count(lessIsMore, `without ${lack}: ${verdict.why}${evidence.marksOn ? "" : ", marks off"}`);
    }
  }
  return { total, kinds, broken, lessIsMore };
}

function* lawsOf(evidence: Evidence, verdict: Verdict): Generator<[Law, boolean]> {
  const { found, record, intents, others, claim, tasks, marksOn } = evidence;
  const mark = markOn(found);
  const isNeverMarked = record !== undefined && record.phase !== "adopted" && record.unmarked === true;
  const recordId = record && record.phase !== "adopted" ? record.id : undefined;
  const sure = intents.filter(({ id, phase }) => phase !== "pending" || claim.includes(id));
  const isOurs = verdict.kind === "ours";
  yield ["total", verdict.kind !== "needsTasks" || tasks === undefined];
  if (isOurs && mark)
    yield ["marked", [recordId, ...intents.map(({ id }) => id), ...claim].includes(mark.id)];
  if (isOurs && !mark) {
    const isSure =
      sure.length === 1 && sure[0]?.id === verdict.id && tasks !== "failed" && tasks !== undefined;
    const isTold = sure.length === 0 && tasks === "made" && intents.some(({ id }) => id === verdict.id);
    const byIntent = isSure || isTold;
    yield [
      "unmarked",
      others === undefined &&
        (intents.length > 0 ? byIntent : (!marksOn || isNeverMarked) && recordId === verdict.id),
    ];
    yield ["claim", intents.length > 0 || judge({ ...evidence, claim: [] }).kind === "ours"];
  }
  if (verdict.kind === "theirs" && verdict.isAdoptable) {
    const isFree = !mark && found?.status === "running" && intents.length === 0 && others === undefined;
    yield ["adoptable", isFree];
  }
  yield ["owner", isSame(verdict, judge({ ...evidence, own: "other" }))];
  if (found) {
    const creating = judge({ ...evidence, found: { ...found, status: "creating" } });
    yield [
      "status",
      creating.kind === verdict.kind &&
        idIn(creating) === idIn(verdict) &&
        whyOf(creating) === whyOf(verdict),
    ];
  }
  if (record) {
    const shown = judge({ ...evidence, record: { ...record, status: "Foreign", target: "n" } });
    yield ["displayed", isSame(verdict, shown) && whyOf(verdict) === whyOf(shown)];
  }
}

/** The same with one piece of evidence less. */
function* lessOf(evidence: Evidence): Generator<[string, Evidence]> {
  const { found, intents } = evidence;
  yield ["record", { ...evidence, record: undefined }];
  yield ["others' intent", { ...evidence, others: undefined }];
  yield ["the tasks", { ...evidence, tasks: "nothing" }];
  if (found) yield ["the mark", { ...evidence, found: { ...found, mark: null } }];
  yield ["claim", { ...evidence, claim: [] }];
  yield ["all our intents", { ...evidence, intents: [] }];
  const [older, newer] = intents;
  if (!older || !newer) return;
  yield ["the older intent", { ...evidence, intents: [newer] }];
  yield ["the newer intent", { ...evidence, intents: [older] }];
}

function isSame(left: Verdict, right: Verdict): boolean {
  const isAdoptable = (verdict: Verdict) => verdict.kind === "theirs" && verdict.isAdoptable;
  return left.kind === right.kind && idIn(left) === idIn(right) && isAdoptable(left) === isAdoptable(right);
}

function idIn(verdict: Verdict): string | undefined {
  return "id" in verdict ? verdict.id : undefined;
}

function whyOf(verdict: Verdict): string | undefined {
  return verdict.kind === "theirs" ? verdict.why : undefined;
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

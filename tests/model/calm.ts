import type { Engine, Reports } from "./engine";
import { perform } from "./service";
import {
  clone,
  endCopy,
  isMark,
  type Configuration,
  type EngineRun,
  type Op,
  type Said,
  type State,
} from "./world";

/** How one run ended in which nobody disturbs and everything is answered. */
export interface CalmEnd {
  readonly end: "done" | "failed";
  readonly why: string | undefined;
  readonly says: readonly Said[];
  /** Copies, drops and marks. */
  readonly changed: number;
  /** Creates, updates and replacements. */
  readonly operations: number;
}

/** What is told of one resting state, for the everyday table. */
export interface Rested {
  readonly first: readonly CalmEnd[];
  readonly second: readonly CalmEnd[];
}

/** The refusals that name an id to claim. */
const claimable = ["unrecorded", "otherOwner", "othersIntent"];

/**
 * From a resting state the rest is played in calm: preview, three times up, destroy; there the promises about an end are
 * judged.
 */
export function calmChecks(
  text: string,
  engine: Engine,
  cfg: Configuration,
  { bad, fact }: Reports,
  onRest?: (rested: Rested) => void,
): void {
  const S = JSON.parse(text) as State;
  const programOf = (s: State) => cfg.programs[s.P] ?? {};
  const stacks = Object.keys(programOf(S));
  const isLone = stacks.length === 1;
  const lone = stacks[0] ?? "";
  const resources = Object.keys(engine.programOf(S, lone));

  const calm = (s: State, stack: string, kind: EngineRun["kind"]): CalmEnd => {
    const budget = s.B;
    s.B = { operations: 0, hands: 0, faults: 0, changes: 0 };
    s.ops = [];
    engine.begin(s, stack, kind);
    let changed = 0;
    let operations = 0;
    for (let i = 0; ; i++) {
      if (i > 500) throw new Error(`endless ${kind}`);
      const op = s.ops[0];
      if (!op) {
        const first = engine.starts(s)[0];
        if (!first) break;
        first[1](s);
        operations += s.ops.length;
        continue;
      }
      engine.settleOp(s, op);
      if (op.result) {
        engine.finish(s, op);
        continue;
      }
      changed += answerCalmly(s, op, cfg, bad) ? 1 : 0;
    }
    const { failed, says } = s.run ?? { failed: false as const, says: [] };
    s.run = null;
    s.B = budget;
    return { end: failed ? "failed" : "done", why: failed || undefined, says, changed, operations };
  };
  const round = (s: State) => Object.keys(programOf(s)).map((stack) => calm(s, stack, "up"));

  const isQuiet = cfg.names.every((name) => (S.W.db[name]?.status ?? "running") === "running");
  const said = isLone && isQuiet ? previewed(JSON.parse(text) as State, lone, engine, cfg, bad) : undefined;
  const first = round(S);
  onRest?.({ first, second: round(clone(S)) });
  const isRefused = first.some(({ why }) => why !== undefined && ["taken", "tags", "check"].includes(why));
  const differs =
    said !== undefined &&
    (resources.length === 1 ? (said === "refused") !== isRefused : said === "fine" && isRefused);
  if (differs) bad(undefined, `I5 preview ${said}, up ${summary(first)}`, JSON.stringify(first[0]?.says));

  const second = round(S);
  const after = clone(S);
  const third = round(S);
  const isDone = second.every(({ end }) => end === "done");
  const isStable = isDone
    ? third.every(({ end, changed }) => end === "done" && changed === 0)
    : summary(second) === summary(third);
  // What is someone else's, or out of order, is named by every run; nothing else is left to do.
  const records = Object.values(S.E).flatMap((all) =>
    Object.values(all).flatMap(({ dbs }) => Object.values(dbs)),
  );
  const isSettled = records.every(
    ({ phase, status = "Running" }) => phase === "adopted" || status === "Running",
  );
  if (isDone && isSettled && third.some(({ operations }) => operations > 0))
    bad(undefined, "I6 an update is never the last one");
  if (!isStable) bad(undefined, `I6 not stable: ${[first, second, third].map(summary).join(" | ")}`);
  if (!isDone) {
    const isStrange = cfg.names.some((name) => after.W.db[name] && after.W.db[name].by !== "ours");
    if (!isStrange && second.every(({ why }) => why !== "noBackup")) {
      const reasons = second
        .filter(({ why }) => why)
        .map(({ says, why }) => {
          const refusals = says.filter(({ what }) => ["refused", "check"].includes(what));
          return refusals.map((one) => one.why).join() || why;
        });
      fact(`REFUSED although everything there is ours: ${reasons.join()}`);
      if (isLone && resources.length === 1) claimAll(after, second);
    }
  }
  destroyFrom("after up", after);
  destroyFrom("at once", JSON.parse(text) as State);

  function destroyFrom(when: string, from: State): void {
    const saved = Object.entries(from.E).flatMap(([stack, all]) =>
      Object.entries(all).map(([name, one]) => ({ urn: `${stack}/${name}`, ...one })),
    );
    if (saved.length === 0) return;
    if (saved.some(({ pending }) => pending)) {
      if (from.W.tags.length > 0) fact("LIMIT destroy of a pending replacement asks no provider");
      return;
    }
    const hasMarks = saved.every(({ want }) => want.marks ?? cfg.marksOn);
    const managed = saved.filter(({ want }) => !want.retain).map(({ owner, line }) => ({ owner, line }));
    const withState = Object.keys(from.E).filter((stack) => Object.keys(from.E[stack] ?? {}).length > 0);
    const ends = withState.map((stack) => calm(from, stack, "destroy"));
    if (ends.some(({ end }) => end !== "done")) {
      bad(undefined, `I6 destroy ${when} does not end: ${summary(ends)}`);
      return;
    }
    for (const name of cfg.names) {
      const d = from.W.db[name];
      if (d?.by !== "ours" || d.told || !managed.some(({ line }) => line === d.line)) continue;
      const owners = [...from.W.tags.filter(({ names }) => names.includes(name)), d.mark].flatMap((one) =>
        typeof one === "object" && one !== null ? [one.owner] : [],
      );
      const isUnsaved = owners.some((owner) => !managed.some((one) => one.owner === owner));
      if (isUnsaved) fact(`LIMIT destroy right after a killed rename: ${name}`);
      else bad(undefined, `I7 ${name} is forgotten by destroy ${when}`, JSON.stringify(d));
    }
    if (!cfg.tagsWritable || from.W.tags.length === 0) return;
    const isLeft = from.W.tags.some(
      ({ phase, owner }) => phase !== "recorded" && managed.some((one) => one.owner === owner),
    );
    if (isLeft && !hasMarks) fact("LIMIT destroy by a state without marks reads no tags of a killed run");
    else if (isLeft) bad(undefined, `I7 a tag stays after destroy ${when}`, JSON.stringify(from.W.tags));
    else fact("a tag that some state had recorded stays after destroy");
  }

  /** Whatever is refused by its mark can be had by the explicit act that the refusal names. */
  function claimAll(s: State, ends: readonly CalmEnd[]): void {
    if (!cfg.describable) return;
    const says = ends.flatMap((end) => end.says.filter(({ what }) => what === "refused"));
    const claims = says.filter(({ why }) => why !== undefined && claimable.includes(why));
    const ids = claims.flatMap(({ id }) => id ?? []);
    for (const { why, id, name = "" } of claims) {
      const d = s.W.db[name];
      if (why === "othersIntent" && id !== undefined && d && !isMark(d.mark)) {
        d.mark = { owner: "by/hand", id, point: d.point };
      }
    }
    if (ids.length === 0 || says.length !== claims.length) return;
    if (claims.some(({ isOtherPoint }) => isOtherPoint)) s.unpinned = true;
    for (const stack of stacks) {
      for (const name of resources) {
        const urn = `${stack}/${name}`;
        s.claims = { ...s.claims, [urn]: [...(s.claims?.[urn] ?? []), ...ids] };
      }
    }
    round(s);
    round(s);
    const last = round(s);
    const isStuck = ({ end, why, says: last }: CalmEnd) =>
      end !== "done" && why !== "noBackup" && !last.some((one) => one.why === "copyFailed");
    if (last.some(isStuck))
      bad(undefined, `I10 the explicit act does not help: ${summary(last)}`, JSON.stringify(last[0]?.says));
  }
}

/** What a preview of this stack says. */
function previewed(
  S: State,
  stack: string,
  engine: Engine,
  cfg: Configuration,
  bad: Reports["bad"],
): "refused" | "fine" {
  const names = Object.keys(engine.programOf(S, stack));
  S.run = { stack, kind: "up", todo: [], met: names, says: [], dropped: [], failed: false, disturbed: false };
  for (const name of names) {
    const { want, key, res, live, isReplaced, refusal } = engine.planOf(S, stack, name);
    if (refusal) return "refused";
    if (live && !isReplaced && !engine.isUpdateNeeded(live, want)) continue;
    const urn = `${stack}/${name}`;
    const op: Op = {
      kind: "preview",
      stack,
      name,
      key,
      at: key,
      urn,
      line: res?.line ?? urn,
      res: live ? clone(live) : undefined,
      isReplacement: isReplaced,
      answers: [],
      since: [],
      asked: [],
    };
    for (;;) {
      engine.settleOp(S, op);
      if (op.result) break;
      if (op.pending) op.answers.push(perform(S, op, op.pending, waited(op), cfg, bad));
      op.pending = undefined;
    }
    if (op.result.end === "refused") return "refused";
  }
  return "fine";
}

/** Answers the next call; says whether it changed something. */
function answerCalmly(s: State, op: Op, cfg: Configuration, bad: Reports["bad"]): boolean {
  const call = op.pending;
  if (!call) throw new Error("nothing to answer");
  if (call.call === "databases") {
    for (const name of cfg.names) {
      const d = s.W.db[name];
      if (d && d.status !== "running") endCopy(s, name, cfg);
    }
  }
  op.answers.push(perform(s, op, call, waited(op), cfg, bad));
  op.pending = undefined;
  return ["copy", "drop", "mark"].includes(call.call);
}

function waited({ pending }: Op) {
  return pending?.call === "databases" && pending.wait ? { timedOut: true } : undefined;
}

function summary(ends: readonly CalmEnd[]): string {
  return ends.map(({ end, why }) => `${end}${why ? `:${why}` : ""}`).join("+");
}

import type { Engine } from "./engine";
import { hands } from "./hands";
import { perform, type Bad } from "./service";
import {
  meanwhile,
  progress,
  type Choice,
  type Configuration,
  type EngineRun,
  type Op,
  type PendingCall,
  type State,
} from "./world";

/** A state that may follow, and what happened on the way. */
export type Successor = readonly [state: State, label: string];

const shownCalls = ["copy", "drop", "mark", "writeIntent", "eraseIntent", "tasks"];
/** The calls that are made under the lock of the target, beside the look that takes it. */
const changes = ["copy", "drop", "mark"];
const emptyBackups = ["", "a new backup", "the old backup expires", "no backup is left"];

/** Everything that can happen in a state: every answer, every order, a kill, every hand, every change between two runs. */
export function* successors(
  text: string,
  engine: Engine,
  cfg: Configuration,
  bad: Bad,
): Generator<Successor> {
  const S = JSON.parse(text) as State;
  const copy = () => JSON.parse(text) as State;
  if (S.run === null) yield* betweenRuns(S, copy, engine, cfg);
  const mayUseHands = S.run === null ? S.B.operations > 0 : cfg.handsInside;
  if (S.B.hands > 0 && mayUseHands) {
    for (const { name, label, act } of hands(S, cfg)) {
      const next = copy();
      act(next);
      next.B.hands--;
      if (next.run) next.run.disturbed = true;
      if (name !== undefined) for (const op of next.ops) op.since.push(name);
      yield [next, `   ${label}`];
    }
  }
  if (S.run !== null && S.B.faults > 0) yield killed(S, copy(), engine, cfg);
  if (S.run !== null) {
    const starts = engine.starts(S);
    if (starts.length === 0 && S.ops.every(({ isZombie }) => isZombie)) {
      const next = copy();
      next.run = null;
      yield [next, S.run.failed ? `   -> ${S.run.failed}` : ""];
      return;
    }
    for (const [label, act] of starts) {
      const next = copy();
      act(next);
      yield [next, label && `  ${label}`];
    }
  }
  for (let i = 0; i < S.ops.length; i++) yield* ofOperation(S, i, copy, engine, cfg, bad);
}

function* betweenRuns(S: State, copy: () => State, engine: Engine, cfg: Configuration): Generator<Successor> {
  const stacks = Object.keys(cfg.programs[S.P] ?? {});
  if (S.B.operations > 0) {
    for (const stack of stacks) {
      for (const kind of cfg.kinds) {
        if (kind !== "up" && Object.keys(S.E[stack] ?? {}).length === 0) continue;
        const next = copy();
        next.B.operations--;
        engine.begin(next, stack, kind);
        yield [next, `== ${kind}${stacks.length > 1 ? ` ${stack}` : ""}`];
      }
    }
    if (S.B.changes > 0) yield* changesBetween(S, copy, cfg);
    if (cfg.backupsMove && S.W.backups < 3) {
      const next = copy();
      next.W.backups++;
      yield [next, emptyBackups[next.W.backups] ?? ""];
    }
    for (const [label, act] of meanwhile(S, cfg)) {
      const next = copy();
      act(next);
      yield [next, label];
    }
  }
}

function* changesBetween(S: State, copy: () => State, cfg: Configuration): Generator<Successor> {
  for (let p = 0; p < cfg.programs.length; p++) {
    if (p === S.P || cfg.acts.some(({ program, strictly }) => program === p && strictly)) continue;
    const next = copy();
    next.P = p;
    next.B.changes--;
    yield [next, `program ${JSON.stringify(cfg.programs[p])}`];
  }
  for (const { act, program, label } of cfg.acts) {
    const next = copy();
    if (!act(next)) continue;
    if (program !== undefined) next.P = program;
    next.B.changes--;
    yield [next, label];
  }
}

function killed(S: State, next: State, engine: Engine, cfg: Configuration): Successor {
  next.B.faults--;
  for (const [i, op] of next.ops.entries()) {
    const before = S.ops[i];
    if (op.isZombie || !before) continue;
    op.isZombie = true;
    op.left = cfg.calls;
    op.elsewhere = engine.declaredElsewhere(S, before);
  }
  next.ops = next.ops.filter(({ left = 0, pending }) => left > 0 && pending);
  next.run = null;
  const where = S.ops
    .map(({ pending }) => (pending ? describe(pending) : "the state is saved"))
    .join(" and ");
  return [next, `KILLED${where ? ` before ${where}` : ""}`];
}

/** The answers to the next call of one operation. */
function* ofOperation(
  S: State,
  i: number,
  copy: () => State,
  engine: Engine,
  cfg: Configuration,
  bad: Bad,
): Generator<Successor> {
  const op = S.ops[i];
  if (!op) return;
  const who = S.ops.length > 1 ? `${op.isZombie ? "killed " : ""}${op.urn}: ` : "";
  if (op.result) {
    const next = copy();
    const ended = next.ops[i];
    if (!ended) return;
    if (ended.isZombie) next.ops.splice(i, 1);
    else engine.finish(next, ended);
    yield [next, ""];
    return;
  }
  const call = op.pending;
  if (!call || isBlocked(S, op, call, cfg)) return;
  const go = (choice: Choice | undefined, label = "", act?: (s: State) => void): Successor => {
    const next = copy();
    act?.(next);
    const now = next.ops[i] as Op;
    const answer = perform(next, now, call, choice, cfg, bad);
    answered(next, now, i, call, answer);
    const shown = shownCalls.includes(call.call)
      ? `  ${who}${describe(call)}${answer === "done" ? "" : `: ${JSON.stringify(answer)}`}`
      : "";
    return [next, `${label}${shown}`];
  };
  const faulty = (more?: (run: EngineRun) => void) => (s: State) => {
    s.B.faults--;
    if (s.run) more?.(s.run);
  };
  const hasFaults = S.B.faults > 0;
  switch (call.call) {
    case "databases": {
      for (const { choice, label, act } of progress(S, call.wait, cfg)) yield go(choice, label, act);
      if (cfg.missing && hasFaults) {
        for (const name of cfg.names) {
          // Two in a row are believed.
          if (S.W.db[name]?.status !== "running" || op.missed === name) continue;
          // A wait for what is not there yet ends with that look; one for a running copy looks again.
          const isLast = call.wait !== undefined && call.wait !== "running";
          const choice = { misses: name, ...(isLast ? { timedOut: true } : {}) };
          yield go(choice, `  a look misses ${name}`, faulty());
        }
      }
      if (cfg.failingLooks && hasFaults) {
        yield withAnswer(
          S,
          i,
          copy,
          "noAnswer",
          `  ${who}a look fails`,
          faulty((run) => {
            run.disturbed = true;
          }),
        );
      }
      return;
    }
    case "copy":
      yield go(undefined);
      if (cfg.refusing && hasFaults) {
        const act = faulty((run) => {
          run.disturbed = true;
        });
        yield go({ refused: true }, "", act);
      }
      if (cfg.busy && hasFaults) yield go({ later: true }, "", faulty());
      if (cfg.hiding) yield go({ hidden: true }, "  (listed late)");
      if (hasFaults && !op.isZombie) {
        yield lost(S, i, copy, call, who, undefined, cfg, bad);
        yield lost(S, i, copy, call, who, { hidden: false }, cfg, bad);
        if (cfg.hiding) yield lost(S, i, copy, call, who, { hidden: true }, cfg, bad);
      }
      return;
    case "lookAhead":
      yield go(undefined);
      if (cfg.unanswered && hasFaults) {
        const isCreate = op.kind !== "replace";
        const act = faulty((run) => {
          if (isCreate) run.disturbed = true;
        });
        yield go({ unknown: true }, "  the backups cannot be listed", act);
      }
      return;
    case "mark":
    case "drop":
      yield go(undefined);
      if (cfg.busy && hasFaults) yield go({ later: true }, "", faulty());
      return;
    case "tags":
    case "tasks":
    case "writeIntent":
    case "eraseIntent":
      yield go(undefined);
  }
}

/**
 * While one operation of a process holds the lock of the target, no other one takes it. What others call without it comes
 * out the same before the look or after the change, unless hands are at work in between: only then it is tried there.
 */
function isBlocked({ ops }: State, op: Op, call: PendingCall, cfg: Configuration): boolean {
  if (op.isZombie || op.isLocked) return false;
  const takesLock = call.call === "databases" ? call.lock === true : changes.includes(call.call);
  const isLocked = ops.some((other) => other !== op && !other.isZombie && other.isLocked);
  return isLocked && (takesLock || cfg.handCount === 0);
}

function answered(next: State, op: Op, i: number, call: PendingCall, answer: unknown): void {
  op.answers.push(answer);
  op.pending = undefined;
  if (!op.isZombie) return;
  if (next.run && changes.includes(call.call)) next.run.disturbed = true;
  op.left = (op.left ?? 0) - 1;
  if (op.left <= 0) next.ops.splice(i, 1);
}

function withAnswer(
  S: State,
  i: number,
  copy: () => State,
  answer: unknown,
  label: string,
  act: (s: State) => void,
): Successor {
  const next = copy();
  act(next);
  const op = next.ops[i] as Op;
  answered(next, op, i, S.ops[i]?.pending as PendingCall, answer);
  return [next, label];
}

/** The answer to a copy call is lost: it was carried out (`done`), or not. */
function lost(
  S: State,
  i: number,
  copy: () => State,
  call: PendingCall & { call: "copy" },
  who: string,
  done: Choice | undefined,
  cfg: Configuration,
  bad: Bad,
): Successor {
  const what = `${done ? "carried out" : "not carried out"}${done?.hidden ? " (listed late)" : ""}`;
  return withAnswer(S, i, copy, "lost", `  ${who}copy: answer lost, ${what}`, (next) => {
    next.B.faults--;
    const op = next.ops[i] as Op;
    if (done) perform(next, op, call, done, cfg, bad);
    else op.asked.push(...call.names);
  });
}

function describe(call: PendingCall): string {
  switch (call.call) {
    case "databases":
      return `databases${call.wait ? `(${call.wait})` : ""}${call.lock ? " locked" : ""}`;
    case "tags":
    case "lookAhead":
      return call.call;
    case "tasks":
      return `tasks ${call.name}`;
    case "writeIntent":
      return `writeIntent ${call.intent.id} ${call.intent.phase}`;
    case "eraseIntent":
      return `eraseIntent ${call.id}`;
    case "copy":
      return `copy ${call.names.join("")} ${call.id}`;
    case "mark":
      return `mark ${call.name}`;
    case "drop":
      return `drop ${call.name}`;
  }
}

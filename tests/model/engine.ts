import { holdsOtherData, needsUpdate, optionProblem } from "../../provider/src/ownership/change";
import { choiceOf, markOf, namesOf, settle } from "./operations";
import {
  backupsAt,
  clone,
  holders,
  isMark,
  type Configuration,
  type EngineRun,
  type Op,
  type OperationKind,
  type Saved,
  type State,
  type ModelWant,
} from "./world";
import type { Bad } from "./service";

/** What the search hears of. */
export interface Reports {
  bad: Bad;
  fact(kind: string): void;
  /** One verdict on one database, with the truth. */
  evidence(kind: string, truth: "ours" | "theirs"): void;
}

export type Engine = ReturnType<typeof modelEngine>;

/** The engine, as far as it matters here: order, saved state, and what one process has met. */
export function modelEngine(cfg: Configuration, { bad, fact, evidence }: Reports) {
  const programOf = (S: State, stack: string): Readonly<Record<string, ModelWant>> => {
    const program = cfg.programs[S.P]?.[stack] ?? {};
    if (!S.unpinned) return program;
    return Object.fromEntries(Object.entries(program).map(([name, { pin: _, ...want }]) => [name, want]));
  };
  const resourcesOf = (S: State, stack: string) => (S.E[stack] ??= {});

  function begin(S: State, stack: string, kind: EngineRun["kind"]): void {
    const todo = Object.keys(kind === "up" ? programOf(S, stack) : (S.E[stack] ?? {}));
    S.run = { stack, kind, todo, met: [], failed: false, dropped: [], disturbed: false, says: [] };
    S.ops = S.ops.filter(({ isZombie }) => isZombie);
  }

  function startOp(
    S: State,
    run: EngineRun,
    kind: OperationKind,
    name: string,
    key: string,
    res: Saved | { readonly line: string } | undefined,
  ): void {
    const urn = `${run.stack}/${name}`;
    const lines = Object.values(S.E).flatMap((stack) => Object.values(stack).map(({ line }) => line));
    const saved = res && "dbs" in res ? { res: clone(res) } : {};
    S.ops.push({
      kind,
      stack: run.stack,
      name,
      key: `${run.stack}/${key}`,
      at: key,
      urn,
      line: res?.line ?? (lines.includes(urn) ? `${urn}'` : urn),
      ...saved,
      answers: [],
      since: [],
      asked: [],
    });
  }

  const isUpdateNeeded = ({ dbs, unfinished = false }: Saved, want: ModelWant) =>
    needsUpdate(
      { records: dbs, isUnfinished: unfinished, marksOn: want.marks ?? cfg.marksOn },
      namesOf(want.names),
    );

  /** Where the engine finds the resource of this name, and what it is to do with it. */
  function planOf(S: State, stack: string, name: string) {
    const want = programOf(S, stack)[name];
    if (!want) throw new Error(`no resource ${name}`);
    const resources = S.E[stack] ?? {};
    const key = resources[name] || want.alias === undefined || !resources[want.alias] ? name : want.alias;
    const res = resources[key];
    const live = res && !res.pending ? res : undefined;
    const isOther = live && holdsOtherData(live.dbs, namesOf(want.names), choiceOf(want.pin)).length > 0;
    const isReplaced = live !== undefined && (live.trigger !== (want.trigger ?? 0) || isOther === true);
    const options = {
      adopt: want.adopt ?? false,
      marksOn: cfg.marksOn,
      isReplaced,
      createFirst: want.createFirst ?? false,
      retain: want.retain ?? false,
      names: want.names,
      hadNames: live?.want.names ?? [],
    };
    return { want, key, res, live, isReplaced, refusal: optionProblem(options, cfg.rules) };
  }

  /** The next resource of the program: same, create, update or replacement. */
  function startResource(S: State, run: EngineRun, name: string): void {
    const stack = resourcesOf(S, run.stack);
    const { want, key, res, live, isReplaced, refusal } = planOf(S, run.stack, name);
    run.todo = run.todo.filter((one) => one !== name);
    run.met.push(name);
    if (refusal) {
      run.failed = "check";
      run.says.push({ what: "check", why: refusal });
      return;
    }
    if (!live) return startOp(S, run, "create", name, key, res && { line: res.line });
    if (isReplaced && want.retain) {
      delete stack[key];
      return startOp(S, run, "create", name, key, { line: live.line });
    }
    if (isReplaced) return startOp(S, run, "replace", name, key, live);
    if (isUpdateNeeded(live, want)) return startOp(S, run, "update", name, key, live);
    if (key !== name) {
      stack[name] = live;
      delete stack[key];
    }
  }

  function startDeletion(S: State, run: EngineRun, key: string): void {
    const stack = resourcesOf(S, run.stack);
    const saved = stack[key];
    if (!saved) return;
    if (!saved.pending && !saved.want.retain) return startOp(S, run, "delete", key, key, saved);
    delete stack[key];
    if (!saved.want.retain) return;
    for (const name of Object.keys(saved.dbs)) {
      const d = S.W.db[name];
      if (d) d.told = true;
    }
  }

  /** What can start now; an empty list with no operation under way: the run is over. */
  function starts(S: State): [string, (s: State) => void][] {
    const { run } = S;
    if (!run || run.failed) return [];
    const active = S.ops.filter(({ isZombie }) => !isZombie).length;
    const next = (act: (s: State, now: EngineRun) => void) => (s: State) => {
      if (s.run) act(s, s.run);
    };
    const met = (now: EngineRun, name: string) => {
      now.todo = now.todo.filter((one) => one !== name);
      now.met.push(name);
    };
    switch (run.kind) {
      case "refresh":
        return (active > 0 ? [] : run.todo.slice(0, 1)).map((name) => [
          `refresh ${name}`,
          next((s, now) => {
            met(now, name);
            const saved = s.E[now.stack]?.[name];
            if (saved && !saved.pending) startOp(s, now, "refresh", name, name, saved);
          }),
        ]);
      case "destroy":
        return (active > 0 ? [] : run.todo).map((name) => [
          `destroy ${name}`,
          next((s, now) => {
            met(now, name);
            startDeletion(s, now, name);
          }),
        ]);
      case "up": {
        if (run.todo.length > 0) {
          const isOne = run.todo.length + run.met.length === 1;
          return (active < cfg.parallel ? run.todo : []).map((name) => [
            isOne ? "" : name,
            next((s, now) => startResource(s, now, name)),
          ]);
        }
        const gone = Object.keys(S.E[run.stack] ?? {}).filter((key) => !programOf(S, run.stack)[key]);
        return (active > 0 ? [] : gone).map((key) => [
          `delete ${key}`,
          next((s, now) => startDeletion(s, now, key)),
        ]);
      }
    }
  }

  /** What this process has met so far of the names that its program declares in other resources. */
  function declaredElsewhere(S: State, op: Op): string[] {
    const { run } = S;
    if (op.isZombie || !run) return op.elsewhere ?? [];
    const program = run.kind === "up" ? programOf(S, run.stack) : {};
    return run.met
      .filter((name) => program[name] && `${run.stack}/${name}` !== op.urn)
      .flatMap((name) => program[name]?.names ?? []);
  }

  /** Runs an operation on to its next call with a choice in it. */
  function settleOp(S: State, op: Op): void {
    if (!op.want) {
      op.want = clone(programOf(S, op.stack)[op.name]) ?? { names: [] };
      const claims = S.claims?.[op.urn];
      if (claims) op.want.claim = [...(op.want.claim ?? []), ...claims];
    }
    settle(op, op.want, cfg, {
      newId: () => newId(S),
      declaredElsewhere: (name) => (declaredElsewhere(S, op).includes(name) ? "elsewhere" : undefined),
      judged: (verdicts) => {
        for (const [name, { verdict, found }] of verdicts) {
          const d = S.W.db[name];
          if (!found || !d) continue;
          const record = op.kind === "create" ? undefined : op.res?.dbs[name];
          const id = record && record.phase !== "adopted" ? record.id : undefined;
          const mark = markOf(found);
          if (verdict.kind === "theirs" && d.by === "ours" && d.id === id && mark?.id === d.id) {
            bad(op, `I11 its own marked database is called someone's: ${verdict.why}`, name);
          }
          const shown = typeof found.mark === "string" ? found.mark : "-";
          const whose = !mark
            ? shown
            : mark.id === id
              ? "id of record"
              : mark.owner === op.urn
                ? "own"
                : "other";
          const why = verdict.kind === "theirs" ? `:${verdict.why}` : "";
          const key = `${op.kind} mark=${whose} record=${record?.phase ?? "-"} -> ${verdict.kind}${why}`;
          evidence(key, d.by === "ours" && d.line === op.line ? "ours" : "theirs");
        }
      },
      say: (said) => {
        const { what, name = "" } = said;
        const d = S.W.db[name];
        if (d) d.told = true;
        const others = holders(S, name).filter((holder) => holder !== op.urn && holder !== op.key);
        if (what === "adopted" && d) {
          d.adopters = [...(d.adopters ?? []), op.urn];
          if (others.length > 0 && isMark(d.mark)) bad(op, "I8 adopts what another resource records", name);
        }
        if (what === "maybeOrphan" && d && others.some((holder) => holder.startsWith(`${op.stack}/`))) {
          fact("WORD names as a possible orphan what another resource of the stack records");
        }
        S.run?.says.push(said);
      },
    });
  }

  /** An operation has come to its end and, if it has something to save, its state was saved. */
  function finish(S: State, op: Op): void {
    const { run } = S;
    const { result } = op;
    if (!run || !result) throw new Error("nothing to finish");
    const stack = resourcesOf(S, op.stack);
    S.ops = S.ops.filter((one) => one !== op);
    const fail = () => {
      run.failed = result.why ?? result.end;
    };
    switch (op.kind) {
      case "create":
      case "update": {
        if (result.end === "refused") {
          fail();
          if (run.dropped.includes(op.urn) && !run.disturbed && op.kind === "create") {
            bad(op, `I4 dropped for a replacement that is then refused: ${result.why}`);
          }
          return;
        }
        const dbs = result.dbs ?? {};
        for (const name of op.seenMarks ?? []) {
          const d = S.W.db[name];
          const record = dbs[name];
          if (d && record && record.phase !== "adopted" && d.id === record.id) d.isProven = true;
        }
        const want = op.want ?? { names: [] };
        delete stack[op.at];
        const unfinished = result.end === "unfinished" ? { unfinished: true } : {};
        stack[op.name] = {
          owner: op.urn,
          line: op.line,
          dbs,
          want,
          trigger: want.trigger ?? 0,
          ...unfinished,
        };
        if (result.end === "unfinished") fail();
        else checkSuccess(S, op, want);
        checkHolders(S);
        return;
      }
      case "replace": {
        if (result.end !== "gone") return fail();
        const saved = stack[op.at];
        if (saved) stack[op.at] = { ...saved, dbs: {}, pending: true };
        return startOp(S, run, "create", op.name, op.at, { line: op.line });
      }
      case "delete":
        if (result.end !== "gone") return fail();
        for (const [name, record] of Object.entries(op.res?.dbs ?? {})) {
          const d = S.W.db[name];
          const isOurs = d?.by === "ours" && record.phase !== "adopted" && d.id === record.id;
          if (isOurs && !d.told && !op.since.includes(name)) bad(op, `I7 ${name} is forgotten by a deletion`);
        }
        delete stack[op.at];
        return;
      case "refresh": {
        const saved = stack[op.at];
        if (result.end === "refused") return fail();
        if (!saved) return;
        const { unfinished: _, ...rest } = saved;
        stack[op.at] = { ...rest, dbs: result.dbs ?? rest.dbs };
        return;
      }
      case "preview":
        return;
    }
  }

  function checkSuccess(S: State, op: Op, want: ModelWant): void {
    const dbs = op.result?.dbs ?? {};
    const points = new Set<string>();
    for (const name of want.names) {
      const record = dbs[name];
      const d = S.W.db[name];
      if (!record) {
        bad(op, "I3 success without a record");
        continue;
      }
      if (record.phase === "adopted") continue;
      const point = record.point.kind === "backup" ? record.point.backupId : "";
      points.add(point);
      if (record.phase !== "filled" || record.status === "Foreign" || op.since.includes(name)) continue;
      if (!d) bad(op, "I3 success, but it is gone");
      else if (d.by !== "ours") {
        if (d.how !== "forge") bad(op, `I3 success over someone's database [${d.how}]`);
      } else if (d.status !== "running" || (d.id !== record.id && String(d.point) !== point)) {
        bad(op, "I3 success with other content than recorded");
      }
    }
    const listed = backupsAt(S.W).map(String);
    if (points.size > 1 && !want.claim && [...points].every((point) => listed.includes(point))) {
      bad(op, "I12 one resource holds two restore points, which are both listed");
    }
  }

  function checkHolders(S: State): void {
    for (const name of cfg.names) {
      const list = holders(S, name).filter((holder) => {
        const [stack = "", key = ""] = holder.split("/");
        return S.E[stack]?.[key]?.dbs[name]?.phase !== "adopted";
      });
      if (list.length > 1)
        bad(undefined, "I8 two resources record one database", `${name}: ${list.join(", ")}`);
    }
  }

  return { programOf, planOf, begin, starts, declaredElsewhere, settleOp, finish, isUpdateNeeded };
}

function newId(S: State): string {
  const used = [...JSON.stringify(S).matchAll(/#(\d+)/g)].map((match) => Number(match[1]));
  return `#${Math.max(0, ...used) + 1}`;
}

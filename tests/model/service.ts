import {
  backupsAt,
  clone,
  holders,
  isMark,
  type Choice,
  type Configuration,
  type Kept,
  type ModelDatabase,
  type ModelMark,
  type Op,
  type PendingCall,
  type State,
} from "./world";

/** Reports a broken promise. */
export type Bad = (op: Op | undefined, kind: string, extra?: string) => void;

/** Carries a call out and gives its answer as the model keeps it (`answers.ts`). `bad` reports a broken promise. */
export function perform(
  S: State,
  op: Op,
  call: PendingCall,
  choice: Choice | undefined,
  cfg: Configuration,
  bad: Bad,
): Kept {
  const { W } = S;
  const isBetween = (name: string) => (op.since.includes(name) ? ", changed between look and call" : "");
  const changed = (name: string) => {
    for (const other of S.ops) if (other !== op) other.since.push(name);
  };
  switch (call.call) {
    case "databases": {
      if (choice?.misses === undefined) delete op.missed;
      else op.missed = choice.misses;
      op.since = [];
      if (call.lock) op.isLocked = true;
      const list: Record<string, unknown> = {};
      for (const name of cfg.names) {
        const d = W.db[name];
        const isListed = d && d.status !== "hidden" && choice?.misses !== name;
        list[name] = isListed ? { status: d.status, mark: clone(d.mark) } : null;
        if (isListed) noteMark(op, name, d, cfg);
      }
      return choice?.timedOut ? { ...list, timedOut: true } : list;
    }
    case "tags":
      return cfg.tagsReadable ? clone(W.tags) : "unreadable";
    case "lookAhead":
      return choice?.unknown ? "unknown" : backupsAt(W);
    case "tasks": {
      if (!cfg.tasks) return "nothing";
      const tasks = (W.tasks[call.name] ?? []).filter((task) => call.id === undefined || task.id === call.id);
      return tasks.some(({ state }) => state !== "failed") ? "made" : tasks.length > 0 ? "failed" : "nothing";
    }
    case "writeIntent": {
      if (!cfg.tagsWritable) return "denied";
      const isSame = (tag: { id: string; owner: string }) =>
        cfg.rules.tagKeyIsId ? tag.id === call.intent.id : tag.owner === call.intent.owner;
      const i = W.tags.findIndex(isSame);
      if (i >= 0) W.tags[i] = clone(call.intent);
      else W.tags.push(clone(call.intent));
      return "done";
    }
    case "eraseIntent":
      if (!cfg.tagsWritable) return "denied";
      checkErased(S, op, call.id, cfg, bad);
      W.tags = W.tags.filter((tag) => (cfg.rules.tagKeyIsId ? tag.id !== call.id : tag.owner !== call.owner));
      return "done";
    case "mark": {
      if (!cfg.describable) return "denied";
      const d = W.db[call.name];
      if (!d || d.status === "hidden") return "notFound";
      if (cfg.markLate && d.status === "creating") return "denied";
      if (choice?.later) return "later";
      // A claim says that what the program declares is to be this resource's, and nothing of anything else.
      const isClaim = call.claims && op.want?.names.includes(call.name) === true;
      if (d.by !== "ours" && !isTwin(d, call.mark.id)) {
        bad(op, `I1 marks someone's database [${d.how}${isBetween(call.name)}]`, call.name);
      } else if (d.by === "ours" && d.id !== call.mark.id && !isLine(d, op) && !isClaim) {
        bad(op, `I1 marks what another resource made${isBetween(call.name)}`, call.name);
      }
      if (isClaim) Object.assign(d, { id: call.mark.id, line: op.line, urn: op.urn, by: "ours" });
      d.mark = clone(call.mark);
      noteMark(op, call.name, d, cfg);
      changed(call.name);
      return "done";
    }
    case "copy": {
      op.asked = [...new Set([...op.asked, ...call.names])];
      if (choice?.later) return "later";
      if (choice?.refused) return "refused";
      if (call.names.some((name) => W.db[name])) return "duplicate";
      for (const name of call.names) {
        const status = choice?.hidden ? "hidden" : cfg.creating ? "creating" : "running";
        const mark = cfg.copiedDescriptions ? "asSource" : null;
        const { id, point } = call;
        W.db[name] = { by: "ours", urn: op.urn, line: op.line, id, point, mark, status };
        if (cfg.tasks) {
          const state = status === "running" ? "ended" : "running";
          W.tasks[name] = [...(W.tasks[name] ?? []), { id, state } as const].slice(-2);
        }
        changed(name);
      }
      return "accepted";
    }
    case "drop": {
      const d = W.db[call.name];
      if (!d) return "notFound";
      if (choice?.later) return "later";
      checkDropped(S, op, call, d, isBetween(call.name), cfg, bad);
      if (cfg.slowDrops) d.status = "deleting";
      else W.db[call.name] = null;
      if (S.run) S.run.dropped.push(op.urn);
      changed(call.name);
      return "done";
    }
  }
}

function checkErased(S: State, op: Op, id: string, cfg: Configuration, bad: Bad): void {
  if (!cfg.describable || cfg.listedVeryLate || op.isZombie) return;
  for (const name of S.W.tags.filter((tag) => tag.id === id).flatMap(({ names }) => names)) {
    const d = S.W.db[name];
    const isUnnamed = d?.by === "ours" && d.id === id && !d.mark && !d.told && !d.stripped;
    if (isUnnamed && !op.res?.dbs[name] && !op.since.includes(name)) {
      bad(op, "I7 an intent goes while its database is neither marked nor named", name);
    }
  }
}

function checkDropped(
  S: State,
  op: Op,
  call: { name: string; id: string },
  d: ModelDatabase,
  between: string,
  cfg: Configuration,
  bad: Bad,
): void {
  const mark = isMark(d.mark) ? d.mark.owner : (d.mark ?? "none");
  const where = `[mark ${mark}${between}]`;
  // With marks off nothing else tells two resources apart; within one run, the program does.
  const isMet = S.run?.kind === "up" && S.run.met.some((name) => `${S.run?.stack}/${name}` === d.urn);
  const limit =
    cfg.marksOn || isMet ? "" : "LIMIT with marks off a record stands for whatever has its name: ";
  if (d.status === "deleting") bad(op, `I1 ${op.kind}: drops what is being deleted ${where}`, call.name);
  if (d.by !== "ours" && !isTwin(d, call.id)) {
    bad(op, `I1 ${op.kind}: drops someone's database (${d.how}) ${where}`, call.name);
  } else if (d.by === "ours" && !isLine(d, op)) {
    bad(op, `${limit}I1 ${op.kind}: drops what another resource made ${where}`, call.name);
  }
  if (holders(S, call.name).some((holder) => holder !== op.key && holder !== op.urn)) {
    bad(op, `${limit}I8 ${op.kind}: drops what another resource records ${where}`, call.name);
  }
}

/** For the guard: which marks this run has seen on a running database; once its state is saved, they are proven. */
function noteMark(op: Op, name: string, d: ModelDatabase, cfg: Configuration): void {
  const isOwnMark = isMark(d.mark) && d.mark.id === d.id;
  if (cfg.markedOpen && d.status === "running" && isOwnMark && !op.seenMarks?.includes(name)) {
    op.seenMarks = [...(op.seenMarks ?? []), name];
  }
}

/** A database that carries a copied description with the right id cannot be told from ours (limit L3). */
function isTwin(d: ModelDatabase, id: ModelMark["id"]): boolean {
  return d.how === "forge" && isMark(d.mark) && d.mark.id === id;
}

function isLine(d: ModelDatabase, op: Op): boolean {
  return (
    d.urn === op.urn || [op.line, op.urn].some((one) => one.replace("'", "") === d.line?.replace("'", ""))
  );
}

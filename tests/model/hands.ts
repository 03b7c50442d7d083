import {
  clone,
  isMark,
  numberOf,
  savedRecords,
  type Configuration,
  type ModelDatabase,
  type State,
} from "./world";

/** What other people do: one thing that can be done in a state. */
export interface Hand {
  readonly kind: string;
  readonly name?: string;
  readonly label: string;
  readonly act: (state: State) => void;
}

export function hands(S: State, cfg: Configuration): Hand[] {
  const kinds = new Set(cfg.hands);
  const list = cfg.names.flatMap((name) => handsOn(S, name, cfg)).filter(({ kind }) => kinds.has(kind));
  if (kinds.has("stripTag") && S.W.tags.length > 0) {
    const act = (s: State) => {
      s.W.tags = [];
    };
    list.push({ kind: "stripTag", label: "someone takes the tags off", act });
  }
  return cfg.guard
    ? list.filter(({ kind, name }) => name === undefined || isAllowed(S, kind, name, cfg))
    : list;
}

function handsOn(S: State, name: string, cfg: Configuration): Hand[] {
  const d = S.W.db[name];
  const list: Hand[] = [];
  const add = (kind: string, label: string, act: (s: State) => void) => list.push({ kind, name, label, act });
  const put = (database: ModelDatabase | null) => (s: State) => {
    s.W.db[name] = database;
  };
  const stranger = (how: string, mark: ModelDatabase["mark"] = null): ModelDatabase => ({
    by: "stranger",
    id: "#0",
    point: 0,
    mark,
    status: "running",
    how,
  });
  const elsewhere = { owner: "else/where", id: "#0", point: 0 };
  const change = (how: (d: ModelDatabase) => void) => (s: State) => {
    const now = s.W.db[name];
    if (now) how(now);
  };
  if (!d) {
    add("make", `someone makes ${name}`, put(stranger("make")));
    add("other", `another program makes ${name}`, put(stranger("other", elsewhere)));
    add("consoleCopy", `someone copies into ${name} by the console`, (s) => {
      s.W.db[name] = stranger("consoleCopy");
      // Beside a run that is asking, it falls into the window of that run's call: its task cannot be told from ours.
      const isAsking = s.ops.some(({ asked }) => asked.includes(name));
      const asking = isAsking ? s.W.tags.findLast(({ names }) => names.includes(name))?.id : undefined;
      if (cfg.tasks) {
        s.W.tasks[name] = [...(s.W.tasks[name] ?? []), { id: asking ?? null, state: "ended" } as const].slice(
          -2,
        );
      }
    });
    return list;
  }
  if (d.status !== "running") return list;
  add("drop", `someone drops ${name}`, put(null));
  add("remake", `someone drops ${name} and makes it anew`, put(stranger("remake")));
  add("remakeOther", `another program replaces ${name}`, put(stranger("remakeOther", elsewhere)));
  if (isMark(d.mark)) {
    add(
      "forge",
      `someone makes ${name} anew with the same description`,
      put(stranger("forge", clone(d.mark))),
    );
  }
  if (d.by === "ours" && d.mark) {
    const strip = (mark: "text" | null) => change((now) => Object.assign(now, { mark, stripped: true }));
    add("strip", `someone takes the mark off ${name}`, strip(null));
    add("edit", `someone writes other words over the mark of ${name}`, strip("text"));
  }
  const record = savedRecords(S, name).find((one) => one.phase !== "adopted" && one.id === d.id);
  if (d.mark === "text" && record && record.phase !== "adopted") {
    const mark = { owner: d.line ?? "", id: record.id, point: numberOf(record.point) };
    add(
      "edit",
      `someone writes the mark of ${name} back`,
      change((now) => Object.assign(now, { mark })),
    );
  }
  return list;
}

/** The guard: nobody does what the documented limits cover. `--limits` takes it off. */
function isAllowed(S: State, kind: string, name: string, cfg: Configuration): boolean {
  for (const { pending, isZombie, asked, res } of S.ops) {
    // L4: between the last look and the call that follows it
    if ((pending?.call === "drop" || pending?.call === "mark") && pending.name === name) return false;
    const isCopying = pending?.call === "copy" && pending.names.includes(name);
    if (isZombie && (asked.includes(name) || isCopying || res?.dbs[name])) return false;
  }
  if (!["make", "remake", "consoleCopy"].includes(kind)) return true;
  // An unmarked database of someone's, made while an unmarked one of ours is expected under the name …
  const d = S.W.db[name];
  const isOurs = d?.by === "ours";
  const isMarked = isOurs && isMark(d.mark);
  for (const { pending, asked } of S.ops) {
    const isCopying = pending?.call === "copy" && pending.names.includes(name);
    if (isCopying && S.B.faults > 0 && !cfg.marksOn) return false;
    if (asked.includes(name) && !isMarked) return false;
    if (isOurs && !isMarked && !cfg.describable) return false;
  }
  // … by a run, by an intent …
  const records = savedRecords(S, name);
  const isOpen = (tag: { id: string; phase: string }) => {
    if (S.ops.length > 0) return false;
    // A run that knew its mark has ended: the intent should cover other names only.
    if (cfg.markedOpen && isMarked && d.isProven) return true;
    // The tasks will tell that ours failed.
    const isFailed = (S.W.tasks[name] ?? []).some((task) => task.id === tag.id && task.state === "failed");
    if (cfg.failedOpen && !d && isFailed) return true;
    // The tasks will tell whether ours was requested.
    return cfg.pendingOpen && !d && tag.phase === "pending";
  };
  const isExpectedBy = (tag: { id: string; phase: string; names: string[] }) =>
    tag.names.includes(name) &&
    !isOpen(tag) &&
    (tag.phase !== "recorded" ||
      S.ops.length > 0 ||
      records.some((record) => record.phase !== "adopted" && record.id === tag.id));
  if (S.W.tags.some(isExpectedBy)) return false;
  // … or, with marks off, by a record.
  const canMark = cfg.marksOn && cfg.describable && cfg.tagsReadable;
  return !records.some(
    ({ phase }) => (phase === "filled" && !cfg.marksOn) || (phase === "filling" && !canMark),
  );
}

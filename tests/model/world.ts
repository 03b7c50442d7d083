import type { RestorePoint } from "../../provider/src/copy/restorePoint";
import type { Intent } from "../../provider/src/ownership/intent";
import type { Rules } from "../../provider/src/ownership/rules";
import type { Records } from "../../provider/src/ownership/record";

/*
 * The modelled service: one target instance with databases, tags and tasks, a source with backups. Beside what the service
 * shows, every database holds the truth that no client can see: who made it.
 */

/** A mark as the model writes it: restore points are numbers, owners are "<stack>/<name>". */
export interface ModelMark {
  readonly owner: string;
  readonly id: string;
  readonly point: number;
}

export interface ModelDatabase {
  by: "ours" | "stranger";
  /** The resource that made it, through renames and moves; and its URN at that time. */
  line?: string;
  urn?: string;
  /** The copy call that filled it. */
  id: string;
  point: number;
  mark: ModelMark | "text" | "asSource" | null;
  status: "hidden" | "creating" | "running" | "deleting";
  /** How a stranger made it. */
  how?: string;
  adopters?: string[];
  /** An operation has named it to the user. */
  told?: boolean;
  /** Someone has taken its mark off. */
  stripped?: boolean;
  /** For the guard: a run that knew its mark has saved its state. */
  isProven?: boolean;
}

export interface ModelTag {
  id: string;
  owner: string;
  phase: Intent["phase"];
  point: number;
  names: string[];
}

export interface World {
  db: Record<string, ModelDatabase | null>;
  tags: ModelTag[];
  tasks: Record<string, { id: string | null; state: "running" | "ended" | "failed" }[]>;
  backups: number;
}

/** A resource of a modelled program. */
export interface ModelWant {
  names: string[];
  pin?: number;
  claim?: string[];
  adopt?: boolean;
  retain?: boolean;
  createFirst?: boolean;
  /** `ownershipMarks`; else as the configuration says. */
  marks?: boolean;
  trigger?: number;
  alias?: string;
}

/** By stack, by resource. */
export type ModelProgram = Record<string, Record<string, ModelWant>>;

/** A resource in a saved state. */
export interface Saved {
  owner: string;
  line: string;
  dbs: Records;
  want: ModelWant;
  trigger: number;
  unfinished?: boolean;
  pending?: boolean;
}

export interface Said {
  readonly what: string;
  readonly name?: string;
  readonly why?: string;
  readonly id?: string | undefined;
  /** The refusal says to leave out the pin as well. */
  readonly isOtherPoint?: boolean;
}

export type OperationKind = "create" | "update" | "replace" | "delete" | "refresh" | "preview";

/** An answer as the model keeps it; see `answers.ts`. */
export type Kept = unknown;

/** An operation under way. */
export interface Op {
  kind: OperationKind;
  stack: string;
  name: string;
  key: string;
  at: string;
  urn: string;
  line: string;
  res?: Saved | undefined;
  want?: ModelWant;
  isReplacement?: boolean;
  answers: Kept[];
  pending?: PendingCall | undefined;
  result?: OpResult | undefined;
  /** Names that something changed since its last look. */
  since: string[];
  asked: string[];
  /** The name that its last list lacked by mistake. */
  missed?: string;
  isLocked?: boolean;
  isZombie?: boolean;
  left?: number;
  elsewhere?: string[];
  seenMarks?: string[];
}

/** How an operation ended, as the modelled engine saves it. */
export interface OpResult {
  end: "done" | "unfinished" | "refused" | "gone" | "failed" | "seen" | "fine" | "unknown";
  why?: string;
  dbs?: Records;
}

/** A call that can be answered in more than one way, or that the world answers. */
export type PendingCall =
  | { call: "databases"; wait?: "listing" | "running" | "dropping" | "retry"; lock?: boolean }
  | { call: "tags" }
  | { call: "lookAhead"; pin?: number }
  | { call: "tasks"; name: string; id?: string }
  | { call: "writeIntent"; intent: ModelTag }
  | { call: "eraseIntent"; id: string; owner: string }
  | { call: "copy"; id: string; point: number; names: string[] }
  | { call: "mark"; name: string; mark: ModelMark; claims: boolean }
  | { call: "drop"; name: string; id: string };

export interface EngineRun {
  stack: string;
  kind: "up" | "refresh" | "destroy";
  todo: string[];
  met: string[];
  failed: string | false;
  dropped: string[];
  disturbed: boolean;
  says: Said[];
}

export interface Budget {
  operations: number;
  hands: number;
  faults: number;
  changes: number;
}

/** Everything: the world, the saved states, the program, the operations under way, the budgets left. */
export interface State {
  W: World;
  /** By stack, by resource. */
  E: Record<string, Record<string, Saved>>;
  P: number;
  claims?: Record<string, string[]> | undefined;
  /** Every pin was taken out of the program, as a refusal said. */
  unpinned?: boolean;
  run: EngineRun | null;
  ops: Op[];
  B: Budget;
}

/** What a configuration sets; the defaults are in `explore.ts`. */
export interface Configuration {
  readonly name: string;
  readonly names: readonly string[];
  readonly programs: readonly ModelProgram[];
  readonly acts: readonly Act[];
  readonly kinds: readonly EngineRun["kind"][];
  readonly operations: number;
  readonly handCount: number;
  readonly faults: number;
  readonly changes: number;
  /** Calls that a killed process still makes. */
  readonly calls: number;
  readonly parallel: number;
  readonly backups: number;
  readonly marksOn: boolean;
  readonly tagsWritable: boolean;
  readonly tagsReadable: boolean;
  readonly describable: boolean;
  readonly tasks: boolean;
  readonly hiding: boolean;
  readonly listedVeryLate: boolean;
  readonly failing: boolean;
  readonly creating: boolean;
  /** No mark can be written while creating. */
  readonly markLate: boolean;
  /** Such a mark is lost at the end of the copy. */
  readonly markLost: boolean;
  /** A drop shows as `Deleting` first. */
  readonly slowDrops: boolean;
  readonly copiedDescriptions: boolean;
  readonly missing: boolean;
  readonly unanswered: boolean;
  readonly refusing: boolean;
  /** A copy, a mark or a drop may be put off: throttled, busy. */
  readonly busy: boolean;
  /** A look may fail in spite of all patience. */
  readonly failingLooks: boolean;
  readonly backupsMove: boolean;
  readonly hands: readonly string[];
  readonly handsInside: boolean;
  readonly guard: boolean;
  readonly markedOpen: boolean;
  readonly failedOpen: boolean;
  readonly pendingOpen: boolean;
  readonly rules: Rules;
}

/** What a person does between two runs: to the program, or to a state. */
export interface Act {
  readonly label: string;
  readonly program?: number;
  /** The program changes only with this act. */
  readonly strictly?: boolean;
  /** False where it cannot be done. */
  readonly act: (state: State) => boolean;
}

export function clone<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

export function backupsAt({ backups }: World): number[] {
  return [[1], [1, 2], [2], []][backups] ?? [];
}

export function emptyWorld({ names, backups }: Configuration): World {
  return {
    db: Object.fromEntries(names.map((name) => [name, null])),
    tags: [],
    tasks: Object.fromEntries(names.map((name) => [name, []])),
    backups,
  };
}

export function pointOf(number: number): RestorePoint {
  return { kind: "backup", backupId: String(number) };
}

export function numberOf(point: RestorePoint): number {
  return point.kind === "backup" ? Number(point.backupId) : NaN;
}

/** Which saved resources hold the database of this name: they record its fill, or have adopted it. */
export function holders(S: State, name: string): string[] {
  const d = S.W.db[name];
  if (!d) return [];
  const result = new Set<string>();
  for (const [stack, resources] of Object.entries(S.E)) {
    for (const [key, saved] of Object.entries(resources)) {
      const record = saved.pending ? undefined : saved.dbs[name];
      const isHeld =
        record?.phase === "adopted" ? d.adopters?.includes(`${stack}/${key}`) : record?.id === d.id;
      if (record && isHeld) result.add(`${stack}/${key}`);
    }
  }
  for (const op of S.ops) if (d.adopters?.includes(op.urn) && !op.isZombie) result.add(op.urn);
  return [...result];
}

/** The saved records of this name, in every stack. */
export function savedRecords(S: State, name: string) {
  return Object.values(S.E)
    .flatMap((stack) => Object.values(stack))
    .filter((saved) => !saved.pending)
    .flatMap((saved) => saved.dbs[name] ?? []);
}

export function isMark(mark: ModelDatabase["mark"]): mark is ModelMark {
  return typeof mark === "object" && mark !== null;
}

// ---------------------------------------------------------------- copies go on, or fail

/** A way in which the world goes on. */
export interface Way {
  readonly label: string;
  readonly choice?: Choice | undefined;
  readonly act: (state: State) => void;
}

/** How the service answers, where it can in more than one way. */
export interface Choice {
  readonly timedOut?: boolean;
  readonly misses?: string;
  readonly unknown?: boolean;
  readonly refused?: boolean;
  readonly later?: boolean;
  readonly hidden?: boolean;
}

function underWay(S: State, { names }: Configuration): string[] {
  return names.filter((name) => {
    const d = S.W.db[name];
    return d && d.status !== "running";
  });
}

function settleTasks(S: State, name: string, state: "ended" | "failed"): void {
  S.W.tasks[name] = (S.W.tasks[name] ?? []).map((task) =>
    task.state === "running" ? { ...task, state } : task,
  );
}

/** What is under way comes to its end: a copy runs, a drop is done. */
export function endCopy(S: State, name: string, cfg: Configuration): void {
  const d = S.W.db[name];
  if (!d) return;
  if (d.status === "deleting") {
    S.W.db[name] = null;
    return;
  }
  if (cfg.markLost) d.mark = null;
  d.status = "running";
  settleTasks(S, name, "ended");
}

function failures(S: State, cfg: Configuration): [string, (s: State) => void][] {
  const failing = cfg.failing && S.B.faults > 0 ? underWay(S, cfg) : [];
  return failing
    .filter((name) => S.W.db[name]?.status !== "deleting")
    .map((name) => [
      `the copy of ${name} fails`,
      (s) => {
        s.B.faults--;
        s.W.db[name] = null;
        settleTasks(s, name, "failed");
      },
    ]);
}

/** The ways in which a look can find them. Hidden databases are listed before the grace is over. */
export function progress(S: State, wait: string | undefined, cfg: Configuration): Way[] {
  const under = underWay(S, cfg);
  const still: Way = {
    label: wait ? "  timeout" : "",
    choice: wait ? { timedOut: true } : undefined,
    act: () => {},
  };
  if (under.length === 0) return [{ ...still, label: "" }];
  const ways: Way[] = [];
  const isHidden = under.some((name) => S.W.db[name]?.status === "hidden");
  if (!(wait === "listing" && isHidden && !cfg.listedVeryLate)) ways.push(still);
  if (!wait) return ways;
  const goOn = (s: State) => {
    for (const name of under) {
      const d = s.W.db[name];
      if (d?.status === "hidden" && cfg.creating) d.status = "creating";
      else endCopy(s, name, cfg);
    }
  };
  ways.push({ label: "  the copy goes on", act: goOn });
  for (const [label, act] of failures(S, cfg)) ways.push({ label: `  ${label}`, act });
  return ways;
}

/** What happens to them while no run is at work. */
export function meanwhile(S: State, cfg: Configuration): [string, (s: State) => void][] {
  const under = underWay(S, cfg);
  if (under.length === 0) return [];
  const end = (s: State) => {
    for (const name of under) endCopy(s, name, cfg);
  };
  return [["copies end", end], ...failures(S, cfg)];
}

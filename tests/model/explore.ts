import { allRules, type Rules } from "../../provider/src/ownership/rules";
import { calmChecks, type Rested } from "./calm";
import { modelEngine, type Reports } from "./engine";
import { successors } from "./successors";
import { emptyWorld, type Configuration, type State } from "./world";

/*
 * The breadth-first search over everything that can happen: every order, every answer, a kill at every point, every hand
 * at every point, within budgets.
 */

const data = { dev: { data: { names: ["N"] } } };

export const defaults: Configuration = {
  name: "",
  names: ["N"],
  programs: [data],
  acts: [],
  kinds: ["up", "refresh", "destroy"],
  operations: 3,
  handCount: 0,
  faults: 1,
  changes: 0,
  calls: 0,
  parallel: 1,
  backups: 0,
  marksOn: true,
  tagsWritable: true,
  tagsReadable: true,
  describable: true,
  tasks: true,
  hiding: true,
  listedVeryLate: false,
  failing: true,
  creating: false,
  markLate: false,
  markLost: false,
  slowDrops: false,
  copiedDescriptions: false,
  missing: false,
  unanswered: false,
  refusing: false,
  busy: false,
  failingLooks: false,
  backupsMove: false,
  hands: [],
  handsInside: true,
  guard: true,
  markedOpen: false,
  failedOpen: false,
  pendingOpen: false,
  rules: allRules,
};

/** A kind of finding: how often, and the shortest story that leads to it. */
export interface Finding {
  count: number;
  readonly story: readonly string[];
}

export interface Explored {
  readonly name: string;
  readonly states: number;
  readonly steps: number;
  readonly resting: number;
  /** The limits were reached before everything was seen. */
  readonly isCut: boolean;
  /** Seconds. */
  readonly cpu: number;
  readonly violations: ReadonlyMap<string, Finding>;
  readonly facts: ReadonlyMap<string, Finding>;
  /** By kind of evidence: how often the database was ours in truth, and how often not. */
  readonly evidence: ReadonlyMap<string, { ours: number; theirs: number }>;
}

export interface ExploreOptions {
  readonly maxStates?: number;
  /** Of CPU. */
  readonly maxSeconds?: number;
  readonly rules?: Partial<Rules>;
  /** Stops at the first violation that it says yes to. */
  readonly until?: (kind: string) => boolean;
  readonly onRest?: (rested: Rested, story: readonly string[]) => void;
}

export function explore(settings: Partial<Configuration>, options: ExploreOptions = {}): Explored {
  const { maxStates = 200_000, maxSeconds = 120, until, onRest } = options;
  const cfg: Configuration = { ...defaults, ...settings, rules: { ...allRules, ...options.rules } };
  const violations = new Map<string, Finding>();
  const facts = new Map<string, Finding>();
  const evidence = new Map<string, { ours: number; theirs: number }>();
  const parents: number[] = [];
  const labels: string[] = [];
  const seen = new Set<number>();
  const rested = new Set<number>();
  const cpu = process.cpuUsage();
  let here = -1;
  let steps = 0;
  let looks = 0;
  let isFound = false;

  const story = (from: number) => {
    const lines: string[] = [];
    for (let i = from; i >= 0; i = parents[i] ?? -1) if (labels[i]) lines.push(labels[i] ?? "");
    return lines.reverse();
  };
  const note = (map: Map<string, Finding>, kind: string, extra?: string) => {
    const finding = map.get(kind) ?? {
      count: 0,
      story: [...story(here), ...(extra === undefined ? [] : [extra])],
    };
    finding.count++;
    map.set(kind, finding);
  };
  const reports: Reports = {
    bad(op, kind, extra) {
      if (op?.isZombie && kind.includes("between look and call")) {
        note(facts, `LIMIT a killed run's last call arrives late: ${kind}`);
      } else if (kind.startsWith("LIMIT")) note(facts, kind, extra);
      else {
        note(violations, kind, extra);
        isFound ||= until?.(kind) ?? false;
      }
    },
    fact: (kind) => note(facts, kind),
    evidence(kind, truth) {
      const counts = evidence.get(kind) ?? { ours: 0, theirs: 0 };
      counts[truth]++;
      evidence.set(kind, counts);
    },
  };
  const engine = modelEngine(cfg, reports);

  let queue: [number, string][] = [];
  const add = (S: State, label: string, from: number) => {
    for (const op of S.ops) {
      if (op.pending || op.result) continue;
      here = from;
      engine.settleOp(S, op);
    }
    const { W, E, P, claims, run, ops, B } = S;
    const text = canonical({ W, E, P, claims, run: run && { ...run, says: [] }, ops, B });
    const key = hash(text);
    if (seen.has(key)) return;
    seen.add(key);
    const i = parents.push(from) - 1;
    labels.push(label);
    here = i;
    if (!run && ops.length === 0) {
      const rest = hash(canonical({ W, E, P, claims }));
      if (!rested.has(rest)) {
        rested.add(rest);
        calmChecks(text, engine, cfg, reports, onRest && ((one) => onRest(one, story(i))));
      }
    }
    queue.push([i, text]);
  };

  const { operations, handCount, faults, changes } = cfg;
  const B = { operations, hands: handCount, faults, changes };
  add({ W: emptyWorld(cfg), E: {}, P: 0, run: null, ops: [], B }, "", -1);
  let isCut = false;
  while (queue.length > 0 && !isCut && !isFound) {
    const now = queue;
    queue = [];
    for (const [i, text] of now) {
      here = i;
      for (const [next, label] of successors(text, engine, cfg, reports.bad)) {
        steps++;
        add(next, label, i);
        here = i;
      }
      isCut = parents.length > maxStates || (++looks % 1000 === 0 && secondsSince(cpu) > maxSeconds);
      if (isCut || isFound) break;
    }
  }
  return {
    name: cfg.name,
    states: parents.length,
    steps,
    resting: rested.size,
    isCut,
    cpu: secondsSince(cpu),
    violations,
    facts,
    evidence,
  };
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** In which share of the resting states a database is refused although everything there is ours. */
export function shareRefused({ facts, resting }: Explored): number {
  const refused = [...facts].filter(([kind]) => kind.startsWith("REFUSED"));
  return refused.reduce((sum, [, { count }]) => sum + count, 0) / resting;
}

/** Ids in the order of their appearance, so that states that differ only in ids are one. */
function canonical(value: unknown): string {
  const ids = new Map<string, number>();
  return JSON.stringify(value).replace(/#(\d+)/g, (id, number: string) => {
    if (number === "0") return id;
    const known = ids.get(number) ?? ids.size + 1;
    ids.set(number, known);
    return `#${known}`;
  });
}

/** cyrb53: 53 bits; two of a million states agree with a chance of one in 18,000. */
function hash(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

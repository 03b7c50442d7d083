import type { Act, Configuration, ModelProgram, ModelWant, State } from "./world";

/* One line per story, or per condition of the service. */

export type Settings = Partial<Configuration> & Pick<Configuration, "name">;

export const people = ["drop", "make", "remake", "other", "remakeOther", "strip", "edit"];
const two = { names: ["N", "M"] };
const noHiding = { hiding: false, failing: false };

export function data(want: Partial<ModelWant> = {}): ModelProgram {
  return { dev: { data: { names: ["N"], ...want } } };
}

export function resources(all: Record<string, Partial<ModelWant>>): ModelProgram {
  return {
    dev: Object.fromEntries(Object.entries(all).map(([name, want]) => [name, { names: ["N"], ...want }])),
  };
}

/** `state rename`, `state move`, `stack rename`: a resource gets another URN, and nobody asks the provider. */
function move(from: string, to: string): (S: State) => boolean {
  const [stack = "", name = ""] = from.split("/");
  const [newStack = "", newName = ""] = to.split("/");
  return (S) => {
    const saved = S.E[stack]?.[name];
    if (!saved || S.E[newStack]?.[newName]) return false;
    (S.E[newStack] ??= {})[newName] = saved;
    delete S.E[stack]?.[name];
    return true;
  };
}

function claims(from: string, database: string, to: string, program: number): Act {
  const [stack = "", name = ""] = from.split("/");
  return {
    label: `program: ${to} claims the id of ${from}`,
    program,
    strictly: true,
    act: (S) => {
      const record = S.E[stack]?.[name]?.dbs[database];
      if (!record || record.phase === "adopted") return false;
      S.claims = { [to]: [record.id] };
      return true;
    },
  };
}

const stateLost: Act = {
  label: "the state is lost",
  act: (S) => {
    if (!S.E["dev"]?.["data"]) return false;
    delete S.E["dev"]["data"];
    return true;
  },
};

const split = [resources({ a: { names: ["N", "M"] } }), resources({ a: {}, b: { names: ["M"] } })];
const splitAdopting = [split[0] ?? {}, resources({ a: {}, b: { names: ["M"], adopt: true } })];
const twoStacks = [
  { dev: { data: { names: ["N"] } }, prod: {} },
  { dev: { data: { names: ["N"] } }, prod: { data: { names: ["N"] } } },
];
const stackRename: Act = {
  label: "stack rename dev prod",
  program: 1,
  strictly: true,
  act: move("dev/data", "prod/data"),
};
const oneAdopts = [twoStacks[0] ?? {}, { ...twoStacks[1], prod: { data: { names: ["N"], adopt: true } } }];

export const configurations = {
  s1: { name: "one name, one fault", refusing: true },
  s2: { name: "one name, two faults, slow copies", faults: 2, creating: true },
  s3: { name: "one name, other people", handCount: 1, hands: people },
  s4: { name: "someone takes the tags off", handCount: 1, hands: ["stripTag", "drop"] },
  s5: {
    name: "two names, changing programs",
    ...two,
    changes: 1,
    programs: [data(), data({ names: ["N", "M"] }), data({ names: ["M"] })],
  },
  s6: {
    name: "replacement by trigger and by pin",
    handCount: 1,
    changes: 1,
    backups: 1,
    hands: ["drop", "make", "remake"],
    handsInside: false,
    refusing: true,
    programs: [data(), data({ trigger: 1 }), data({ pin: 1 })],
  },
  s7: {
    name: "replacement onto one more name",
    ...two,
    handCount: 1,
    operations: 2,
    changes: 1,
    hands: ["make", "other"],
    handsInside: false,
    refusing: true,
    programs: [data(), data({ names: ["N", "M"], trigger: 1 })],
  },
  s9: { name: "a look misses a database", missing: true },
  s23: {
    name: "a look misses a database, calls are put off",
    missing: true,
    busy: true,
    faults: 2,
    kinds: ["up"],
  },
  s26: {
    name: "one look after the other misses a database",
    ...two,
    ...noHiding,
    missing: true,
    faults: 2,
    operations: 2,
    programs: [data({ names: ["N", "M"] })],
  },
  s24: {
    name: "a look misses a database, two names, changing programs",
    ...two,
    missing: true,
    changes: 1,
    programs: [data(), data({ names: ["N", "M"] }), data({ names: ["M"] })],
  },
  s25: {
    name: "a look misses a database, replacement onto one more name",
    ...two,
    missing: true,
    handCount: 1,
    operations: 2,
    changes: 1,
    hands: ["make", "other"],
    handsInside: false,
    programs: [data(), data({ names: ["N", "M"], trigger: 1 })],
  },
  s10: { name: "tags cannot be read", handCount: 1, hands: people, tagsReadable: false },
  s11: { name: "descriptions cannot be written", handCount: 1, hands: people, describable: false },
  s12: { name: "tasks cannot be read", handCount: 1, hands: people, tasks: false },
  s13: { name: "copies by the console", handCount: 1, hands: ["consoleCopy", "drop"], handsInside: false },
  s14: {
    name: "a look cannot be made, then a replacement",
    unanswered: true,
    backupsMove: true,
    changes: 1,
    operations: 2,
    programs: [data(), data({ trigger: 1 }), data({ pin: 9 })],
  },
  s15: {
    name: "tags can be neither read nor written",
    handCount: 1,
    hands: people,
    tagsReadable: false,
    tagsWritable: false,
  },
  s16: { name: "ownershipMarks: false", handCount: 1, hands: people, marksOn: false },
  s17: { name: "listed after the grace", handCount: 1, hands: people, listedVeryLate: true },
  s18: {
    name: "the service copies descriptions along",
    handCount: 1,
    hands: people,
    copiedDescriptions: true,
  },
  s19: {
    name: "adoptExisting, then not",
    handCount: 1,
    hands: people,
    changes: 1,
    operations: 2,
    programs: [data({ adopt: true }), data()],
  },
  s20: { name: "calls are put off", busy: true, faults: 2, creating: true },
  s21: { name: "a look fails in spite of all patience", failingLooks: true, faults: 2 },
  s22: { name: "drops take their time", slowDrops: true, handCount: 1, hands: ["make"], operations: 3 },
  a1: { name: "rename without alias", changes: 1, programs: [data(), resources({ data2: {} })] },
  a2: {
    name: "rename without alias, adoptExisting",
    changes: 1,
    handCount: 1,
    hands: ["strip", "drop", "make"],
    handsInside: false,
    operations: 2,
    programs: [data({ adopt: true }), resources({ data2: { adopt: true } })],
  },
  a3: {
    name: "rename without alias, claim",
    changes: 1,
    programs: [data(), resources({ data2: {} })],
    acts: [claims("dev/data", "N", "dev/data2", 1)],
  },
  a4: {
    name: "rename without alias, claim, other people",
    changes: 1,
    handCount: 1,
    hands: ["drop", "remake", "strip", "edit"],
    programs: [data(), resources({ data2: {} })],
    acts: [claims("dev/data", "N", "dev/data2", 1)],
  },
  b1: {
    name: "split in two",
    ...two,
    ...noHiding,
    changes: 1,
    operations: 2,
    parallel: 2,
    kinds: ["up"],
    programs: split,
  },
  b2: {
    name: "split in two, adoptExisting, no descriptions",
    ...two,
    ...noHiding,
    changes: 1,
    operations: 2,
    describable: false,
    kinds: ["up"],
    programs: splitAdopting,
  },
  b3: {
    name: "split in two, claim",
    ...two,
    ...noHiding,
    changes: 1,
    parallel: 2,
    programs: split,
    acts: [claims("dev/a", "M", "dev/b", 1)],
  },
  c1: {
    name: "rename with alias, old name used again",
    ...two,
    changes: 2,
    operations: 2,
    programs: [
      data(),
      resources({ copies: { alias: "data" } }),
      resources({ copies: {}, data: { names: ["M"] } }),
    ],
  },
  c2: {
    name: "state rename, old name declares the same",
    changes: 1,
    operations: 3,
    programs: [data()],
    acts: [{ label: "state rename data copies", act: move("dev/data", "dev/copies") }],
  },
  c3: {
    name: "state rename, both names declared",
    ...two,
    changes: 2,
    operations: 2,
    programs: [data(), resources({ copies: {}, data: { names: ["M"] } })],
    acts: [{ label: "state rename data copies", act: move("dev/data", "dev/copies") }],
  },
  d1: {
    name: "stack rename or state move, old program runs again",
    changes: 1,
    operations: 3,
    programs: twoStacks,
    acts: [stackRename],
  },
  d2: {
    name: "the same, and the old program claims the id",
    changes: 2,
    programs: twoStacks,
    acts: [stackRename, claims("prod/data", "N", "dev/data", 1)],
  },
  d4: {
    name: "two stacks, a claim of what is taken out",
    ...two,
    ...noHiding,
    changes: 2,
    handCount: 1,
    operations: 3,
    faults: 0,
    hands: ["drop"],
    handsInside: false,
    kinds: ["up"],
    programs: [
      { dev: { a: { names: ["N", "M"] } }, prod: {} },
      { dev: { a: { names: ["N", "M"] } }, prod: { b: { names: ["M"] } } },
      { dev: { a: { names: ["N"] } }, prod: { b: { names: ["M"] } } },
    ],
    acts: [claims("prod/b", "M", "dev/a", 2)],
  },
  d3: {
    name: "the state is lost or deleted, other people",
    changes: 1,
    handCount: 1,
    hands: ["drop", "make", "remake"],
    programs: [data()],
    acts: [stateLost],
  },
  f1: {
    name: "retainOnDelete: replacement, removal, declared again",
    changes: 2,
    programs: [data({ retain: true }), data({ retain: true, trigger: 1 }), { dev: {} }],
  },
  f2: {
    name: "retainOnDelete: replacement onto another name",
    ...two,
    changes: 1,
    programs: [data({ retain: true }), data({ names: ["M"], retain: true, trigger: 1 })],
  },
  f3: {
    name: "retainOnDelete: a name is taken out",
    ...two,
    changes: 1,
    operations: 2,
    handCount: 1,
    hands: ["drop", "remake"],
    handsInside: false,
    programs: [data({ names: ["N", "M"], retain: true }), data({ retain: true })],
  },
  g1: { name: "two stacks, one adopts", changes: 1, programs: oneAdopts },
  g2: {
    name: "adoption of another's, which is alive or gone",
    changes: 1,
    handCount: 1,
    hands: ["strip", "drop"],
    handsInside: false,
    programs: [resources({ a: {} }), resources({ b: { adopt: true } })],
  },
  g3: {
    name: "two stacks, two names, one is disputed",
    ...two,
    ...noHiding,
    changes: 2,
    handCount: 1,
    operations: 3,
    hands: ["drop"],
    handsInside: false,
    creating: true,
    kinds: ["up"],
    programs: [
      { dev: { a: { names: ["N"] } }, prod: {} },
      { dev: { a: { names: ["N"] } }, prod: { b: { names: ["N", "M"] } } },
      { dev: { a: { names: ["N"] } }, prod: { b: { names: ["M"] } } },
    ],
  },
  h1: {
    name: "someone writes over the mark, and back",
    handCount: 2,
    hands: ["edit"],
    changes: 1,
    operations: 2,
    programs: [data(), data({ trigger: 1 })],
  },
  i1: { name: "a killed run lives on for three calls", calls: 3 },
  j1: {
    name: "a name is added, a new backup is there",
    ...two,
    ...noHiding,
    handCount: 1,
    changes: 1,
    operations: 2,
    hands: ["drop", "remake"],
    backupsMove: true,
    programs: [data(), data({ names: ["N", "M"] })],
  },
  p1: {
    name: "two resources at once",
    ...two,
    ...noHiding,
    operations: 2,
    parallel: 2,
    kinds: ["up"],
    programs: [resources({ a: {}, b: { names: ["M"] } })],
  },
  x1: {
    name: "slow copies, no mark while creating",
    creating: true,
    markLate: true,
    handCount: 1,
    hands: people,
  },
  x2: {
    name: "two names, no mark while creating",
    ...two,
    creating: true,
    markLate: true,
    changes: 1,
    operations: 2,
    programs: [data(), data({ names: ["N", "M"] }), data({ names: ["M"] })],
  },
  x3: {
    name: "made by someone under a pending intent",
    pendingOpen: true,
    handCount: 1,
    hands: ["make", "consoleCopy", "drop"],
  },
  x4: {
    name: "made by someone after our copy failed unseen",
    failedOpen: true,
    faults: 2,
    handCount: 1,
    operations: 2,
    hands: ["make", "consoleCopy"],
    handsInside: false,
    creating: true,
  },
  x5: {
    name: "one of two is marked and is remade by someone",
    ...two,
    markedOpen: true,
    handCount: 1,
    operations: 2,
    hands: ["remake", "drop", "make"],
    handsInside: false,
    creating: true,
    programs: [data({ names: ["N", "M"] })],
  },
  x6: {
    name: "a mark written while creating is lost at the end",
    creating: true,
    markLost: true,
    handCount: 1,
    hands: ["drop", "make", "remake"],
  },
  k1: {
    name: "marks off: rename without alias",
    changes: 1,
    operations: 2,
    marksOn: false,
    programs: [data(), resources({ data2: {} })],
  },
  k2: {
    name: "marks off: split in two, one is dropped by hand",
    ...two,
    ...noHiding,
    changes: 1,
    operations: 2,
    marksOn: false,
    handCount: 1,
    hands: ["drop"],
    handsInside: false,
    kinds: ["up"],
    programs: split,
  },
  k3: {
    name: "marks off: split in two, adoptExisting is refused",
    ...two,
    ...noHiding,
    changes: 1,
    operations: 2,
    marksOn: false,
    kinds: ["up"],
    programs: splitAdopting,
  },
  k5: {
    name: "marks off, then on, and a replacement",
    marksOn: false,
    changes: 2,
    handCount: 1,
    hands: ["drop"],
    handsInside: false,
    programs: [data(), data({ marks: true }), data({ marks: true, trigger: 1 })],
    // Never off again: an interrupted run with marks would need them to be found (L9).
    acts: [
      { label: "never", program: 0, strictly: true, act: () => false },
      { label: "program: marks on", program: 1, strictly: true, act: ({ P }) => P === 0 },
      { label: "program: marks on, another trigger", program: 2, strictly: true, act: ({ P }) => P < 2 },
    ],
  },
  k4: {
    name: "create before delete is refused",
    changes: 1,
    operations: 2,
    programs: [data(), data({ createFirst: true, trigger: 1 })],
  },
} satisfies Record<string, Settings>;

export type ConfigurationKey = keyof typeof configurations;

/** More faults, hands and changes. */
export const large: Record<string, Settings> = {
  l1: { name: "one name, two hands, two faults", handCount: 2, faults: 2, hands: people },
  l2: {
    name: "two names, hands at every point",
    ...two,
    handCount: 1,
    changes: 1,
    hands: ["drop", "make", "remake"],
    programs: [data(), data({ names: ["N", "M"] }), data({ names: ["M"], trigger: 1 })],
  },
  l3: {
    name: "a killed run lives on, replacement",
    calls: 3,
    changes: 1,
    programs: [data(), data({ trigger: 1 })],
  },
  s5x: { ...configurations.s5, name: "two names, two changes", changes: 2, operations: 3 },
  l4: {
    name: "two stacks, hands",
    changes: 1,
    handCount: 1,
    hands: ["drop", "make"],
    handsInside: false,
    programs: twoStacks,
    acts: [stackRename],
  },
  c1: { ...configurations.c1, operations: 3 },
  c3: { ...configurations.c3, operations: 3 },
  h1: { ...configurations.h1, operations: 3 },
  l5: { name: "one name, three faults", creating: true, faults: 3 },
  l6: {
    name: "listed after the grace, two faults",
    listedVeryLate: true,
    faults: 2,
    handCount: 1,
    hands: ["drop", "make"],
    handsInside: false,
  },
  l7: { name: "two stacks, one adopts, two faults", faults: 2, changes: 1, programs: oneAdopts },
  l8: {
    ...configurations.s6,
    name: "replacement by trigger and by pin, two faults",
    faults: 2,
    handCount: 0,
    refusing: false,
  },
  l9: {
    name: "calls are put off, looks fail, other people",
    busy: true,
    failingLooks: true,
    creating: true,
    faults: 2,
    handCount: 1,
    hands: ["drop", "make", "remake"],
  },
  b1: { ...configurations.b1 },
  p1: { ...configurations.p1 },
};

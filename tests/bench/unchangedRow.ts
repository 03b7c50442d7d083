import type { Stage } from "../engine/harness/stage";
import { copiedFleet, runUnchanged, type Fleet, type Kind, type Ran } from "./fleet";
import type { Measure, Row } from "./row";

export const unchanged: Row = {
  name: "unchanged",
  about: "preview and up of a stack in which nothing changed, against resources that do nothing",
  async run({ rounds, resources, say }) {
    const measures: Measure[] = [];
    const stacks = await openAll(["nothing", "ours", "rival"], { resources, targets: 5 }, say);
    try {
      for (const command of ["preview", "up"] as const) {
        const ran = await byTurns(stacks, command, rounds, say);
        measures.push(
          ...ratios(`${command} of ${resources} unchanged`, ran, "ours", 1.05),
          ...ratios(`${command} of ${resources} unchanged, written by hand`, ran, "rival"),
          {
            what: `${command} of ${resources} unchanged: calls`,
            unit: "calls",
            values: ran.map(({ ours }) => ours?.calls ?? NaN),
            goal: { most: 0 },
          },
        );
      }
    } finally {
      await closeAll(stacks);
    }
    return measures;
  },
};

export const refresh: Row = {
  name: "refresh",
  about:
    "refresh of 100 copies on five targets and (with --large) 1,000 on 20, against resources that do nothing",
  async run({ rounds, resources, large, say }) {
    const measures: Measure[] = [];
    for (const fleet of [
      { resources, targets: 5 },
      { resources: 10 * resources, targets: 20 },
    ]) {
      const isRun = fleet.resources === resources || large;
      const stacks = isRun ? await openAll(["nothing", "ours"], fleet, say) : [];
      try {
        const ran = isRun ? await byTurns(stacks, "refresh", rounds, say) : [];
        const what = `refresh of ${fleet.resources} on ${fleet.targets} targets`;
        measures.push(...ratios(what, ran, "ours", 1.25), {
          what: `${what}: calls`,
          unit: "calls",
          values: ran.map(({ ours }) => ours?.calls ?? NaN),
          // A page of a list has a hundred databases at the most.
          goal: { most: 2 * fleet.targets },
        });
      } finally {
        await closeAll(stacks);
      }
    }
    return measures;
  },
};

export const growth: Row = {
  name: "growth",
  about: "preview of 10, 100 and (with --large) 1,000 unchanged resources, against as many that do nothing",
  async run({ rounds, resources, large, say }) {
    const measures: Measure[] = [];
    for (const size of [Math.ceil(resources / 10), resources, 10 * resources]) {
      const isRun = size <= resources || large;
      const stacks = isRun
        ? await openAll(["nothing", "ours"], { resources: size, targets: targetsFor(size) }, say)
        : [];
      try {
        const ran = isRun ? await byTurns(stacks, "preview", rounds, say) : [];
        measures.push(...ratios(`growth: preview of ${size} unchanged`, ran, "ours", 1.05));
        const stage = stacks.find(({ kind }) => kind === "ours")?.stage;
        if (stage && size === resources)
          measures.push({
            what: "state of one resource, as JSON",
            unit: "bytes",
            values: [await stateBytes(stage)],
            goal: { most: 2000 },
            because:
              "about half of it is what the engine keeps of every resource, its type, URN, provider and source position",
          });
      } finally {
        await closeAll(stacks);
      }
    }
    return measures;
  },
};

interface Stack {
  readonly kind: Kind;
  readonly stage: Stage;
}

type Round = Readonly<Partial<Record<Kind, Ran>>>;

async function openAll(
  kinds: readonly Kind[],
  fleet: Fleet,
  say: (line: string) => void,
): Promise<readonly Stack[]> {
  const stacks: Stack[] = [];
  for (const kind of kinds) {
    say(`making ${fleet.resources} resources: ${kind}`);
    stacks.push({ kind, stage: await copiedFleet(kind, fleet) });
  }
  return stacks;
}

async function closeAll(stacks: readonly Stack[]): Promise<void> {
  for (const { stage } of stacks) await stage[Symbol.asyncDispose]();
}

async function byTurns(
  stacks: readonly Stack[],
  command: "preview" | "up" | "refresh",
  rounds: number,
  say: (line: string) => void,
): Promise<readonly Round[]> {
  const all: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const one: Partial<Record<Kind, Ran>> = {};
    for (const { kind, stage } of stacks) one[kind] = await runUnchanged(stage, command);
    all.push(one);
    const seconds = Object.entries(one).map(
      ([kind, { cpuSeconds, wallSeconds, calls }]) =>
        `${kind} ${cpuSeconds.toFixed(2)} s of a processor in ${wallSeconds.toFixed(2)} s, ${calls} calls`,
    );
    say(`${command} ${round}: ${seconds.join("; ")}`);
  }
  return all;
}

const because =
  "a copy has 24 properties where what does nothing has one: the protocol, the checks and the comparison go through all of them, and the provider process loads the package and its schemas once";

/** Of both times: processor time does not count what else the machine does, and the other one is what a user waits. */
function ratios(what: string, rounds: readonly Round[], kind: Kind, most?: number): readonly Measure[] {
  const times = { "processor time": "cpuSeconds", "time waited": "wallSeconds" } as const;
  return Object.entries(times).map(([name, field]) => ({
    what: `${what} / nothing, ${name}`,
    unit: "times",
    values: rounds.map((round) => (round[kind]?.[field] ?? NaN) / (round.nothing?.[field] ?? NaN)),
    ...(most === undefined ? {} : { goal: { most }, because }),
  }));
}

async function stateBytes(stage: Stage): Promise<number> {
  const copies = (await stage.resources()).filter(({ type }) => type.endsWith(":DatabaseCopy"));
  const bytes = copies.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0);
  return bytes / copies.length;
}

/** An instance takes a hundred databases at the most. */
function targetsFor(resources: number): number {
  return Math.max(5, Math.ceil(resources / 50));
}

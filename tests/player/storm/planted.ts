import { allRules, type Rule, type Rules } from "../../../provider/src/ownership/rules";
import type { Ending } from "../../../provider/src/lifecycle/state";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { realLifecycle, type Lifecycle } from "../lifecycle";
import { scriptedLives, type Life } from "./lives";

/** A defect that must be found: by random lives, or by one that goes by a script. */
export interface Planted {
  readonly lifecycle: Lifecycle;
  /** A rule that is taken out. */
  readonly without?: Rule;
  readonly life?: Life;
}

/** The rules whose removal shows in lives like those of the storm soon; the exhaustive search takes out all of them. */
const rulesOut: readonly Rule[] = ["lookLocked", "twoLooks"];

/** The real lifecycle with one part that is wrong. */
const doubles: Readonly<Record<string, Lifecycle>> = {
  "no intents": seeing((rds) => ({ ...rds, tagInstance: () => Promise.resolve() })),
  "intents stay": seeing((rds) => ({ ...rds, untagInstance: () => Promise.resolve() })),
  "success at the time-out": {
    ...realLifecycle,
    create: async (inputs, session) => hideTimeout(await realLifecycle.create(inputs, session)),
    update: async (id, old, inputs, session) =>
      hideTimeout(await realLifecycle.update(id, old, inputs, session)),
  },
  "marks are not read": seeing((rds) => ({
    ...rds,
    describeDatabases: async (instanceId) =>
      (await rds.describeDatabases(instanceId)).map((one) => ({ ...one, description: "" })),
  })),
};

export const planted: Readonly<Record<string, Planted>> = {
  ...Object.fromEntries(
    rulesOut.map((rule) => [`without ${rule}`, { lifecycle: realLifecycle, without: rule }]),
  ),
  ...Object.fromEntries(
    (Object.entries(scriptedLives) as [Rule, Life][]).map(([rule, life]) => [
      `without ${rule}`,
      { lifecycle: realLifecycle, without: rule, life },
    ]),
  ),
  ...Object.fromEntries(Object.entries(doubles).map(([name, lifecycle]) => [name, { lifecycle }])),
};

/** Plays with a rule taken out. No input reaches the rules, so the table itself is changed for the time being. */
export async function withoutRule<T>(rule: Rule | undefined, play: () => Promise<T>): Promise<T> {
  if (rule === undefined) return play();
  const switches: { -readonly [Name in keyof Rules]: Rules[Name] } = allRules;
  switches[rule] = false;
  try {
    return await play();
  } finally {
    switches[rule] = true;
  }
}

function seeing(seenThrough: Lifecycle["seenThrough"]): Lifecycle {
  return { ...realLifecycle, seenThrough: (rds: RdsApi, clock) => seenThrough(rds, clock) };
}

function hideTimeout(ended: Ending): Ending {
  if (!ended.reasons.some((reason) => reason.includes("Timed out"))) return ended;
  const databases = Object.fromEntries(
    Object.entries(ended.state.databases).map(([name, record]) => [
      name,
      record.phase === "filling" ? { ...record, phase: "filled" as const, status: "Running" } : record,
    ]),
  );
  return { ...ended, state: { ...ended.state, databases, completedAt: ended.state.startedAt }, reasons: [] };
}

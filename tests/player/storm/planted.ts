import { allRules, type Rule, type Rules } from "../../../provider/src/ownership/rules";
import type { Ending } from "../../../provider/src/lifecycle/ending";
import type { CopyState } from "../../../provider/src/lifecycle/state";
import { RdsFailure } from "../../../provider/src/rds/failure";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { realLifecycle, type Lifecycle } from "../lifecycle";

/** A defect that the storm must find. */
export interface Planted {
  readonly lifecycle: Lifecycle;
  /** A rule that is taken out. */
  readonly without?: Rule;
}

/** The rules whose removal shows in lives like those of the storm; the exhaustive search takes out all of them. */
const rulesOut: readonly Rule[] = [
  "tasksAsked",
  "waitForAllCovered",
  "lastLookMarks",
  "judgeNext",
  "lookedBeforeDrop",
  "dropOwnIdOnly",
  "lookLocked",
  "adoptUnmarkedOnly",
];

/** The real lifecycle with one part that is wrong. */
const doubles: Readonly<Record<string, Lifecycle>> = {
  "asked again after a lost answer, without a look": seeing((rds) => ({
    ...rds,
    async copyDatabases(request) {
      try {
        return await rds.copyDatabases(request);
      } catch (error) {
        if (error instanceof RdsFailure && error.kind === "unknown") return rds.copyDatabases(request);
        throw error;
      }
    },
  })),
  "no intents": seeing((rds) => ({ ...rds, tagInstance: () => Promise.resolve() })),
  "intents stay": seeing((rds) => ({ ...rds, untagInstance: () => Promise.resolve() })),
  "success at the time-out": {
    ...realLifecycle,
    create: async (inputs, session) => hideTimeout(await realLifecycle.create(inputs, session)),
    update: async (id, old, inputs, session) =>
      hideTimeout(await realLifecycle.update(id, old, inputs, session)),
  },
  "adopted is dropped": {
    ...realLifecycle,
    deleteCopy: (state, session) =>
      realLifecycle.deleteCopy({ ...state, ownershipMarks: false, databases: owned(state) }, session),
  },
  "marks are not read": seeing((rds) => ({
    ...rds,
    describeDatabases: async (instanceId) =>
      (await rds.describeDatabases(instanceId)).map((one) => ({ ...one, description: "" })),
  })),
  "throttled is gone": seeing((rds) => ({
    ...rds,
    async describeDatabases(instanceId) {
      try {
        return await rds.describeDatabases(instanceId);
      } catch (error) {
        if (error instanceof RdsFailure && error.kind === "throttled") return [];
        throw error;
      }
    },
  })),
};

export const planted: Readonly<Record<string, Planted>> = {
  ...Object.fromEntries(
    rulesOut.map((rule) => [`without ${rule}`, { lifecycle: realLifecycle, without: rule }]),
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

/** What was adopted, told as what was copied. */
function owned({ databases }: CopyState): CopyState["databases"] {
  return Object.fromEntries(
    Object.entries(databases).map(([name, record]) => [
      name,
      record.phase === "adopted"
        ? { phase: "filled", target: record.target, id: "00000000", point: { kind: "backup", backupId: "1" } }
        : record,
    ]),
  );
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

import { targetLocks } from "../../../provider/src/copy/targetLocks";
import { dropDeclared } from "../../../provider/src/lifecycle/drop";
import type { Ending } from "../../../provider/src/lifecycle/ending";
import type { Run } from "../../../provider/src/lifecycle/run";
import type { CopyState } from "../../../provider/src/lifecycle/state";
import { RdsFailure } from "../../../provider/src/rds/failure";
import type { RdsApi } from "../../../provider/src/rds/rdsApi";
import { realLifecycle, type Lifecycle } from "../lifecycle";

/** Defects that the storm must find: the real lifecycle with one part replaced by a double that is wrong. */
export const planted: Readonly<Record<string, Lifecycle>> = {
  "repeat on unknown": seeing((rds) => ({
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

  "skip the receipt": seeing((rds) => ({ ...rds, tagInstance: () => Promise.resolve() })),

  "success at time-out": {
    ...realLifecycle,
    create: async (inputs, run) => hideTimeout(await realLifecycle.create(inputs, run)),
    update: async (id, old, inputs, run) => hideTimeout(await realLifecycle.update(id, old, inputs, run)),
  },

  "drop adopted": {
    ...realLifecycle,
    deleteCopy: (state, run) =>
      realLifecycle.deleteCopy(
        withDatabases(state, (one) => ({ ...one, origin: "copied" })),
        run,
      ),
  },

  "throttling read as gone": seeing((rds) => ({
    ...rds,
    async describeDatabases(instanceId) {
      try {
        return await rds.describeDatabases(instanceId);
      } catch (error) {
        if (error instanceof RdsFailure && error.kind === "throttled") throw gone();
        throw error;
      }
    },
  })),

  "one look instead of two": seeing((rds, clock) => {
    let goneAt = Number.NEGATIVE_INFINITY;
    return {
      ...rds,
      async describeDatabases(instanceId) {
        if (clock.now() - goneAt < 3000) throw gone();
        try {
          return await rds.describeDatabases(instanceId);
        } catch (error) {
          if (error instanceof RdsFailure && error.kind === "notFound") goneAt = clock.now();
          throw error;
        }
      },
    };
  }),

  "receipt left behind": seeing((rds) => ({ ...rds, untagInstance: () => Promise.resolve() })),

  "no resume": {
    ...realLifecycle,
    create: (inputs, run) => realLifecycle.create(inputs, through(run, forgetful)),
  },

  "mark not compared": {
    ...realLifecycle,
    update: (id, old, inputs, run) => realLifecycle.update(id, withDatabases(old, unmarked), inputs, run),
    read: (id, state, run) =>
      realLifecycle.read(id, "databases" in state ? withDatabases(state, unmarked) : state, run),
    deleteCopy: (state, run) => realLifecycle.deleteCopy(withDatabases(state, unmarked), run),
  },

  "drop before the new copy": {
    ...realLifecycle,
    async update(id, old, inputs, run) {
      const wanted = new Set(Object.values(inputs.dbNames).map((name) => name.toLowerCase()));
      const names = Object.keys(old.databases).filter((name) => !wanted.has(name.toLowerCase()));
      const deadline = run.clock.now() + 3_600_000;
      await dropDeclared(
        { rds: run.rds(undefined), deadline, state: old, names },
        { ...run, locks: targetLocks() },
      );
      return realLifecycle.update(id, old, inputs, run);
    },
  },
};

function seeing(seenThrough: Lifecycle["seenThrough"]): Lifecycle {
  return { ...realLifecycle, seenThrough };
}

function through(run: Run, change: (rds: RdsApi) => RdsApi): Run {
  return { ...run, rds: (overrides) => change(run.rds(overrides)) };
}

/** Reads neither receipts nor marks. */
function forgetful(rds: RdsApi): RdsApi {
  return {
    ...rds,
    listTags: () => Promise.resolve({}),
    describeDatabases: async (instanceId) =>
      (await rds.describeDatabases(instanceId)).map((one) => ({ ...one, description: "" })),
  };
}

function gone(): RdsFailure {
  return new RdsFailure({
    action: "DescribeDatabases",
    code: "InvalidDBInstanceId.NotFound",
    message: "gone",
    status: 404,
  });
}

type Databases = CopyState["databases"];

function withDatabases(
  state: CopyState,
  change: (database: Databases[string]) => Databases[string],
): CopyState {
  const databases = Object.entries(state.databases).map(
    ([name, database]) => [name, change(database)] as const,
  );
  return { ...state, databases: Object.fromEntries(databases) };
}

function unmarked({ mark: _mark, ...database }: Databases[string]): Databases[string] {
  return database;
}

function hideTimeout(ended: Ending): Ending {
  if (!ended.reasons.some((reason) => reason.includes("time-out was reached"))) return ended;
  const state = withDatabases(ended.state, (database) => ({ ...database, status: "Running" }));
  return { ...ended, state: { ...state, completedAt: state.startedAt }, reasons: [] };
}

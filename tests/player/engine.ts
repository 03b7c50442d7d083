import { targetLocks } from "../../provider/src/copy/targetLocks";
import type { Ending } from "../../provider/src/lifecycle/ending";
import type { CopyInputs } from "../../provider/src/lifecycle/inputs";
import { processMemory } from "../../provider/src/lifecycle/memory";
import type { Run } from "../../provider/src/lifecycle/run";
import type { CopyState } from "../../provider/src/lifecycle/state";
import { sharedReads } from "../../provider/src/rds/sharedReads";
import type { Cloud, PlayedProcess } from "./cloud";
import { realLifecycle, type Lifecycle } from "./lifecycle";
import { playedRds } from "./playedRds";
import type { VirtualTime } from "./virtualTime";

/** The inputs of each resource of a program, by name. A resource may force the order of its replacement. */
export type Program = Readonly<Record<string, ProgramResource>>;
export type ProgramResource = Readonly<Record<string, unknown>> & { readonly replacementTrigger?: string };

/** What the engine saves of a resource. */
export interface SavedResource {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: CopyState;
  readonly initErrors: readonly string[];
  readonly trigger: string | undefined;
  /** Deleted for a replacement that was not made yet. */
  readonly pendingReplacement: boolean;
}

export type SavedState = Readonly<Record<string, SavedResource>>;

/** How an operation of the engine ended. */
export interface Outcome {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  /** The process was killed: what was not saved by then is lost. */
  readonly killed: boolean;
  /** What the engine did: "create a", "update b" ... */
  readonly steps: readonly string[];
}

export interface PlayedEngine {
  state: SavedState;
  up(program: Program): Promise<Outcome>;
  preview(
    program: Program,
  ): Promise<{ readonly changes: readonly string[]; readonly errors: readonly string[] }>;
  refresh(): Promise<Outcome>;
  destroy(): Promise<Outcome>;
}

/**
 * The engine's part in the life of dynamic resources, as it was measured on the real one (docs/engine-notes.md):
 * the order of check, diff, create, update and delete, what is saved when, failed initialisations, pending
 * replacements. Every operation is a process of its own.
 */
export function playedEngine(
  cloud: Cloud,
  time: VirtualTime,
  { stack = "prod", lifecycle = realLifecycle }: { stack?: string; lifecycle?: Lifecycle } = {},
): PlayedEngine {
  const { check, create, update, read, deleteCopy, diff } = lifecycle;
  const urnOf = (name: string) =>
    `urn:pulumi:${stack}::shop::pulumi-nodejs:dynamic/databaseCopy:DatabaseCopy::${name}`;

  function openRun() {
    const process: PlayedProcess = { gone: false };
    const warnings: string[] = [];
    const infos: string[] = [];
    const clock = time.clockOf(process);
    const rds = lifecycle.seenThrough(sharedReads(playedRds(cloud, process), clock), clock);
    const run: Run = {
      clock,
      locks: targetLocks(),
      memory: processMemory(),
      report: {
        status: () => undefined,
        info: (line) => infos.push(line),
        warn: (line) => warnings.push(line),
      },
      connect: () => ({ region: "cn-hangzhou", regionSource: "configuration", endpoint: "played" }),
      rds: () => rds,
    };
    return { process, run, warnings, infos };
  }

  const engine: PlayedEngine = {
    state: {},
    up: (program) => operate((run, log) => applyProgram(program, run, log)),
    async preview(program) {
      const { run } = openRun();
      const changes: string[] = [];
      const errors: string[] = [];
      const work = (async () => {
        for (const [name, resource] of Object.entries(program)) {
          const old = engine.state[name];
          const checked = await check(old?.inputs ?? {}, withUrn(name, resource), run);
          errors.push(...checked.problems.map(({ property, reason }) => `${name}.${property}: ${reason}`));
          if (!old) changes.push(`create ${name}`);
          else if (old.pendingReplacement) changes.push(`replace ${name}`);
          else if (old.initErrors.length > 0) changes.push(`update ${name}`);
          else if (old.trigger !== resource.replacementTrigger) changes.push(`replace ${name}`);
          else if (diff(old.outputs, checked.inputs, run).changes) changes.push(`update ${name}`);
        }
        for (const name of Object.keys(engine.state)) if (!(name in program)) changes.push(`delete ${name}`);
      })();
      await time.run(work);
      return { changes, errors };
    },
    refresh: () =>
      operate(async (run, log) => {
        for (const [name, saved] of Object.entries(engine.state)) {
          if (saved.pendingReplacement) continue;
          await attempt(name, log, async () => {
            const result = await read(saved.id, plain(saved.outputs), run);
            // A refresh clears the engine's memory of a failed initialisation.
            if (result.state === "gone") engine.state = without(engine.state, name);
            else save(name, { ...saved, outputs: plain(result.resource), initErrors: [] });
          });
        }
      }),
    destroy: () =>
      operate(async (run, log) => {
        await Promise.all(Object.keys(engine.state).map((name) => remove(name, run, log)));
      }),
  };

  interface Log {
    readonly errors: string[];
    readonly steps: string[];
  }

  async function operate(work: (run: Run, log: Log) => Promise<void>): Promise<Outcome> {
    const { process, run, warnings, infos } = openRun();
    const log: Log = { errors: [], steps: [] };
    const end = await time.run(work(run, log));
    if (end === "stuck" && !process.gone) throw new Error("the operation waits for nothing");
    return { ...log, warnings, infos, killed: process.gone };
  }

  async function applyProgram(program: Program, run: Run, log: Log): Promise<void> {
    const planned: (() => Promise<void>)[] = [];
    // The program registers one resource after the other; the steps then run side by side.
    for (const [name, resource] of Object.entries(program)) {
      const step = await attempt(name, log, () => plan(name, resource, run, log));
      if (step) planned.push(step);
    }
    if (log.errors.length > 0) return;
    await Promise.all(planned.map((step) => step()));
    if (log.errors.length > 0) return;
    const removed = Object.keys(engine.state).filter((name) => !(name in program));
    await Promise.all(removed.map((name) => remove(name, run, log)));
  }

  async function plan(
    name: string,
    resource: ProgramResource,
    run: Run,
    log: Log,
  ): Promise<(() => Promise<void>) | undefined> {
    const old = engine.state[name];
    const inputs = await checked(name, old?.inputs ?? {}, resource, run);
    const trigger = resource.replacementTrigger;
    if (!old) return () => make(name, inputs, trigger, run, log);
    const triggered = old.trigger !== undefined && old.trigger !== trigger;
    const difference = triggered
      ? { changes: true, replaces: ["trigger"] }
      : diff(plain(old.outputs), inputs, run);
    if (difference.replaces.length > 0 || old.pendingReplacement) {
      const fresh = await checked(name, {}, resource, run);
      return async () => {
        if (!old.pendingReplacement) {
          const deleted = await attempt(name, log, async () => {
            log.steps.push(`delete ${name}`);
            await deleteCopy(plain(old.outputs), run);
            return true;
          });
          if (!deleted) return;
          save(name, { ...old, pendingReplacement: true });
        }
        await make(name, fresh, trigger, run, log);
      };
    }
    if (!difference.changes && old.initErrors.length === 0) {
      return () => {
        save(name, { ...old, inputs: plain(inputs), trigger });
        return Promise.resolve();
      };
    }
    return () =>
      attempt(name, log, async () => {
        log.steps.push(`update ${name}`);
        keep(
          name,
          inputs,
          trigger,
          await update(old.id, plain(old.outputs), plain(inputs) as CopyInputs, run),
          log,
        );
      }).then(() => undefined);
  }

  async function checked(name: string, olds: object, resource: ProgramResource, run: Run) {
    const { inputs, problems } = await check(
      plain(olds) as Record<string, unknown>,
      withUrn(name, resource),
      run,
    );
    if (problems.length > 0)
      throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return inputs;
  }

  async function make(
    name: string,
    inputs: object,
    trigger: string | undefined,
    run: Run,
    log: Log,
  ): Promise<void> {
    await attempt(name, log, async () => {
      log.steps.push(`create ${name}`);
      keep(name, inputs, trigger, await create(plain(inputs) as CopyInputs, run), log);
    });
  }

  async function remove(name: string, run: Run, log: Log): Promise<void> {
    const old = engine.state[name];
    if (!old) return;
    await attempt(name, log, async () => {
      log.steps.push(`delete ${name}`);
      if (!old.pendingReplacement) await deleteCopy(plain(old.outputs), run);
      engine.state = without(engine.state, name);
    });
  }

  /** An unfinished resource is saved with its reasons, and the operation fails with them. */
  function keep(name: string, inputs: object, trigger: string | undefined, ended: Ending, log: Log): void {
    const { id, state, reasons } = ended;
    save(name, {
      id,
      inputs: plain(inputs) as SavedResource["inputs"],
      outputs: plain(state),
      initErrors: reasons,
      trigger,
      pendingReplacement: false,
    });
    log.errors.push(...reasons);
  }

  function save(name: string, saved: SavedResource): void {
    engine.state = { ...engine.state, [name]: saved };
  }

  async function attempt<T>(name: string, log: Log, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error.name !== "LifecycleError" && error.name !== "RdsFailure" && error.name !== "Error")
        throw error;
      log.errors.push(`${name}: ${error.message}`);
      return undefined;
    }
  }

  function withUrn(
    name: string,
    { replacementTrigger: _trigger, ...inputs }: ProgramResource,
  ): Record<string, unknown> {
    return plain({ ...inputs, resourceUrn: urnOf(name) });
  }

  return engine;
}

/** What the way through the engine and the state file makes of a value: plain JSON, with its keys in order. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), inOrder) as T;
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function without(state: SavedState, name: string): SavedState {
  const { [name]: _gone, ...rest } = state;
  return rest;
}

import { targetLocks } from "../../provider/src/copy/targetLocks";
import type { CopyInputs } from "../../provider/src/lifecycle/inputs";
import { processMemory, type Session } from "../../provider/src/lifecycle/memory";
import { LifecycleError, readState, type CopyState, type Ending } from "../../provider/src/lifecycle/state";
import { registry } from "../../provider/src/ownership/registry";
import { RdsFailure } from "../../provider/src/rds/failure";
import { sharedReads } from "../../provider/src/rds/sharedReads";
import type { Cloud } from "./cloud";
import { realLifecycle, type Lifecycle } from "./lifecycle";
import { playedRds } from "./playedRds";
import { playedProcess, type PlayedProcess } from "./process";
import type { VirtualTime } from "./virtualTime";
import { targetsOf } from "./wayOut";

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
  readonly process: PlayedProcess;
  /** What the engine did: "create a", "update b" ... */
  readonly steps: readonly string[];
}

/** Options of `pulumi up`. */
export interface UpOptions {
  /** `--target-replace`: `check` is given no old inputs. */
  readonly replaced?: readonly string[];
  /** `--continue-on-error`: what left the program is deleted, whatever failed before. */
  readonly continues?: boolean;
}

export type Operation =
  | { readonly kind: "up"; readonly program: Program; readonly options?: UpOptions }
  | { readonly kind: "refresh" }
  | { readonly kind: "destroy" };

export interface Previewed extends Pick<Outcome, "errors" | "warnings" | "infos"> {
  readonly changes: readonly string[];
}

export interface PlayedEngine {
  readonly stack: string;
  state: SavedState;
  urnOf(resource: string): string;
  /** Of the operation that is under way. */
  readonly process: PlayedProcess | undefined;
  /** Begins an operation; whoever waits for it lets time run. */
  begin(operation: Operation): Promise<Outcome>;
  up(program: Program, options?: UpOptions): Promise<Outcome>;
  preview(program: Program): Promise<Previewed>;
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
  let drawn = 0;
  let underWay: PlayedProcess | undefined;

  interface Run {
    readonly process: PlayedProcess;
    readonly session: Session;
    readonly log: Log;
  }

  function openRun(program: Program): Run {
    const process = playedProcess(stack, (instanceId, name) => declaring(program, instanceId, name));
    const log: Log = { errors: [], warnings: [], infos: [], steps: [] };
    const clock = time.clockOf(process);
    const rds = lifecycle.seenThrough(sharedReads(playedRds(cloud, process, clock), clock), clock);
    const session: Session = {
      clock,
      locks: targetLocks(),
      memory: processMemory(),
      registry: registry(),
      newId: () => `${stack.charAt(0)}${String(++drawn).padStart(7, "0")}`,
      report: {
        isTerminal: false,
        status: () => undefined,
        info: (line) => log.infos.push(line),
        warn: (line) => log.warnings.push(line),
        debug: () => undefined,
      },
      connect: () => ({ region: "cn-hangzhou", regionSource: "configuration", endpoint: "played" }),
      rds: () => rds,
    };
    return { process, session, log };
  }

  const engine: PlayedEngine = {
    stack,
    urnOf,
    state: {},
    get process() {
      return underWay;
    },
    begin(operation) {
      switch (operation.kind) {
        case "up":
          return operate(operation.program, (run) =>
            applyProgram(operation.program, run, operation.options ?? {}),
          );
        case "refresh":
          return operate({}, refreshAll);
        case "destroy":
          return operate({}, async (run) => {
            await Promise.all(Object.keys(engine.state).map((name) => remove(name, run)));
          });
      }
    },
    up: (program, options = {}) => time.run(engine.begin({ kind: "up", program, options })),
    refresh: () => time.run(engine.begin({ kind: "refresh" })),
    destroy: () => time.run(engine.begin({ kind: "destroy" })),
    preview: (program) => time.run(previewOf(program)),
  };

  async function previewOf(program: Program): Promise<Previewed> {
    const run = openRun(program);
    const changes: string[] = [];
    for (const [name, resource] of Object.entries(program)) {
      await attempt(name, run.log, async () => {
        const { kind } = await plan(name, resource, run);
        if (kind !== "same") changes.push(`${kind} ${name}`);
      });
    }
    for (const [name, { pendingReplacement }] of Object.entries(engine.state))
      if (!(name in program) && !pendingReplacement) changes.push(`delete ${name}`);
    return { changes, ...run.log };
  }

  async function refreshAll({ session, log, process }: Run): Promise<void> {
    for (const [name, saved] of Object.entries(engine.state)) {
      if (saved.pendingReplacement) continue;
      await attempt(name, log, async () => {
        const result = await read(saved.id, plain({ ...saved.outputs }), session);
        // A refresh clears the engine's memory of a failed initialisation.
        if (result.state === "gone") forget(name, process);
        else save(name, { ...saved, outputs: plain(result.resource), initErrors: [] }, process);
      });
    }
  }

  interface Log {
    readonly errors: string[];
    readonly warnings: string[];
    readonly infos: string[];
    readonly steps: string[];
  }

  async function operate(program: Program, work: (run: Run) => Promise<void>): Promise<Outcome> {
    const run = openRun(program);
    underWay = run.process;
    await Promise.race([work(run), run.process.whenKilled]);
    underWay = undefined;
    const { errors, warnings, infos, steps } = run.log;
    // What a killed one still says is heard by nobody.
    return {
      errors: [...errors],
      warnings: [...warnings],
      infos: [...infos],
      steps: [...steps],
      killed: run.process.killed,
      process: run.process,
    };
  }

  async function applyProgram(
    program: Program,
    run: Run,
    { replaced = [], continues = false }: UpOptions,
  ): Promise<void> {
    const { log } = run;
    const steps: Promise<void>[] = [];
    // The program registers one resource after the other; each step runs beside the registration of the next.
    for (const [name, resource] of Object.entries(program)) {
      const step = await attempt(name, log, () => plan(name, resource, run, replaced.includes(name)));
      if (log.errors.length > 0 && !continues) break;
      if (step) steps.push(step.act());
    }
    await Promise.all(steps);
    if (log.errors.length > 0 && !continues) return;
    const removed = Object.keys(engine.state).filter((name) => !(name in program));
    await Promise.all(removed.map((name) => remove(name, run)));
  }

  interface Step {
    readonly kind: "create" | "update" | "replace" | "same";
    act(): Promise<void>;
  }

  async function plan(name: string, resource: ProgramResource, run: Run, isReplaced = false): Promise<Step> {
    const old = engine.state[name];
    const inputs = await checked(name, isReplaced ? {} : (old?.inputs ?? {}), resource, run);
    const trigger = resource.replacementTrigger;
    if (isReplaced && old) return { kind: "replace", act: () => replace(name, old, inputs, trigger, run) };
    if (!old) return { kind: "create", act: () => make(name, inputs, trigger, run) };
    const isTriggered = old.trigger !== undefined && old.trigger !== trigger;
    const difference = isTriggered
      ? { changes: true, replaces: ["trigger"] }
      : await diff(stateIn(old), plain(inputs), run.session);
    if (difference.replaces.length > 0 || old.pendingReplacement) {
      const fresh = await checked(name, {}, resource, run);
      return { kind: "replace", act: () => replace(name, old, fresh, trigger, run) };
    }
    if (!difference.changes && old.initErrors.length === 0) {
      return {
        kind: "same",
        act() {
          save(name, { ...old, inputs: plain({ ...inputs }), trigger }, run.process);
          return Promise.resolve();
        },
      };
    }
    return {
      kind: "update",
      act: () =>
        attempt(name, run.log, async () => {
          run.log.steps.push(`update ${name}`);
          const ended = await update(old.id, stateIn(old), plain(inputs) as CopyInputs, run.session);
          keep(name, inputs, trigger, ended, run);
        }),
    };
  }

  async function checked(name: string, olds: object, resource: ProgramResource, { session }: Run) {
    const { inputs, problems } = await check({ ...plain(olds) }, withUrn(name, resource), session);
    if (problems.length > 0)
      throw new LifecycleError(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return inputs;
  }

  function make(name: string, inputs: object, trigger: string | undefined, run: Run): Promise<void> {
    return attempt(name, run.log, async () => {
      run.log.steps.push(`create ${name}`);
      keep(name, inputs, trigger, await create(plain(inputs) as CopyInputs, run.session), run);
    });
  }

  async function replace(
    name: string,
    old: SavedResource,
    inputs: object,
    trigger: string | undefined,
    run: Run,
  ): Promise<void> {
    if (!old.pendingReplacement) {
      const isDeleted = await attempt(name, run.log, async () => {
        run.log.steps.push(`delete ${name}`);
        await deleteCopy(stateIn(old), run.session);
        return true;
      });
      if (!isDeleted) return;
      save(name, { ...old, pendingReplacement: true }, run.process);
    }
    await make(name, inputs, trigger, run);
  }

  async function remove(name: string, { session, log, process }: Run): Promise<void> {
    const old = engine.state[name];
    if (!old) return;
    await attempt(name, log, async () => {
      if (!old.pendingReplacement) {
        log.steps.push(`delete ${name}`);
        await deleteCopy(stateIn(old), session);
      }
      forget(name, process);
    });
  }

  /** An unfinished resource is saved with its reasons, and the operation fails with them. */
  function keep(
    name: string,
    inputs: object,
    trigger: string | undefined,
    { id, state, reasons }: Ending,
    { log, process }: Run,
  ): void {
    const saved = {
      id,
      inputs: plain({ ...inputs }),
      outputs: plain(state),
      initErrors: reasons,
      trigger,
      pendingReplacement: false,
    };
    save(name, saved, process);
    log.errors.push(...reasons.map((reason) => `${name}: ${reason}`));
  }

  function save(name: string, saved: SavedResource, process: PlayedProcess): void {
    if (!process.killed) engine.state = { ...engine.state, [name]: saved };
  }

  function forget(name: string, process: PlayedProcess): void {
    if (!process.killed) engine.state = without(engine.state, name);
  }

  async function attempt<T>(name: string, log: Log, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LifecycleError) && !(error instanceof RdsFailure)) throw error;
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

function stateIn({ outputs }: SavedResource): CopyState {
  return readState(plain({ ...outputs }));
}

function declaring(program: Program, instanceId: string, name: string): string | undefined {
  const isOf = (inputs: ProgramResource) =>
    inputs["targetDbInstanceId"] === instanceId && targetsOf(inputs).includes(name.toLowerCase());
  return Object.entries(program).find(([, inputs]) => isOf(inputs))?.[0];
}

/** What the way through the engine and the state file makes of a value: plain JSON, with its keys in order. */
function plain<T>(value: T): T {
  return inOrder(JSON.parse(JSON.stringify(value))) as T;
}

function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const from = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(from).sort()) ordered[key] = inOrder(from[key]);
  return ordered;
}

function without(state: SavedState, name: string): SavedState {
  const { [name]: _gone, ...rest } = state;
  return rest;
}
